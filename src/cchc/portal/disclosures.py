"""Pages of this room are public and show nobody; making a result public is a form whose change stands in the chain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.privacy.disclosing import CHANGES, Disclosing, Silence

DISCLOSES: Final[Mapping[str, Disclosing]] = {}
SILENT: Final[Mapping[Silence, tuple[str, ...]]] = {CHANGES: ("portal:publish",)}
