"""Mistakes of a programmer, never of a user: they are not put into words and end in an error page."""

from __future__ import annotations


class UnrecordedWrite(RuntimeError):
    """Something was written, or was about to be, without an event in the audit chain."""


class UnknownKind(LookupError):
    """No room lists this kind of event in its `audit_kinds`."""


class BrokenHead(RuntimeError):
    """The single row that holds the chain's head is missing: nothing may be written until it is explained."""
