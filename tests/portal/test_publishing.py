"""Publishing a result table: once, whole, with its history."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cchc.audit.models import AuditEvent
from cchc.portal.models import PublishedResult, PublishedRound
from cchc.records.errors import DomainError
from tests.factories import rounds

pytestmark = pytest.mark.django_db


def _result(published: PublishedRound, unit: str) -> PublishedResult:
    return published.results.get(unit_name=unit)


def test_figures_are_kept_as_printed_and_recomputed() -> None:
    published = rounds.publish()
    result = _result(published, "Xã Ẳng Nưa")
    assert result.printed == {
        "self": "60.5", "self_max": "90", "appraised": "70.5", "appraised_max": "100",
        "index": "70,5", "class": "Khá", "rank": "2",
    }  # fmt: skip
    assert (result.index, result.self_index) == (Decimal("70.5"), Decimal("67.22"))
    assert (result.band, result.rank, result.slug, result.group) == ("weak", 2, "xa-ang-nua", "Vùng cao")
    assert result.disagreements == [] and result.explanations == []


@pytest.mark.requirement(104)
def test_a_misprint_is_kept_with_its_explanation_in_both_languages() -> None:
    wrong = ("Xã An Bình;;;;79,63;94;84,41;Tốt;1", "Xã B;;;;10;100;10;Khá;2")
    result = _result(rounds.publish(rows=wrong), "Xã An Bình")
    assert result.disagreements == ["index"]
    assert result.index == Decimal("84.71")
    assert "84,41" in result.explanations[0]["vi"] and "84,71" in result.explanations[0]["vi"]
    assert "84.41" in result.explanations[0]["en"] and "84.71" in result.explanations[0]["en"]


def test_publishing_the_same_again_changes_nothing() -> None:
    first = rounds.publish()
    events = AuditEvent.objects.count()
    assert rounds.publish() == first
    assert AuditEvent.objects.count() == events
    assert PublishedRound.objects.count() == 1


def test_publication_is_an_event_of_the_audit_chain() -> None:
    published = rounds.publish()
    event = AuditEvent.objects.order_by("-pk").first()
    assert event is not None
    assert (event.kind, event.subject_id) == ("portal.round_published", str(published.pk))


@pytest.mark.requirement(125)
def test_a_different_table_is_a_new_version_and_the_old_one_stays() -> None:
    old = rounds.publish()
    corrected = ("Xã An Bình;Vùng cao;80;100;81;90;90;Xuất sắc;1", *rounds.ROWS[1:])
    new = rounds.publish(rows=corrected, reason="Đính chính điểm xã An Bình")
    old.refresh_from_db()
    assert (old.version, old.is_current, new.version, new.is_current) == (1, False, 2, True)
    assert new.reason == "Đính chính điểm xã An Bình"
    assert _result(old, "Xã An Bình").index == 80
    assert _result(new, "Xã An Bình").index == 90


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_new_version_needs_a_reason(reason: str) -> None:
    rounds.publish()
    with pytest.raises(DomainError) as refused:
        rounds.publish(rows=rounds.ROWS[:2], reason=reason)
    assert refused.value.code == "portal.new_version_needs_reason"
    assert PublishedRound.objects.count() == 1


def test_a_table_with_row_errors_is_refused_whole_with_every_place() -> None:
    wrong = ("Xã A;;;;95;90;;;", "Xã B;;;;1;2;;;", "Xã C;;;;5;;;;")
    with pytest.raises(DomainError) as refused:
        rounds.publish(rows=wrong)
    assert [problem.place.row for problem in refused.value.problems if problem.place] == [2, 4]
    assert not PublishedRound.objects.exists()


@pytest.mark.parametrize(("length", "is_refused"), [(200, False), (201, True)])
def test_a_name_that_swallowed_its_neighbours_is_refused(length: int, is_refused: bool) -> None:
    rows = (f"{'X' * length};;;;1;2;;;",)
    if is_refused:
        with pytest.raises(DomainError, match=r"portal\.name_too_long"):
            rounds.publish(rows=rows)
    else:
        assert rounds.publish(rows=rows).results.count() == 1


def test_names_that_differ_in_marks_only_have_addresses_of_their_own() -> None:
    published = rounds.publish(rows=("Xã Mỹ;;;;1;4;;;", "Xã My;;;;2;4;;;", "Xã My 2;;;;3;4;;;", "越;;;;4;4;;;"))
    slugs = published.results.order_by("row").values_list("slug", flat=True)
    assert list(slugs) == ["xa-my", "xa-my-2", "xa-my-2-2", "don-vi"]


def test_the_same_unit_in_two_groups_is_two_results() -> None:
    published = rounds.publish(rows=("Xã A;Một;;;1;4;;;1", "Xã A;Hai;;;2;4;;;1"))
    assert sorted(published.results.order_by("row").values_list("rank", flat=True)) == [1, 1]
