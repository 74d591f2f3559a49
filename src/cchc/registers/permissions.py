"""Who may do what with registers and their entries. What the state allows is asked of `policies`.

A register is kept by those who also give and follow the tasks that its entries lead to: the head of the keeper, its
reform officer and its procedure-control officer, as with directives. Administrators set up units and people and answer
for no plan, so that the register of a unit is not theirs to write; auditors read its history.
"""

from __future__ import annotations

from cchc.followups.permissions import may_issue_directive
from cchc.interface.access import ALLOWED, Verdict, denied, permission
from cchc.organizations.models import Unit
from cchc.organizations.viewers import Viewer
from cchc.registers.models import EntriesImport, Register


@permission
def may_see_registers(viewer: Viewer) -> Verdict:
    """Registers and entries in one's own scope (`queries.scope`): whoever is signed in."""
    return ALLOWED if viewer.is_signed_in else denied("organizations.sign_in_not_allowed")


@permission
def may_open_register(viewer: Viewer, unit: Unit) -> Verdict:
    """Open a register that the unit keeps: its head, reform officers and procedure-control officers, of the unit itself
    or from above, who give and follow tasks for it as well.
    """
    return ALLOWED if may_issue_directive(viewer, unit) else denied("registers.keepers_not_allowed")


@permission
def may_keep_register(viewer: Viewer, register: Register) -> Verdict:
    """Write entries, give tasks by them, close it: those who may open registers of its keeper, whoever opened it."""
    return may_open_register(viewer, register.keeper)


@permission
def may_follow_entries_import(viewer: Viewer, made: EntriesImport) -> Verdict:
    """See what a file changes and decide about it: who handed it in, as long as they keep that register. To others
    there is no such file.
    """
    if viewer.official is None:
        return denied("organizations.sign_in_not_allowed")
    if viewer.official.pk != made.uploaded_by_id:
        return denied("registers.import_not_found")
    return may_open_register(viewer, made.register.keeper)
