"""What a register's state allows, whoever asks."""

from __future__ import annotations

from cchc.interface.access import ALLOWED, Verdict, denied
from cchc.records.errors import refuse
from cchc.registers.models import Register, RegisterEntry
from cchc.registers.states import REGISTER


def may_become(register: Register, step: str) -> Verdict:
    """Whether the step of the table leads from where the register stands. Raises `LookupError` for no step."""
    if register.state in REGISTER.step(step).sources:
        return ALLOWED
    return denied("registers.not_in_state")


def may_be_written(entry: RegisterEntry) -> Verdict:
    """Whether an entry may be corrected, struck out, or give a task: it stands, in a register that is open."""
    if entry.struck_at is not None:
        return denied("registers.entry_struck")
    return may_become(entry.register, "write")


def check_possible(register: Register, step: str) -> None:
    """Raise `registers.not_in_state` for a step that does not lead from where the register stands."""
    if not may_become(register, step):
        raise refuse("registers.not_in_state")


def check_stands(entry: RegisterEntry) -> None:
    """Raise `registers.entry_struck` for one that was struck out, `registers.not_in_state`."""
    if entry.struck_at is not None:
        raise refuse("registers.entry_struck")
    check_possible(entry.register, "write")
