"""The people of tests of tasks: an office that keeps registers, communes that entries concern."""

from __future__ import annotations

from tests.followups.conftest import made_once, people

__all__ = ["made_once", "people"]
