"""What is asked before somebody loses a right or an account, in the same words in a dialog and on a page of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cchc.interface.shapes import Confirmation
from cchc.organizations.models import (
    CalendarUse,
    Dated,
    Delegation,
    Official,
    Placement,
    Posting,
    RoleGrant,
    Supervision,
)
from cchc.organizations.shown import shown_calendar, shown_role
from cchc.records.dates import format_date

_OF_ACCOUNT: Final[Mapping[str, tuple[Promise, Promise, Promise]]] = {
    "renew": (
        gettext_lazy("A new password for %(name)s?"),
        gettext_lazy(
            "The password so far counts no more and every session ends. The new one is shown once; hand it over in"
            " person. The official is told."
        ),
        gettext_lazy("Set a new password"),
    ),
    "drop": (
        gettext_lazy("End the second factor of %(name)s?"),
        gettext_lazy(
            "The device and the recovery codes count no more and every session ends. Roles that need a second factor"
            " wait until another is set up. The official is told."
        ),
        gettext_lazy("End the second factor"),
    ),
    "close": (
        gettext_lazy("Close the account of %(name)s?"),
        gettext_lazy(
            "Nobody signs in with it until it is opened again, and every session ends. Roles and posts stay. The"
            " official is told."
        ),
        gettext_lazy("Close the account"),
    ),
    "reopen": (
        gettext_lazy("Open the account of %(name)s again?"),
        gettext_lazy("It signs in again with the password and the second factor that it had. The official is told."),
        gettext_lazy("Open the account again"),
    ),
    "keep": (
        gettext_lazy("Keep the account of %(name)s open?"),
        gettext_lazy("It is not closed on that day. The official is told."),
        gettext_lazy("Keep it open"),
    ),
}


def of_account(key: str, official: Official) -> Confirmation:
    """`key`: renew, drop, close, reopen, keep (one that is to be closed)."""
    title, effect, submit = _OF_ACCOUNT[key]
    return Confirmation(str(title) % {"name": official.name}, str(effect), str(submit))


def of_role(grant: RoleGrant, official: Official, day: date) -> Confirmation:
    """Before a role is taken away, on that day."""
    title = _("Withdraw the role “%(role)s” of %(name)s?") % {"role": shown_role(grant.role), "name": official.name}
    effect = _("It counts no more from the next request on. The official is told.")
    return _of_dated(grant, day, title, effect, _("Withdraw"))


def of_posting(posting: Posting, official: Official) -> Confirmation:
    """Before a posting that has not begun is taken back, or begins on another day."""
    said = {"post": posting.post, "name": official.name, "day": format_date(posting.starts_on)}
    title = _("Take the post “%(post)s” of %(name)s from %(day)s back?") % said
    effect = _(
        "It will not begin, and the post that would have ended for it goes on. Roles that were to end with that one"
        " still end: give them anew where they stay."
    )
    return Confirmation(title, effect, _("Take back"))


def of_calendar(use: CalendarUse) -> Confirmation:
    """Before a calendar that does not apply yet is taken back."""
    said = {"calendar": shown_calendar(use.calendar), "day": format_date(use.starts_on)}
    title = _("Take the calendar “%(calendar)s” from %(day)s back?") % said
    return Confirmation(title, _("It will not apply; the one that would have ended for it goes on."), _("Take back"))


def of_placement(placement: Placement) -> Confirmation:
    """Before a name, kind or place to come is taken back, or is from another day on."""
    said = {"name": placement.name_vi, "day": format_date(placement.starts_on)}
    title = _("Take “%(name)s” from %(day)s back?") % said
    effect = _("The unit will not be called, or stand, so; the name, kind and place before go on.")
    return Confirmation(title, effect, _("Take back"))


def of_deputy(given: Delegation, principal: Official, day: date) -> Confirmation:
    """Before a deputyship ends, on that day."""
    title = _("%(deputy)s no longer acts for %(name)s?") % {"deputy": given.deputy.name, "name": principal.name}
    return _of_dated(given, day, title, _("It holds until today and no longer. Both are told."), _("End"))


def of_supervision(held: Supervision, names: Mapping[int, str], day: date) -> Confirmation:
    """Before a unit no longer follows another, on that day; `names` are those of both by key."""
    both = {"supervisor": names[held.supervisor_id], "name": names[held.unit_id]}
    title = _("%(supervisor)s no longer follows %(name)s?") % both
    return _of_dated(held, day, title, _("It follows and urges that unit until today and no longer."), _("End"))


def _of_dated(dated: Dated, day: date, title: str, effect: str, submit: str) -> Confirmation:
    """What has not begun is taken back whole."""
    if dated.starts_on > day:
        return Confirmation(title, _("It has not begun and is taken back: it will not begin."), _("Take back"))
    return Confirmation(title, effect, submit)
