"""What is asked before a content is closed or opened to everybody, in a dialog and on a page of its own."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cchc.interface.shapes import Confirmation


def of_holding_back() -> Confirmation:
    """Before nobody sees it any more."""
    effect = _("Nobody can see or download the content until an administrator releases it, wherever it is cited.")
    return Confirmation(_("Hold this file back?"), effect, _("Hold back"))


def of_release() -> Confirmation:
    """Before it is open again."""
    return Confirmation(_("Release this file?"), _("Whoever may see the file can open it again."), _("Release"))
