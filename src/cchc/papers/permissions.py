"""Who may do what with papers, templates and legal bases. To whom a draft is not shown it is as if there were none."""

from __future__ import annotations

from cchc.interface.access import ALLOWED, Verdict, denied, permission
from cchc.organizations.models import Unit
from cchc.organizations.permissions import ADMINISTRATOR
from cchc.organizations.viewers import Viewer
from cchc.papers.models import ApprovalRequest, BasesImport, LegalBasis, Paper, TextTemplate
from cchc.papers.policies import may_become
from cchc.papers.queries.approvals import has_signed, makers_of
from cchc.papers.rights import DRAFTERS, ISSUERS, KEEPERS


@permission
def may_see_papers(viewer: Viewer) -> Verdict:
    """The list, templates and the library: whoever is signed in."""
    return ALLOWED if viewer.is_signed_in else denied("organizations.sign_in_not_allowed")


@permission
def may_see_paper(viewer: Viewer, paper: Paper) -> Verdict:
    """What was issued: whoever is signed in. A draft: those who draft or issue for its unit."""
    if not viewer.is_signed_in:
        return denied("organizations.sign_in_not_allowed")
    if paper.is_issued or viewer.holds_over(paper.unit, *DRAFTERS, *ISSUERS):
        return ALLOWED
    return denied("papers.paper_not_found")


@permission
def may_draft_paper(viewer: Viewer, unit: Unit) -> Verdict:
    """Reform officers, procedure-control officers and council secretaries of the unit itself: `_within`."""
    return _within(viewer, unit, DRAFTERS, "papers.drafters_not_allowed")


@permission
def may_change_paper(viewer: Viewer, paper: Paper) -> Verdict:
    """A draft: those who draft for its unit (`_within`), and those who issue, who correct before they sign."""
    return _while(viewer, paper, (*DRAFTERS, *ISSUERS), "papers.drafters_not_allowed", "edit")


@permission
def may_discard_paper(viewer: Viewer, paper: Paper) -> Verdict:
    """A draft: those who may change it."""
    return _while(viewer, paper, (*DRAFTERS, *ISSUERS), "papers.drafters_not_allowed", "discard")


@permission
def may_issue_paper(viewer: Viewer, paper: Paper) -> Verdict:
    """A draft: heads and signing leaders of the unit, approving authorities, council chairs, and whoever they delegate
    it to (the records office).
    """
    return _while(viewer, paper, ISSUERS, "papers.issuers_not_allowed", "issue")


@permission
def may_attach_signed(viewer: Viewer, paper: Paper) -> Verdict:
    """Attach the signed file to an issued paper: those who issue for its unit."""
    return _while(viewer, paper, ISSUERS, "papers.issuers_not_allowed", "attach")


@permission
def may_withdraw_paper(viewer: Viewer, paper: Paper) -> Verdict:
    """Withdraw or replace an issued paper: those who issue for its unit."""
    return _while(viewer, paper, ISSUERS, "papers.issuers_not_allowed", "withdraw")


@permission
def may_ask_approval(viewer: Viewer, paper: Paper) -> Verdict:
    """Lay an issued paper before another unit: those who draft or issue for its unit."""
    return _while(viewer, paper, (*DRAFTERS, *ISSUERS), "papers.drafters_not_allowed", "ask_approval")


@permission
def may_decide_approval(viewer: Viewer, asked: ApprovalRequest) -> Verdict:
    """Approve or refuse: those who issue for that very unit that is asked, not from above it, while it waits; never who
    drafted, issued, signed or asked, nor who works in the unit whose paper it is, or below it.
    """
    if not viewer.is_signed_in:
        return denied("organizations.sign_in_not_allowed")
    if not viewer.holds_at(ISSUERS, asked.to_id, above=()):
        return denied("papers.deciders_not_allowed")
    if not asked.is_open:
        return denied("papers.approval_decided")
    people = [one for one in (viewer.official, viewer.principal) if one is not None]
    if {one.pk for one in people} & makers_of(asked) or viewer.is_own(asked.paper.unit):
        return denied("papers.own_approval")
    return denied("papers.own_approval") if any(has_signed(one, asked.paper) for one in people) else ALLOWED


@permission
def may_take_back_approval(viewer: Viewer, asked: ApprovalRequest) -> Verdict:
    """Ask no longer, while it waits: who asked, and those who draft or issue for the unit whose paper it is."""
    if not viewer.is_signed_in:
        return denied("organizations.sign_in_not_allowed")
    has_asked = asked.asked_by_id in {one.pk for one in (viewer.official, viewer.principal) if one is not None}
    writes = _within(viewer, asked.paper.unit, (*DRAFTERS, *ISSUERS), "papers.drafters_not_allowed")
    if not (has_asked or writes):
        return writes
    return ALLOWED if asked.is_open else denied("papers.approval_decided")


@permission
def may_write_templates(viewer: Viewer, unit: Unit) -> Verdict:
    """Templates of a unit: its administrators."""
    return _holder(viewer, unit, (ADMINISTRATOR,), "organizations.administrators_not_allowed")


@permission
def may_write_template(viewer: Viewer, template: TextTemplate) -> Verdict:
    """Another version of a template: administrators over the unit that keeps it."""
    return _holder(viewer, template.unit, (ADMINISTRATOR,), "organizations.administrators_not_allowed")


@permission
def may_keep_bases(viewer: Viewer, unit: Unit) -> Verdict:
    """The library of a unit: its administrators, reform officers and procedure-control officers."""
    return _holder(viewer, unit, KEEPERS, "papers.keepers_not_allowed")


@permission
def may_follow_bases_import(viewer: Viewer, made: BasesImport) -> Verdict:
    """See what a file changes and decide about it: who handed it in, as long as they keep that library. To others there
    is no such file.
    """
    if viewer.official is None:
        return denied("organizations.sign_in_not_allowed")
    if viewer.official.pk != made.uploaded_by_id:
        return denied("papers.import_not_found")
    return may_keep_bases(viewer, made.unit)


@permission
def may_change_basis(viewer: Viewer, basis: LegalBasis) -> Verdict:
    """Correct a basis: those who keep the library of its unit."""
    return _holder(viewer, basis.unit, KEEPERS, "papers.keepers_not_allowed")


def _holder(viewer: Viewer, unit: Unit, roles: tuple[str, ...], code: str) -> Verdict:
    return ALLOWED if viewer.holds_over(unit, *roles) else denied(code)


def _within(viewer: Viewer, unit: Unit, roles: tuple[str, ...], code: str) -> Verdict:
    """Who holds a role over that very unit, or over what is above it and works in the unit or under it.

    Whoever else holds one from above reads, and neither writes nor issues in the unit's name.
    """
    held = viewer.holds_over(unit, *roles)
    is_of_unit = held and (viewer.holds_at(roles, unit.pk, above=()) or viewer.is_own(unit))
    return ALLOWED if is_of_unit else denied(code)


def _while(viewer: Viewer, paper: Paper, roles: tuple[str, ...], code: str, change: str) -> Verdict:
    """Whoever holds a role within the unit, as long as the paper's state allows it."""
    seen = may_see_paper(viewer, paper)
    if not seen:
        return seen
    held = _within(viewer, paper.unit, roles, code)
    return may_become(paper, change) if held else held
