"""Questions to the record: what asks them, who answers, that answers stay when the record is read anew."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cchc.audit.actions import action, record
from cchc.dossiers.actions import pausing
from cchc.dossiers.models import Dossier
from cchc.oversight.actions.keeping import keep_own
from cchc.oversight.audit_kinds import ROWS_KEPT
from cchc.oversight.models import KeptDossier, KeptSignal, SignalAnswer
from cchc.oversight.own import own_rows
from tests.factories.clients import client_of
from tests.factories.dossiers import Desk, at, completed, now_of, received, settled, taken
from tests.factories.organizations import TESTER
from tests.factories.oversight import check_conserved, late_with, refreshed


@pytest.fixture
def asked(desk: Desk) -> Desk:
    """All steps of one dossier were done in a minute; the appointment of another was put off when it had passed."""
    settled(desk, received(desk, when="9 08:00"), "9 10:00")
    late = late_with(desk, "10 08:00")
    dossier = now_of(late)
    pausing.extend(
        **desk.as_(desk.head, "17 10:00"), dossier=dossier, expected_version=dossier.version, due_at=at("20 17:00"),
        reason_code="other", reason="Chờ xác minh", is_override=True,
    )  # fmt: skip
    refreshed(at("18 10:00"))
    return desk


@pytest.mark.requirement(64)
def test_patterns_ask_and_a_plain_dossier_does_not(asked: Desk):
    found = set(KeptSignal.objects.order_by("pk").values_list("kind", flat=True))
    assert {"same_minute_chain", "due_moved_after_passing"} <= found
    moved = KeptSignal.objects.get(kind="due_moved_after_passing")
    assert (moved.at, moved.other_at, moved.unit) == (at("17 10:00"), at("11 08:00"), asked.commune)
    before = KeptSignal.objects.count()
    dossier = received(asked, when="18 08:00")
    completed(asked, dossier, "receive", asked.receiver, "18 08:10")
    taken(asked, dossier, "settle", asked.settler, "18 08:12")
    completed(asked, dossier, "settle", asked.settler, "18 08:30")
    refreshed(at("18 11:00"), is_whole=True)
    assert KeptSignal.objects.filter(dossier__own=dossier).count() == 0 and KeptSignal.objects.count() == before
    check_conserved()


@pytest.mark.requirement(64)
def test_an_answer_stands_beside_the_question_and_stays_when_it_is_read_anew(asked: Desk, today):
    signal = KeptSignal.objects.filter(kind="same_minute_chain").order_by("pk")[0]
    client, address = client_of(asked.head), f"/theo-doi/cau-hoi/{signal.pk}/"
    assert "không phải kết luận" in client.get(address).content.decode()
    assert client.post(address, {"text": " "}).status_code == 422
    assert client.post(address, {"text": "Nhập bù sau khi mất điện"}).status_code == 302
    answer = SignalAnswer.objects.get()
    assert (answer.code, answer.answered_by) == (signal.dossier.code, asked.head)
    listed = client.get("/theo-doi/cau-hoi/?thang=2026-11").content.decode()
    assert "Nhập bù sau khi mất điện" in listed and "trong cùng phút" in listed
    kept = KeptDossier.objects.get(pk=signal.dossier_id)
    rewritten(kept)
    again = KeptSignal.objects.get(dossier=kept, kind="same_minute_chain")
    assert again.pk != signal.pk
    page = client.get(f"/theo-doi/ho-so/{kept.pk}/").content.decode()
    assert "Nhập bù sau khi mất điện" in page


def rewritten(kept: KeptDossier) -> None:
    """As after a change that moves nothing else."""

    @action
    def forget(*, actor, now):
        KeptDossier.objects.filter(pk=kept.pk).update(digest="")
        record(ROWS_KEPT, kept.source)

    forget(actor=TESTER, now=at("18 12:00"))
    moment = at("18 12:00") + timedelta(minutes=1)
    keep_own(actor=TESTER, now=moment, rows=own_rows(Dossier.objects.filter(pk=kept.own_id), moment))


def test_who_may_answer(asked: Desk, today):
    signal = KeptSignal.objects.filter(official=asked.settler).order_by("pk").first()
    other = KeptSignal.objects.exclude(official=asked.settler).order_by("pk")[0]
    assert client_of(asked.stranger).get(f"/theo-doi/cau-hoi/{other.pk}/").status_code == 403
    assert client_of(asked.settler).get(f"/theo-doi/cau-hoi/{other.pk}/").status_code == 403
    if signal is not None:
        assert client_of(asked.settler).get(f"/theo-doi/cau-hoi/{signal.pk}/").status_code == 200
    assert client_of(asked.head).get("/theo-doi/cau-hoi/999999/").status_code == 404
