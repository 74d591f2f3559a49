"""The criteria set of a round, read once for each content."""

from __future__ import annotations

from functools import lru_cache

from cchc.assessments.models import Round
from cchc.records.errors import refuse
from cchc.scoring.criteria import CriteriaSet
from cchc.scoring.loading import load_bytes


def set_of(round_: Round) -> CriteriaSet:
    """Raises `assessments.no_set` while none was brought in."""
    if not round_.criteria:
        raise refuse("assessments.no_set", round=round_.title)
    return _loaded(round_.criteria_hash, round_.criteria)


@lru_cache(maxsize=16)
def _loaded(_hash: str, text: str) -> CriteriaSet:
    return load_bytes(text, "criteria.yaml")
