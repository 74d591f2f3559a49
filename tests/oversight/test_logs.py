"""Logs of other systems: from the upload to rows of the kept ledger, loaded again, given up, refused."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.utils import timezone

from cchc.interface.actions import cancel_job
from cchc.organizations.viewers import actor_of
from cchc.oversight.actions import logs as actions
from cchc.oversight.actions.verdicts import Found, give_verdict
from cchc.oversight.logs import working
from cchc.oversight.logs.places import rejects_of
from cchc.oversight.logs.receiving import log_received
from cchc.oversight.models import DelayLoad, KeptDossier, KeptSpell, SourceName
from cchc.oversight.models.verdicts import Finding
from cchc.oversight.queries.logs import get_log
from cchc.records.errors import DomainError, Unreadable
from tests.factories.dossiers import Desk
from tests.factories.logs import brought_in, handed_in, loaded, log_source, mapped, sample, tried
from tests.factories.organizations import TESTER
from tests.factories.oversight import check_conserved


@pytest.mark.requirement(71, 72)
def test_the_sample_is_kept_as_the_ledger_computes_it(desk: Desk):
    source = log_source(desk.commune)
    made = handed_in(source)
    assert made.state == "mapped" and made.looked["columns"][1] == "Mã hồ sơ"
    assert 'case: "Mã hồ sơ"' in made.mapping
    made = tried(mapped(made))
    assert made.tried["counts"]["late"] == 5 and made.tried["kept"] == {"new": 10, "changed": 0, "same": 0, "gone": 0}
    assert not KeptDossier.objects.exists(), "a trial writes nothing"
    made = loaded(made)
    load = DelayLoad.objects.get()
    assert (load.new, load.changed, load.same, load.gone, load.late_before) == (10, 0, 0, 0, 0)
    assert (made.state, made.looked, load.late_after) == ("loaded", {}, made.tried["counts"]["late_minutes"])
    assert KeptDossier.objects.filter(is_late=True).count() == 5
    check_conserved()


def test_the_same_log_again_changes_nothing(desk: Desk):
    source = log_source(desk.commune)
    brought_in(source)
    spells = set(KeptSpell.objects.order_by("pk").values_list("pk", flat=True))
    made = tried(mapped(handed_in(source)))
    assert made.tried["kept"] == {"new": 0, "changed": 0, "same": 10, "gone": 0}
    made = loaded(made)
    assert made.load is not None and (made.load.same, made.load.changed) == (10, 0)
    assert set(KeptSpell.objects.order_by("pk").values_list("pk", flat=True)) == spells


def test_names_are_noted_and_nobody_is_matched_by_itself(desk: Desk):
    brought_in(log_source(desk.commune))
    assert not KeptSpell.objects.filter(official__isnull=False).exists()
    assert set(SourceName.objects.order_by("pk").values_list("meant", flat=True)) == {"open"}
    noted = SourceName.objects.get(text="Trần Minh Tuấn", kind="official")
    assert (noted.unit_text, noted.late_minutes > 0) == ("Phòng Văn hóa - Xã hội", True)


def test_an_export_that_lacks_dossiers_keeps_them_unless_told_otherwise(desk: Desk):
    source = log_source(desk.commune)
    brought_in(source)
    fewer = without("H99.01.02-260302-0001", "H99.01.02-260303-0002")
    made = tried(mapped(handed_in(source, fewer)))
    assert made.tried["kept"] == {"new": 0, "changed": 0, "same": 8, "gone": 2}
    made = loaded(made)
    assert made.load is not None and made.load.gone == 2 and KeptDossier.objects.count() == 10
    made = loaded(tried(mapped(handed_in(source, fewer + b"\n"))), drops_gone=True)
    assert made.load is not None and made.load.gone == 2 and KeptDossier.objects.count() == 8
    check_conserved()


def test_what_somebody_decided_about_stays_though_the_export_lacks_it(desk: Desk):
    source = log_source(desk.commune)
    brought_in(source)
    decided, other = KeptDossier.objects.filter(is_late=True).order_by("code")[:2]
    found = Found(Finding.REAL, "Đã xem", "Biên bản 1")
    give_verdict(actor=actor_of(desk.head), now=timezone.now(), kept=decided, found=found)
    fewer = without(decided.code, other.code)
    made = loaded(tried(mapped(handed_in(source, fewer))), drops_gone=True)
    assert made.load is not None and made.load.gone == 2
    assert KeptDossier.objects.filter(pk=decided.pk).exists() and KeptSpell.objects.filter(dossier=decided).exists()
    assert not KeptDossier.objects.filter(pk=other.pk).exists()
    check_conserved()


def without(*codes: str) -> bytes:
    """The sample without the rows of some dossiers."""
    lines = sample().splitlines(keepends=True)
    return b"".join(line for line in lines if not any(code.encode() in line for code in codes))


def test_what_was_stopped_goes_on_behind_the_last_part_and_doubles_nothing(desk: Desk, monkeypatch):
    monkeypatch.setattr(working, "PART", 3)
    made = tried(mapped(handed_in(log_source(desk.commune))))
    made = actions.ask_for_load(actor=TESTER, now=timezone.now(), number=made.pk)
    saves = []

    def save(saved, *, writes=None):
        if len(saves) == 2:
            raise KeyboardInterrupt
        writes(actor=TESTER, now=timezone.now())
        saves.append(saved)

    with pytest.raises(KeyboardInterrupt):
        working.load_log(get_log(made.pk), None, save, lambda done, of: None)
    assert KeptDossier.objects.count() == 6 and saves[-1]["after"] == 6
    made = worked_from(made, saves[-1])
    assert made.load is not None and (made.load.new, made.load.same, made.state) == (10, 0, "loaded")
    assert KeptDossier.objects.count() == 10
    check_conserved()


def worked_from(made, saved):
    def save(saved, *, writes=None):
        writes(actor=TESTER, now=timezone.now())

    working.load_log(get_log(made.pk), saved, save, lambda done, of: None)(actor=TESTER, now=timezone.now())
    return get_log(made.pk)


def test_given_up_what_is_written_stays_and_another_log_may_come(desk: Desk):
    source = log_source(desk.commune)
    made = tried(mapped(handed_in(source)))
    job = actions.ask_for_load(actor=TESTER, now=timezone.now(), number=made.pk).job
    assert job is not None
    cancel_job(actor=TESTER, now=timezone.now(), number=job)
    other = tried(mapped(handed_in(source, without("H99.01.02-260302-0001"))))
    with pytest.raises(DomainError) as refused:
        actions.ask_for_load(actor=TESTER, now=timezone.now(), number=other.pk)
    assert refused.value.code == "oversight.load_at_hand"
    given_up = actions.give_up_load(actor=TESTER, now=timezone.now(), number=made.pk)
    assert given_up.load is not None and given_up.load.is_partial
    assert loaded(other).state == "loaded"


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        ("case: Mã hồ sơ\nactivity: Bước\ntime: Thời gian thực hiện\n", "ledger.column_missing"),
        ("case: Mã hồ sơ\n", "records.missing_key"),
        ("case: Mã hồ sơ\nactivity: Tên bước\ntime: Thời gian thực hiện\ncalendar: mars\n", None),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused_in_words(desk: Desk, mapping, code):
    made = mapped(handed_in(log_source(desk.commune)), mapping)
    with pytest.raises(DomainError) as refused:
        tried(made)
    assert code is None or refused.value.code == code
    assert not KeptDossier.objects.exists()


def test_too_many_rejects_are_shown_and_not_loaded(desk: Desk):
    broken = sample().replace(b"/03/2026 08:", b"/99/2026 08:")
    made = tried(mapped(handed_in(log_source(desk.commune), broken)))
    assert not made.tried["is_accepted"] and made.tried["counts"]["rejects"] > 0
    assert rejects_of(made.pk).read_text().startswith("row,reason")
    with pytest.raises(DomainError) as refused:
        actions.ask_for_load(actor=TESTER, now=timezone.now(), number=made.pk)
    assert refused.value.code == "oversight.trial_refused"
    assert actions.set_log_aside(actor=TESTER, now=timezone.now(), number=made.pk).looked == {}


@pytest.mark.parametrize("content", [b"", b"   ", b"\x1f\x8b\x08rubbish"])
def test_what_is_no_log_is_refused_at_the_door(own_data, content):
    with pytest.raises(Unreadable), log_received(BytesIO(content), "a.csv"):
        pass


def test_a_log_that_is_too_large_is_not_read_to_its_end(own_data):
    with pytest.raises(Unreadable) as refused, log_received(BytesIO(b"a" * 1_000_001), "a.csv", 1):
        pass
    assert refused.value.code == "oversight.log_too_large"
