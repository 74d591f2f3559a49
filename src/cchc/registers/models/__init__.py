"""The tables of this room. Nothing is deleted: an entry is struck out, a register is closed."""

from __future__ import annotations

from cchc.registers.models.imports import EntriesImport
from cchc.registers.models.registers import Register, RegisterEntry

__all__ = ["EntriesImport", "Register", "RegisterEntry"]
