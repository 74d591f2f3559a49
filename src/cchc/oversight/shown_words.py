"""How this room says holders, roles, classes and months."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from cchc.interface.errors import current_language
from cchc.organizations.roles import roles

OFFICIAL: Final = "official"
UNNAMED: Final = ("queue", "system")
"""Nobody in person: the head of the unit answers for them."""
OWN: Final = (OFFICIAL, *UNNAMED)


def kind_name(kind: str) -> str:
    """Whom `ledger.schema.HOLDER_KINDS` mean."""
    return {
        "official": _("Officials"),
        "queue": _("Shared queue, nobody in person"),
        "system": _("System account, nobody in person"),
        "applicant": _("Waiting for papers"),
        "payment": _("Waiting for a payment"),
        "agency": _("Another body"),
        "suspension": _("Suspended"),
    }.get(kind, kind)


def role_said(role: str) -> str:
    """A role of the register by its name; what a log calls a role as it stands there."""
    known = roles()
    return known[role].name.in_language(current_language()) if role in known else role
