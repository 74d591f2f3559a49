"""Names in logs: proposed, confirmed, changed; what is kept and the sums follow."""

from __future__ import annotations

import pytest
from django.utils import timezone

from cchc.organizations.models import Official
from cchc.oversight.actions.names import confirm_names, decide_name
from cchc.oversight.logs.matching import known_names, proposed, read_beside
from cchc.oversight.logs.rematching import rows_anew
from cchc.oversight.models import KeptDossier, KeptShare, KeptSpell, KeptSum, SourceName
from cchc.records.errors import DomainError
from tests.factories.dossiers import Desk
from tests.factories.logs import brought_in, log_source, matched
from tests.factories.organizations import TESTER, TODAY, official, unit
from tests.factories.oversight import check_conserved

TUAN, VHXH = "Trần Minh Tuấn", "Phòng Văn hóa - Xã hội"


def decided(name: SourceName, meant: str = "matched", **whom):
    made = decide_name(actor=TESTER, now=timezone.now(), name=name, meant=meant, **whom)
    matched()
    return made


def the_name(text: str = TUAN, kind: str = "official") -> SourceName:
    return SourceName.objects.get(text=text, kind=kind)


@pytest.fixture
def tuan(desk: Desk) -> Official:
    """Works in a unit below, which is called as in the log."""
    place = unit("phong-vhxh", desk.commune, name="PHÒNG văn hóa - xã hội")
    return official("tuan", TUAN.upper(), works_in=place)


@pytest.mark.requirement(72)
def test_a_decision_matches_what_is_kept_and_can_be_taken_back(desk: Desk, tuan: Official):
    source = log_source(desk.commune)
    brought_in(source)
    late = KeptSum.objects.filter(holder_name=TUAN).order_by("pk").values_list("late_minutes", flat=True)
    before = sum(late)
    assert before > 0
    name = decided(the_name(), official=tuan)
    assert not KeptSpell.objects.filter(holder_name=TUAN).exists()
    assert sum(one.late_minutes for one in KeptSum.objects.filter(official=tuan).order_by("pk")) == before
    check_conserved()
    name = decided(name, "system")
    assert not KeptSpell.objects.filter(official=tuan).exists()
    assert KeptShare.objects.filter(holder_kind="system", holder_name="").exists()
    check_conserved()
    decided(name, "nobody")
    assert sum(one.late_minutes for one in KeptSum.objects.filter(holder_name=TUAN).order_by("pk")) == before
    check_conserved()


def test_a_unit_is_matched_in_spells_and_dossiers(desk: Desk, tuan: Official):
    brought_in(log_source(desk.commune))
    place = tuan.postings.get().unit
    decided(the_name(VHXH, "unit"), unit=place)
    assert KeptSpell.objects.filter(unit=place).exists() and KeptDossier.objects.filter(unit=place).exists()
    assert not KeptSpell.objects.filter(unit_name=VHXH).exists()
    check_conserved()


def test_matched_anew_by_the_same_decisions_nothing_changes(desk: Desk, tuan: Official):
    source = log_source(desk.commune)
    brought_in(source)
    decided(the_name(), official=tuan)
    keys = list(KeptDossier.objects.order_by("pk").values_list("pk", flat=True))
    anew = rows_anew(keys, "Asia/Ho_Chi_Minh", known_names(source))
    assert {one.code: one.digest for one in anew} == dict(KeptDossier.objects.order_by().values_list("code", "digest"))


def test_the_next_log_is_read_by_what_was_decided(desk: Desk, tuan: Official):
    source = log_source(desk.commune)
    brought_in(source)
    decided(the_name(), official=tuan)
    made = brought_in(source)
    assert made.load is not None and (made.load.same, made.load.changed) == (10, 0)
    assert KeptSpell.objects.filter(official=tuan).exists()


class TestProposed:
    """Equal folded name, same unit; several are nobody."""

    def of(self, source, text=TUAN):
        found = proposed(read_beside(source, TODAY), list(SourceName.objects.order_by("pk")), TODAY)
        one = found.get(the_name(text).pk)
        return one and one.code

    def test_one_of_that_name_in_that_unit(self, desk: Desk, tuan: Official):
        source = log_source(desk.commune)
        brought_in(source)
        assert self.of(source) == "tuan"
        assert self.of(source, "Nguyễn Thị Hoa") is None

    def test_two_of_that_name_are_nobody(self, desk: Desk, tuan: Official):
        official("tuan-2", TUAN, works_in=tuan.postings.get().unit)
        source = log_source(desk.commune)
        brought_in(source)
        assert self.of(source) is None

    def test_of_that_name_in_another_unit_is_nobody(self, desk: Desk):
        official("tuan", TUAN, works_in=desk.commune)
        source = log_source(desk.commune)
        brought_in(source)
        assert self.of(source) is None


def test_several_are_confirmed_at_once_and_what_was_decided_stays(desk: Desk, tuan: Official):
    source = log_source(desk.commune)
    brought_in(source)
    place = tuan.postings.get().unit
    both = {the_name().pk: tuan, the_name(VHXH, "unit").pk: place}
    assert confirm_names(actor=TESTER, now=timezone.now(), source=source, confirmed=both) == 2
    assert confirm_names(actor=TESTER, now=timezone.now(), source=source, confirmed=both) == 0
    matched()
    assert KeptSpell.objects.filter(official=tuan, unit=place).exists()
    check_conserved()


def test_refused_in_words(desk: Desk, tuan: Official):
    brought_in(log_source(desk.commune))
    for given in ({"meant": "matched"}, {"meant": "nobody", "official": tuan}):
        with pytest.raises(DomainError) as refused:
            decide_name(actor=TESTER, now=timezone.now(), name=the_name(), **given)
        assert refused.value.code == "oversight.name_without_match"
    with pytest.raises(DomainError) as refused:
        decide_name(actor=TESTER, now=timezone.now(), name=the_name(), meant="nobody", version=7)
    assert refused.value.code == "oversight.name_stale"
