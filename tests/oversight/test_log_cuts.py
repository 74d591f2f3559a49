"""Cuts of a log, loaded in any order, come to what one load of the whole comes to."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc.oversight.models import DelaySource, KeptDossier, KeptShare, KeptSpell, KeptSum
from tests.factories.dossiers import Desk
from tests.factories.logs import brought_in, log_source, sample
from tests.factories.oversight import check_conserved
from tests.support.examples import share_of_examples

CODES = sorted({line.split(b";")[1] for line in sample().splitlines()[3:] if line.count(b";") > 5})


def cut(codes: frozenset[bytes]) -> bytes:
    """The heading, and the rows of these dossiers."""
    lines = sample().splitlines(keepends=True)
    return b"".join(lines[:3] + [line for line in lines[3:] if line.split(b";")[1] in codes])


def kept(source: DelaySource) -> dict[str, Any]:
    """All that is kept of a source, but for the keys of rows."""
    dossiers = KeptDossier.objects.filter(source=source).order_by()
    spells = KeptSpell.objects.filter(dossier__source=source).order_by("dossier__code", "place")
    sums = ("month", "unit_name", "procedure", "holder_kind", "holder_name", "role", "shares", "late_minutes")
    return {
        "dossiers": dict(dossiers.values_list("code", "digest")),
        "spells": list(spells.values_list("dossier__code", "place", "holder_name", "late_minutes", "working_minutes")),
        "shares": KeptShare.objects.filter(source=source).count(),
        "sums": sorted(map(str, KeptSum.objects.filter(source=source).order_by().values_list(*sums))),
    }


def test_there_is_something_to_cut():
    assert len(CODES) == 10


@pytest.mark.requirement(71)
def test_any_order_of_any_cuts_is_the_whole(desk: Desk):
    first = log_source(desk.commune)
    brought_in(first)
    whole = kept(first)
    assert whole["sums"]

    @settings(max_examples=max(4, share_of_examples(0.05)), deadline=None)
    @given(st.lists(st.frozensets(st.sampled_from(CODES), min_size=1), min_size=1, max_size=3), st.randoms())
    def holds(cuts: list[frozenset[bytes]], random: Any) -> None:
        rest = frozenset(CODES).difference(*cuts)
        several = [*cuts, rest] if rest else cuts
        random.shuffle(several)
        source = log_source(desk.commune, f"Nguồn {DelaySource.objects.count()}")
        for codes in several:
            brought_in(source, cut(codes))
        assert kept(source) == whole

    holds()
    check_conserved()
