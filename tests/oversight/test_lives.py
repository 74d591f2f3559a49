"""Random lives of dossiers, refreshed at any moments and in any order: what is kept adds up, and is what the ledger
says when it is run whole.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule, run_state_machine_as_test

from cchc.dossiers.ledger_rows import ledgers_of
from cchc.dossiers.models import Dossier
from cchc.organizations.models import Official
from cchc.organizations.viewers import actor_of
from cchc.oversight.actions.keeping import keep_own
from cchc.oversight.actions.verdicts import Found, draw_rechecks, give_verdict, recheck_verdict
from cchc.oversight.keeping import MINUTES
from cchc.oversight.models import DelayVerdict, KeptDossier, KeptSpell, Recheck, RecheckDraw
from cchc.oversight.own import own_rows
from tests.dossiers.test_life import Lives
from tests.factories.dossiers import Desk
from tests.factories.organizations import TESTER, official
from tests.factories.oversight import check_conserved, refreshed
from tests.support.examples import IN_CI, share_of_examples


class Kept(Lives):
    """The lives, looked at by the jobs of the room in between."""

    looked: Counter[str]
    verifiers: tuple[Official, Official]

    @rule(days=st.integers(3, 25))
    def days_pass(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule(is_whole=st.booleans(), part=st.integers(1, 4))
    def refresh(self, is_whole: bool, part: int) -> None:
        number = refreshed(self.now, part, is_whole=is_whole)
        self.looked["whole" if is_whole else "part"] += number
        self.check_kept()
        self.check_against_the_ledger_run_whole(are_all=is_whole)

    @precondition(lambda self: self.keys)
    @rule(number=st.integers(0, 9))
    def refresh_one_alone(self, number: int) -> None:
        one = Dossier.objects.filter(pk=self.keys[number % len(self.keys)])
        keep_own(actor=TESTER, now=self.now, rows=own_rows(one, self.now))
        self.check_kept()

    @rule(number=st.integers(0, 9), finding=st.sampled_from(["real", "forgotten"]))
    def find(self, number: int, finding: str) -> None:
        late = KeptDossier.objects.filter(late_minutes__gt=0).exclude(verdicts__is_current=True).order_by("pk")
        if waiting := list(late[:10]):
            found = Found(finding, "Theo hồ sơ lưu", "Văn bản 12")
            kept = waiting[number % len(waiting)]
            give_verdict(actor=actor_of(self.verifiers[0]), now=self.now, kept=kept, found=found)
            self.looked["found"] += 1
            self.check_kept()

    @rule(finding=st.sampled_from(["real", "forgotten"]))
    def look_again(self, finding: str) -> None:
        """The first verdict of a month that is over is drawn, unless the month was drawn from before."""
        over = self.now.date().replace(day=1)
        for found in DelayVerdict.objects.filter(finding="forgotten", found_at__date__lt=over, corrects=None):
            month = found.found_at.date().replace(day=1)
            if not RecheckDraw.objects.filter(month=month).exists():
                given = {"unit": self.desk.province, "month": month, "seed": "7"}
                draw_rechecks(actor=actor_of(self.verifiers[1]), now=self.now, **given)
        if recheck := Recheck.objects.filter(done_at=None).order_by("pk").first():
            found = Found(finding, "Xem lại", "Văn bản 13")
            recheck_verdict(actor=actor_of(self.verifiers[1]), now=self.now, recheck=recheck, found=found)
            self.looked["again"] += 1
            self.check_kept()

    def teardown(self) -> None:
        """Whatever the life: something late is found to be forgotten, and looked at again a month later."""
        self.find(0, "forgotten")
        self.now += timedelta(days=32)
        self.look_again("real")
        super().teardown()

    def check_kept(self) -> None:
        check_conserved()
        self.looked["late"] += KeptDossier.objects.filter(late_minutes__gt=0).count()

    def check_against_the_ledger_run_whole(self, *, are_all: bool) -> None:
        for found in ledgers_of(Dossier.objects.filter(pk__in=self.keys), self.now).values():
            for row in found.dossiers.rows(named=True):
                kept = KeptDossier.objects.filter(code=row["dossier"]).first()
                if kept is None:
                    assert not are_all
                    continue
                if are_all or row["late_minutes"] or row["finished_at"]:
                    assert (kept.late_minutes, kept.ended_at) == (row["late_minutes"], row["finished_at"])
                    spells = found.spells.filter(dossier=row["dossier"]).rows(named=True)
                    assert self.spells_of(kept) == [self.spell(spell) for spell in spells]

    @staticmethod
    def spells_of(kept: KeptDossier) -> list[tuple[Any, ...]]:
        names = ("step", "holder_kind", "official__code", "unit__code", "role", "from_at", "to_at", *MINUTES)
        return list(KeptSpell.objects.filter(dossier=kept).order_by("place").values_list(*names))

    @staticmethod
    def spell(row: dict[str, Any]) -> tuple[Any, ...]:
        official = row["holder"] if row["holder_kind"] == "official" else None
        held = (row["step"], row["holder_kind"], official, row["unit"], row["role"] or "")
        return (*held, row["from_at"], row["to_at"], *(row[name] for name in MINUTES))


@pytest.mark.requirement(71, 72)
def test_lives_are_kept(desk: Desk) -> None:
    class KeptHere(Kept):
        pass

    KeptHere.verifiers = tuple(official(code, code, desk.province) for code in ("ks1", "ks2"))
    KeptHere.desk, KeptHere.acts, KeptHere.looked = desk, set(), Counter()
    run_state_machine_as_test(
        KeptHere, settings=settings(max_examples=max(6, share_of_examples(0.1)), stateful_step_count=30, deadline=None)
    )
    if IN_CI:
        assert KeptHere.looked["whole"] and KeptHere.looked["part"] and KeptHere.looked["late"]
        assert KeptHere.looked["found"] and KeptHere.looked["again"]
