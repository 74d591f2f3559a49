"""What is kept of dossiers of our own: by which rule they count, when they are read again, what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from cchc.audit.actions import action, record
from cchc.audit.models import AuditEvent
from cchc.dossiers.ledger_rows import ledgers_of
from cchc.dossiers.models import Dossier
from cchc.oversight.actions import keeping as keeping_actions
from cchc.oversight.actions.keeping import Kept, keep_own, keep_rows
from cchc.oversight.audit_kinds import SOURCE_ADDED
from cchc.oversight.charging import Whole, holdings_of
from cchc.oversight.keeping import Known, rows_of, shares_of
from cchc.oversight.models import DelaySource, KeptDossier, KeptShare, KeptSpell, KeptSum
from cchc.oversight.own import own_rows
from cchc.oversight.queries.charges import charges_at
from cchc.oversight.queries.drafting import held_in, people_of
from cchc.records.errors import DomainError
from cchc.records.months import bounds
from tests.factories.dossiers import RESULT, Desk, at, completed, received, settled, step_of
from tests.factories.organizations import TESTER
from tests.factories.oversight import check_conserved, late_with, refreshed

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)


@pytest.mark.requirement(71, 72)
def test_a_late_dossier_is_kept_with_its_spells_and_the_share_of_each_holder(desk: Desk):
    dossier = late_with(desk)
    completed(desk, dossier, "settle", desk.settler, "25 10:00")
    refreshed(at("25 11:00"))
    kept = KeptDossier.objects.get(own=dossier)
    assert (kept.code, kept.is_late, kept.late_minutes, kept.unit) == (dossier.code, True, 180, desk.commune)
    assert (kept.ended_at, kept.judged_at) == (None, at("25 11:00"))
    share = KeptShare.objects.get(official=desk.settler)
    assert (share.month, share.late_minutes, share.working_minutes, share.overrun_minutes) == (NOVEMBER, 180, 540, 330)
    assert (share.is_overdue, share.is_slow, share.is_carried_over, share.is_returned) == (True, False, False, False)
    assert share.limit_minutes == 210
    sums = KeptSum.objects.get(official=desk.settler)
    assert (sums.dossiers, sums.steps, sums.late_steps, sums.overdue, sums.slow) == (1, 1, 1, 1, 0)
    check_conserved()


def test_a_step_over_its_limit_in_a_dossier_in_time_is_slow_and_nobody_owes_minutes(desk: Desk):
    dossier = received(desk)
    completed(desk, dossier, "receive", desk.receiver, "23 13:30")
    completed(desk, dossier, "settle", desk.settler, "23 14:00")
    completed(desk, dossier, "sign", desk.signer, "23 14:30", result=RESULT)
    completed(desk, dossier, "return", desk.receiver, "23 14:40")
    refreshed(at("23 15:30"))
    kept = KeptDossier.objects.get(own=dossier)
    assert (kept.is_late, kept.late_minutes) == (False, 0)
    share = KeptShare.objects.get(official=desk.receiver, is_slow=True)
    assert share.overrun_minutes > 0 and not share.is_overdue
    check_conserved()


def test_what_has_not_changed_is_not_written_again(desk: Desk):
    dossier = settled(desk, received(desk))
    rows = own_rows(Dossier.objects.all(), at("30 08:00"))
    assert keep_own(actor=TESTER, now=at("30 08:00"), rows=rows) == Kept(new=1)
    spells = set(KeptSpell.objects.order_by("pk").values_list("pk", flat=True))
    again = own_rows(Dossier.objects.all(), at("30 09:00"))
    before = AuditEvent.objects.count()
    assert keep_own(actor=TESTER, now=at("30 09:00"), rows=again) == Kept(same=1)
    assert AuditEvent.objects.count() == before, "no event either"
    assert set(KeptSpell.objects.order_by("pk").values_list("pk", flat=True)) == spells
    assert KeptDossier.objects.get().own == dossier


def test_an_older_reading_never_replaces_a_newer_one(desk: Desk):
    late_with(desk)
    older = own_rows(Dossier.objects.all(), at("25 09:00"))
    newer = own_rows(Dossier.objects.all(), at("25 10:00"))
    keep_own(actor=TESTER, now=at("25 10:00"), rows=newer)
    assert keep_own(actor=TESTER, now=at("25 10:00"), rows=older) == Kept(same=1)
    assert KeptDossier.objects.get().judged_at == at("25 10:00")
    check_conserved()


def test_minutes_that_do_not_add_up_are_refused(desk: Desk):
    late_with(desk)
    ((_, ledger),) = ledgers_of(Dossier.objects.all(), at("25 10:00")).items()
    one_less = ledger.spells.with_columns(
        late_minutes=ledger.spells["late_minutes"] - (ledger.spells["late_minutes"] > 0)
    )
    with pytest.raises(DomainError) as refused:
        rows_of(replace(ledger, spells=one_less), "Asia/Ho_Chi_Minh", at("25 10:00"), Known())
    assert refused.value.code == "oversight.not_conserved"
    assert rows_of(ledger, "Asia/Ho_Chi_Minh", at("25 10:00"), Known())


def test_a_log_keeps_names_that_the_register_does_not_know_and_forgets_what_is_gone(desk: Desk):
    dossier = late_with(desk)
    source = _log(desk)
    (ledger,) = ledgers_of(Dossier.objects.all(), at("25 10:00")).values()
    known = Known(officials={"tn1": desk.receiver.pk}, units={})
    rows = rows_of(ledger, "Asia/Ho_Chi_Minh", at("25 10:00"), known)
    assert keep_rows(actor=TESTER, now=at("25 10:00"), source=source, rows=rows) == Kept(new=1)
    check_conserved()
    names = KeptShare.objects.order_by("pk").values_list("official__code", "holder_name", "unit_id", "unit_name")
    assert set(names) >= {("tn1", "", None, "xa-mot"), (None, "gq1", None, "xa-mot")}
    listed = list(charges_at(desk.commune, NOVEMBER, at("25 10:00")))
    assert {(one.own is None, one.holder_name) for one in listed if one.klass == "overdue"} == {
        (False, ""),
        (True, "gq1"),
    }
    assert list(charges_at(desk.other, NOVEMBER, at("25 10:00"))) == []
    key = KeptDossier.objects.get(source=source).pk
    assert keep_rows(actor=TESTER, now=at("25 10:00"), source=source, rows=[], gone=[key]) == Kept(gone=1)
    assert not KeptSum.objects.exists() and not KeptShare.objects.exists() and dossier.pk
    check_conserved()


def _log(desk: Desk) -> DelaySource:
    @action
    def add(*, actor, now):
        made = DelaySource.objects.create(kind="log", name="iGate", unit=desk.commune, since_at=now, calendar="vn")
        record(SOURCE_ADDED, made)
        return made

    return add(actor=TESTER, now=at("23 08:00"))


@pytest.mark.parametrize(
    ("month", "begins", "ends"),
    [
        (NOVEMBER, "2026-11-01T00:00:00+07:00", "2026-12-01T00:00:00+07:00"),
        (DECEMBER, "2026-12-01T00:00:00+07:00", "2027-01-01T00:00:00+07:00"),
    ],
)
def test_a_month_ends_where_the_next_begins(month, begins, ends):
    assert [one.isoformat() for one in bounds(month, "Asia/Ho_Chi_Minh")] == [begins, ends]


class TestShares:
    """What a holder's spells of a month say of the dossier."""

    def spell(self, **given):
        held = {
            "holder_kind": "official",
            "official": 1,
            "holder_name": "",
            "unit": 1,
            "unit_name": "",
            "month": NOVEMBER,
        }
        minutes = dict.fromkeys(
            ("late_overrun", "late_holder", "late_first_overrun", "late_first_holder", "late_minutes"), 0
        )
        rest = {"role": "a", "step": "Bước", "is_event": True, "limit_minutes": 60, "working_minutes": 90}
        return held | minutes | rest | {"overrun_minutes": 0} | given

    def dossier(self, **given):
        return {"late_minutes": 0, "due_at": at("20 10:00"), "ended_at": at("25 10:00"), **given}

    def flags(self, dossier, *spells):
        names = ("role", "is_main", "is_overdue", "is_slow")
        return [tuple(one[name] for name in names) for one in shares_of(dossier, spells, "Asia/Ho_Chi_Minh")]

    def test_one_role_alone_counts_the_dossier(self):
        spells = [self.spell(late_minutes=5), self.spell(role="b", late_minutes=6)]
        late = self.dossier(late_minutes=11)
        assert self.flags(late, *spells) == [("a", False, False, False), ("b", True, True, False)]

    def test_slow_is_only_what_owes_nothing(self):
        over = self.spell(overrun_minutes=1)
        assert self.flags(self.dossier(), over) == [("a", True, False, True)]
        assert self.flags(self.dossier(late_minutes=1), over) == [("a", True, False, False)]
        assert self.flags(self.dossier(), self.spell()) == [("a", True, False, False)]
        assert self.flags(self.dossier(), over | {"holder_kind": "applicant"}) == [("a", True, False, False)]

    def test_a_limit_is_counted_once_a_step(self):
        two = [self.spell(), self.spell(limit_minutes=30), self.spell(step="Khác", limit_minutes=None)]
        (share,) = shares_of(self.dossier(), two, "Asia/Ho_Chi_Minh")
        assert (share["limit_minutes"], share["working_minutes"], share["steps"]) == (60, 270, 3)
        (none,) = shares_of(self.dossier(), two[2:], "Asia/Ho_Chi_Minh")
        assert none["limit_minutes"] is None

    @pytest.mark.parametrize(
        ("due", "ended", "carried", "returned"),
        [
            ("2026-10-31T23:59:00+07:00", None, True, False),
            ("2026-11-01T00:00:00+07:00", "2026-11-30T23:59:00+07:00", False, True),
            ("2026-11-01T00:00:00+07:00", "2026-12-01T00:00:00+07:00", False, False),
        ],
    )
    def test_standing_at_the_edges_of_the_month(self, due, ended, carried, returned):
        moments = {"due_at": datetime.fromisoformat(due), "ended_at": ended and datetime.fromisoformat(ended)}
        (share,) = shares_of(self.dossier(late_minutes=9, **moments), [self.spell(late_minutes=9)], "Asia/Ho_Chi_Minh")
        assert (share["is_carried_over"], share["is_returned"]) == (carried, returned)


class TestCharges:
    """The list of a month at its cut-off."""

    def test_what_ended_after_the_cut_off_was_open_then(self, desk: Desk):
        dossier = late_with(desk)
        completed(desk, dossier, "settle", desk.settler, "26 10:00")
        completed(desk, dossier, "sign", desk.signer, "26 11:00", result=RESULT)
        completed(desk, dossier, "return", desk.receiver, "26 11:30")
        refreshed(at("27 08:00"))
        before = {one.official: one for one in charges_at(desk.commune, NOVEMBER, at("25 10:00"))}
        one = before[desk.settler.pk]
        assert (one.klass, one.is_returned, one.late, one.ended_at) == ("overdue", False, 120, None)
        assert one.kept == KeptDossier.objects.get().pk and one.role == step_of(dossier, "settle").role
        after = {one.official: one for one in charges_at(desk.commune, NOVEMBER, at("30 10:00"))}[desk.settler.pk]
        assert after.is_returned and after.late > one.late and not after.is_carried_over
        assert list(charges_at(desk.commune, DECEMBER, at("30 10:00"))) == []

    def test_open_in_the_next_month_it_is_carried_over(self, desk: Desk):
        late_with(desk)
        cut_off = bounds(DECEMBER, "Asia/Ho_Chi_Minh")[1]
        (one,) = [one for one in charges_at(desk.commune, DECEMBER, cut_off) if one.official == desk.settler.pk]
        assert one.is_carried_over and not one.is_returned and one.late_under_every_rule

    def test_what_is_held_beyond_the_month_counts_among_what_was_held_in_it(self, desk: Desk):
        late_with(desk)
        settled(desk, received(desk), "23 09:00")
        refreshed(at("30 10:00"))
        after = bounds(NOVEMBER, "Asia/Ho_Chi_Minh")[1] + timedelta(days=6)
        (listed,) = people_of(desk.commune, NOVEMBER, held_in(desk.commune, NOVEMBER, after))
        assert (listed.official, listed.volume, len(listed.charges)) == (desk.settler.pk, 2, 1)
        over = bounds(DECEMBER, "Asia/Ho_Chi_Minh")[1]
        (listed,) = people_of(desk.commune, DECEMBER, held_in(desk.commune, DECEMBER, over))
        assert (listed.volume, len(listed.charges)) == (1, 1), "what ended in November was not held in December"

    @pytest.mark.parametrize(
        ("begins", "ends", "is_held"),
        [
            ("2026-10-30T08:00+07:00", "2026-11-01T00:00+07:00", False),
            ("2026-10-30T08:00+07:00", "2026-11-01T00:01+07:00", True),
            ("2026-11-01T00:00+07:00", "2026-11-01T00:00+07:00", True),
            ("2026-11-30T23:59+07:00", "2026-12-03T08:00+07:00", True),
            ("2026-12-01T00:00+07:00", "2026-12-03T08:00+07:00", False),
        ],
    )
    def test_the_edges_of_what_was_held_in_a_month(self, begins: str, ends: str, is_held: bool):
        times = {"from_at": datetime.fromisoformat(begins), "to_at": datetime.fromisoformat(ends)}
        dossier = TestShares().dossier(late_minutes=0, due_at=None, ended_at=None)
        whole = Whole(dossier, [TestShares().spell(**times)], None, None)
        cut_off = datetime.fromisoformat("2026-12-06T00:00+07:00")
        assert bool([*holdings_of(whole, NOVEMBER, cut_off, "Asia/Ho_Chi_Minh")]) == is_held

    def test_in_time_nobody_stands_in_it(self, desk: Desk):
        settled(desk, received(desk), "23 09:00")
        assert list(charges_at(desk.commune, NOVEMBER, at("30 08:00"))) == []


def test_more_than_a_part_is_not_written_at_once(desk: Desk, monkeypatch):
    monkeypatch.setattr(keeping_actions, "PART", 1)
    for _ in range(2):
        received(desk)
    with pytest.raises(ValueError, match="at most 1"):
        keep_own(actor=TESTER, now=at("25 10:00"), rows=own_rows(Dossier.objects.all(), at("25 10:00")))
