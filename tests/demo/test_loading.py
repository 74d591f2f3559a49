"""The shipped rounds are the printed facts, and an empty database opens on them."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from cchc.assessments.models import Round
from cchc.audit.models import AuditEvent
from cchc.demo.large_round import Size, load_large_round
from cchc.demo.loading import LOADER, load_shipped_rounds, shipped_names, shipped_round
from cchc.portal.models import PublishedRound
from cchc.records.errors import DomainError

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

# Typed from the printed report 01/BC-HĐ: unit, self, its maximum, appraised, its maximum, index, class.
COLUMNS = ("self", "self_max", "appraised", "appraised_max", "index", "class")
PRINTED = """
thị trấn Đăk Rve|83.5|97|75.42|94|80,23|Tốt
xã Đăk Tờ Re|86.5|100|76.97|94|81,88|Tốt
xã Đăk Kôi|88|100|81.18|93|87,29|Tốt
xã Tân Lập|85.5|95.5|84.17|93|90,51|Xuất sắc
xã Đăk Pnê|87.5|100|79.63|94|84,41|Tốt
xã Đăk Ruông|86.55|92.5|81.1|93|87,2|Tốt
xã Đăk Tơ Lung|89|94.5|86.35|93|92,85|Xuất sắc
"""


def _kon_ray() -> PublishedRound:
    load_shipped_rounds(NOW)
    return PublishedRound.objects.get(slug="kon-ray-2022")


@pytest.mark.django_db
@pytest.mark.requirement(98, 99, 100, 103)
def test_the_seven_communes_are_as_printed() -> None:
    kept = [
        "|".join((result.unit_name.removeprefix("UBND "), *(result.printed[column] for column in COLUMNS)))
        for result in _kon_ray().results.order_by("row")
    ]
    assert kept == PRINTED.split("\n")[1:-1]


@pytest.mark.django_db
@pytest.mark.requirement(101, 104)
def test_six_agree_and_dak_pne_is_flagged() -> None:
    results = list(_kon_ray().results.order_by("rank"))
    assert [str(result.index.quantize(Decimal("0.01"))) for result in results] == [
        "92.85", "90.51", "87.29", "87.20", "84.71", "81.88", "80.23",
    ]  # fmt: skip
    assert [result.rank for result in results] == [1, 2, 3, 4, 5, 6, 7]
    (wrong,) = [result for result in results if result.disagreements]
    assert (wrong.unit_name, wrong.disagreements, wrong.band) == ("UBND xã Đăk Pnê", ["index"], "good")
    assert len(wrong.explanations) == 2  # the index, and that class and rank stay


@pytest.mark.django_db
def test_loading_twice_is_loading_once() -> None:
    first = load_shipped_rounds(NOW)
    events = AuditEvent.objects.count()
    assert [each.slug for each in first] == shipped_names()
    assert load_shipped_rounds(NOW) == []
    assert AuditEvent.objects.count() == events == len(first)


@pytest.mark.django_db
def test_the_loader_is_named_in_the_audit_chain() -> None:
    load_shipped_rounds(NOW)
    event = AuditEvent.objects.get(kind="portal.round_published")
    assert (event.actor_kind, event.actor_identity) == ("system", "demo")


@pytest.mark.django_db
def test_a_large_round_is_laid_out_only_beside_the_sample_province() -> None:
    with pytest.raises(DomainError, match=r"demo\.no_sample_province"):
        load_large_round(actor=LOADER, now=NOW, size=Size(3, 2))
    assert not Round.objects.exists()


@pytest.mark.parametrize("name", shipped_names())
def test_every_shipped_round_names_its_source_and_doubts_what_nobody_checked(name: str) -> None:
    description, table = shipped_round(name)
    assert description.slug == name
    assert description.source.on is not None and description.criteria.on is not None
    assert description.title.en and description.place.en and description.published_by.en
    assert all(each.doubt is None or each.doubt.en for each in description.bands)
    assert len(table) == 1
