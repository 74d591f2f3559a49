"""Who may do what with units, people and rights. Each answers allowed, or a coded reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

from django.db.models import Q

from cchc.interface.access import ALLOWED, Verdict, denied, permission
from cchc.organizations.exporting.kinds import ExportKind
from cchc.organizations.exporting.standing import standing_of
from cchc.organizations.models import Export, Official, RegisterImport, RoleGrant, Unit
from cchc.organizations.queries.deputies import works_near
from cchc.organizations.queries.units import gone_under, stood_over
from cchc.organizations.viewers import Viewer

ADMINISTRATOR = "administrator"
AUDITOR = "auditor"


@permission
def may_see_units(viewer: Viewer) -> Verdict:
    """The tree, units and the names and posts of officials: whoever is signed in."""
    return ALLOWED if viewer.is_signed_in else denied("organizations.sign_in_not_allowed")


@permission
def may_found_unit(viewer: Viewer, parent: Unit | None) -> Verdict:
    """Administrators over the parent; at the top, administrators over everything there is are not known: nobody but
    the one who sets up the installation.
    """
    if parent is None:
        return denied("organizations.top_not_allowed")
    return may_change_unit(viewer, parent)


@permission
def may_change_unit(viewer: Viewer, unit: Unit) -> Verdict:
    """Rename, move, reorganize, choose the calendar: administrators over the unit."""
    return _administrator_over(viewer, unit)


@permission
def may_manage_people(viewer: Viewer, unit: Unit) -> Verdict:
    """Enter officials and post them: administrators over the unit."""
    return _administrator_over(viewer, unit)


@permission
def may_see_contact(viewer: Viewer, official: Official, unit: Unit | None) -> Verdict:
    """Telephone and e-mail of an official who works in `unit`: oneself, colleagues, administrators over the unit."""
    if not viewer.is_signed_in:
        return denied("organizations.sign_in_not_allowed")
    if viewer.official == official or (unit is not None and unit.pk in viewer.postings):
        return ALLOWED
    if unit is not None and _administrator_over(viewer, unit):
        return ALLOWED
    return denied("organizations.contact_not_allowed")


@permission
def may_manage_rights(viewer: Viewer, official: Official, unit: Unit, *, below: bool = False) -> Verdict:
    """Grant and withdraw roles over a unit: its administrators, but nobody for oneself. With all `below` only whoever
    administers that too.
    """
    if viewer.official == official or viewer.principal == official:
        return denied("organizations.own_rights_not_allowed")
    verdict = _administrator_over(viewer, unit)
    if verdict and below and not (viewer.holds_below(unit, ADMINISTRATOR) or _once_below(viewer, unit)):
        return denied("organizations.subtree_not_allowed")
    return verdict


@permission
def may_end_posting(viewer: Viewer, official: Official, unit: Unit, home: Unit | None = None) -> Verdict:
    """Let an official leave a post in `unit`, or office altogether: administrators over that unit, or over `home`,
    where the official has the main post; nobody for oneself. What is held beside the posts ends with the last of them,
    whoever gave it: who has left holds nothing any more.
    """
    if official in {viewer.official, viewer.principal}:
        return denied("organizations.own_leaving_not_allowed")
    verdict = _administrator_over(viewer, unit)
    return verdict if verdict or home is None else _administrator_over(viewer, home)


@permission
def may_hand_on(viewer: Viewer, official: Official, role: str = "") -> Verdict:
    """Let somebody else act with what the official holds, in one role or in all: whoever could have given it.

    By an account whose first password one knows, or by a deputy.
    """
    return _could_give(viewer, official, viewer.facts_of(official).grants, role)


@permission
def may_open_account(viewer: Viewer, official: Official, unit: Unit) -> Verdict:
    """Open an account, and see its first password: administrators over the unit in which the official works, who could
    have given every role that the official holds, or holds for somebody else.
    """
    verdict = may_manage_people(viewer, unit) and may_hand_on(viewer, official)
    facts = viewer.facts_of(official) if verdict else None
    for held in facts.lent if facts else ():
        theirs = [grant for grant in facts.lent_grants if grant.official_id == held.principal_id] if facts else []
        verdict = verdict and _could_give(viewer, held.principal, theirs, held.role)
    return verdict


@permission
def may_restore_account(viewer: Viewer, official: Official, unit: Unit) -> Verdict:
    """Give a new password, end the second factor, close and reopen the account: whoever could have opened it, but
    nobody for oneself: it would be a way around one's own password and second factor.
    """
    if official in {viewer.official, viewer.principal}:
        return denied("organizations.own_account_not_allowed")
    return may_open_account(viewer, official, unit)


@permission
def may_set_supervision(viewer: Viewer, unit: Unit) -> Verdict:
    """Say that a unit follows and urges another, or no longer does: administrators over both."""
    return _administrator_over(viewer, unit)


@permission
def may_delegate(
    viewer: Viewer, principal: Official, unit: Unit | None, deputy: Official | None = None, role: str | None = None,
    days: tuple[date, date] | None = None,
) -> Verdict:  # fmt: skip
    """Name a deputy: for oneself, somebody who works near on these `days` (today where none are given:
    `queries.deputies`); or as administrator over the unit in which the principal works, anybody. Nobody names oneself.
    `role` once it is chosen, empty for all: one that waits for the second factor is not handed on by a session that has
    shown none, or a stolen password would be enough to give it away.
    """
    if not viewer.is_signed_in:
        return denied("organizations.sign_in_not_allowed")
    if deputy is not None and deputy in {viewer.official, viewer.principal}:
        return denied("organizations.own_rights_not_allowed")
    if viewer.official == principal and viewer.principal is None:
        if role is not None and (role in viewer.waiting or (not role and viewer.waiting)):
            return denied("organizations.waiting_not_handed_on")
        first, last = days or (viewer.day, viewer.day)
        is_near = deputy is None or works_near(deputy, viewer.postings, first, last)
        return ALLOWED if is_near else denied("organizations.deputy_not_near", name=deputy.name if deputy else "")
    if unit is None:
        return denied("organizations.administrators_not_allowed")
    return _administrator_over(viewer, unit)


@permission
def may_import(viewer: Viewer) -> Verdict:
    """Hand in a file of units and officials: administrators; what it may change is asked for each of its rows."""
    if viewer.holds_anywhere(ADMINISTRATOR):
        return ALLOWED
    return denied("organizations.administrators_not_allowed")


@permission
def may_follow_import(viewer: Viewer, made: RegisterImport) -> Verdict:
    """See what a file changes and decide about it: the administrator who handed it in, acting as then. To others there
    is no such file.
    """
    if viewer.official is None or not viewer.holds_anywhere(ADMINISTRATOR):
        return denied("organizations.administrators_not_allowed")
    principal = None if viewer.principal is None else viewer.principal.pk
    is_own = (viewer.official.pk, principal) == (made.uploaded_by_id, made.principal_id)
    return ALLOWED if is_own else denied("organizations.import_not_found")


@permission
def may_export(viewer: Viewer, kind: ExportKind) -> Verdict:
    """Have a long list written: whoever may see such a list; of its rows those that they see."""
    return kind.permission(viewer)


@permission
def may_take_export(viewer: Viewer, export: Export) -> Verdict:
    """Fetch a list that was written: whoever asked for it, acting as then, while they hold what they held. To others
    there is no such file.
    """
    principal = None if viewer.principal is None else viewer.principal.pk
    if viewer.official is None or (viewer.official.pk, principal) != (export.asked_by_id, export.principal_id):
        return denied("organizations.export_not_found")
    return ALLOWED if standing_of(viewer) == export.standing else denied("organizations.export_stale")


@permission
def may_read_audit(viewer: Viewer, unit: Unit) -> Verdict:
    """Who changed what: auditors and administrators over the unit; of a unit that is gone, those over all under a unit
    that stood above it, or stands above what it went into.
    """
    if viewer.holds_over(unit, AUDITOR, ADMINISTRATOR) or _covers_what_is_gone(viewer, unit):
        return ALLOWED
    return denied("organizations.auditors_not_allowed")


@permission
def may_read_audit_of_person(viewer: Viewer, official: Official) -> Verdict:
    """Who changed what about an official: auditors and administrators over the unit where the official works, or worked
    last.
    """
    unit = viewer.facts_of(official).home
    return denied("organizations.auditors_not_allowed") if unit is None else may_read_audit(viewer, unit)


@permission
def may_read_disclosures_of(viewer: Viewer, official: Official) -> Verdict:
    """Who saw an official's data: the official, unless acting for another, and whoever may read who changed it."""
    if viewer.official == official and viewer.principal is None:
        return ALLOWED
    return may_read_audit_of_person(viewer, official)


@permission
def may_read_disclosures(viewer: Viewer) -> Verdict:
    """Who saw whose data, of everybody: auditors over all that stands under a unit at the top."""
    return ALLOWED if _is_at_the_top(viewer, AUDITOR) else denied("organizations.top_auditors_not_allowed")


@permission
def may_read_changes(viewer: Viewer) -> Verdict:
    """Who changed what, of all they look after (`queries.changes`): auditors and administrators of any unit."""
    if viewer.holds_anywhere(AUDITOR, ADMINISTRATOR):
        return ALLOWED
    return denied("organizations.auditors_not_allowed")


@permission
def may_check_chain(viewer: Viewer) -> Verdict:
    """Have the whole audit chain walked: auditors over all that stands under a unit at the top."""
    return ALLOWED if _is_at_the_top(viewer, AUDITOR) else denied("organizations.top_auditors_not_allowed")


@permission
def may_read_retention(viewer: Viewer) -> Verdict:
    """How long what is kept stays, and how much falls due: auditors and administrators of any unit."""
    if viewer.holds_anywhere(AUDITOR, ADMINISTRATOR):
        return ALLOWED
    return denied("organizations.auditors_not_allowed")


@permission
def may_run_retention(viewer: Viewer) -> Verdict:
    """End at once what is past its time: administrators over all that stands under a unit at the top."""
    if _is_at_the_top(viewer, ADMINISTRATOR):
        return ALLOWED
    return denied("organizations.top_administrators_not_allowed")


def _could_give(viewer: Viewer, official: Official, grants: Iterable[RoleGrant], role: str) -> Verdict:
    for grant in grants:
        if role in {"", grant.role}:
            verdict = may_manage_rights(viewer, official, grant.unit, below=grant.covers_subtree)
            if not verdict:
                return verdict
    return ALLOWED if viewer.is_signed_in else denied("organizations.sign_in_not_allowed")


def _is_at_the_top(viewer: Viewer, role: str) -> bool:
    covered = (hold.unit for hold in viewer.holds if hold.role == role and hold.covers_subtree)
    return any(viewer.above(unit) == {unit} for unit in covered)


def _covers_what_is_gone(viewer: Viewer, unit: Unit) -> bool:
    """One query for whoever holds such a role over all under some unit, none for others or for a unit that is there."""
    covered = viewer.covered_by(AUDITOR, ADMINISTRATOR)
    if not covered or viewer.is_there(unit):
        return False
    if not covered.isdisjoint(viewer.known_once_above(unit)):
        return True
    return Unit.objects.filter(gone_under(covered, viewer.day), pk=unit.pk).exists()


def _administrator_over(viewer: Viewer, unit: Unit) -> Verdict:
    """The role over the unit; over one that is not there: over what it stood under last, or over what it went into."""
    held, is_meant = viewer.units_held(ADMINISTRATOR), partial(viewer.holds_at, (ADMINISTRATOR,))
    if viewer.holds_over(unit, ADMINISTRATOR) or _once_over(viewer, unit, held, is_meant):
        return ALLOWED
    return denied("organizations.administrators_not_allowed")


def _once_below(viewer: Viewer, unit: Unit) -> bool:
    """The same, counting roles alone that are held with all that stands under a unit."""
    covered = viewer.covered_by(ADMINISTRATOR)
    return _once_over(viewer, unit, Q(ancestor__in=covered), lambda _, above: not above.isdisjoint(covered))


def _once_over(viewer: Viewer, unit: Unit, held: Q, is_meant: Callable[[int, frozenset[int]], bool]) -> bool:
    """A few queries for a unit that is not there, and only for those who administer something."""
    if not viewer.holds_anywhere(ADMINISTRATOR) or viewer.is_there(unit):
        return False
    return stood_over(held, unit, viewer.day) or unit.pk in viewer.gone_into(is_meant)
