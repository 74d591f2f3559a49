"""Cases of responsibility, for which files can be cited: evidence of an explanation, the document of a measure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cchc.files.citing import Citable, Subject
from cchc.interface.access import ALLOWED, Verdict, denied
from cchc.interface.shapes import Link
from cchc.organizations.viewers import Viewer
from cchc.oversight.addresses_cases import to_case
from cchc.oversight.models import ResponsibilityCase
from cchc.oversight.permissions_cases import CASE_KEEPERS, is_concerned
from cchc.oversight.queries.cases import visible_cases
from cchc.oversight.states_cases import CLOSED, OPEN, WITHDRAWN
from cchc.records.text import LocalText

CASE: Final = "oversight.ResponsibilityCase"


def subject_of_case(case: ResponsibilityCase) -> Subject:
    """A case as files know it."""
    return (CASE, str(case.pk))


def may_add_papers(viewer: Viewer, case: ResponsibilityCase) -> Verdict:
    """Whom it is about until it is concluded; who keeps the cases of the unit until it is over."""
    if is_concerned(viewer, case):
        return ALLOWED if case.state in OPEN else denied("oversight.case_is_over")
    if not viewer.holds_over(case.unit, *CASE_KEEPERS):
        return denied("oversight.case_keepers_not_allowed")
    return denied("oversight.case_is_over") if case.state in {CLOSED, WITHDRAWN} else ALLOWED


def _visible(viewer: Viewer) -> QuerySet[ResponsibilityCase]:
    return visible_cases(viewer)


def _may_cite(viewer: Viewer, id_: str) -> Verdict:
    found = visible_cases(viewer).filter(pk=id_).first() if id_.isdecimal() else None
    return denied("oversight.case_not_found") if found is None else may_add_papers(viewer, found)


def _links(ids: Collection[str], _viewer: Viewer) -> Mapping[str, Link]:
    found = ResponsibilityCase.objects.filter(pk__in=ids).order_by("pk")
    return {str(one.pk): Link(_("Case %(number)s") % {"number": one.pk}, to_case(one)) for one in found}


RESPONSIBILITY: Final = Citable(
    LocalText("Hồ sơ xem xét trách nhiệm", "Case of responsibility"), _visible, _may_cite, _links
)
