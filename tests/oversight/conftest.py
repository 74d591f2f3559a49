"""The one-stop of a commune."""

from __future__ import annotations

from tests.dossiers.conftest import desk, made_once, own_data, signed_in, today

__all__ = ["desk", "made_once", "own_data", "signed_in", "today"]
