"""The people of tests of tasks: an office that keeps registers, communes that entries concern."""

from __future__ import annotations

from tests.followups.conftest import live_people, made_once, people, signed_in, today

__all__ = ["live_people", "made_once", "people", "signed_in", "today"]
