"""The people of tests of procedures: those of tests of tasks; the officer of the office keeps catalogues."""

from __future__ import annotations

from tests.followups.conftest import live_people, made_once, people, signed_in, today

__all__ = ["live_people", "made_once", "people", "signed_in", "today"]
