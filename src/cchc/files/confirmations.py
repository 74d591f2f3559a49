"""What is asked before a content is closed or opened to everybody, and before a citation ends."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cchc.interface.shapes import Confirmation


def of_holding_back() -> Confirmation:
    """Before nobody sees it any more."""
    effect = _("Nobody can see or download the content until an administrator releases it, wherever it is cited.")
    return Confirmation(_("Hold this file back?"), effect, _("Hold back"))


def of_ending(name: str) -> Confirmation:
    """Before a file is no longer cited for something."""
    effect = _(
        "The file itself stays. Whoever saw it only there sees it no more; the page goes on saying that it was cited, "
        "until when and why."
    )
    return Confirmation(_("End the citation of “%(name)s”?") % {"name": name}, effect, _("End the citation"))


def of_release() -> Confirmation:
    """Before it is open again."""
    return Confirmation(_("Release this file?"), _("Whoever may see the file can open it again."), _("Release"))
