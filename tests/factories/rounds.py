"""Result tables for tests, published the real way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from cchc.audit.actors import Actor
from cchc.portal.actions import publish_round
from cchc.portal.descriptions import RoundDescription, read_description
from cchc.portal.models import PublishedRound
from cchc.tables.grid import Grid
from cchc.tables.reading import read_tables

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TESTER = Actor("system", "tests")
HEADING = "Đơn vị;Nhóm;Điểm tự chấm;Điểm tự chấm tối đa;Điểm thẩm định;Điểm thẩm định tối đa;Chỉ số;Xếp loại;Xếp hạng"
ROWS = (
    "Xã An Bình;Vùng cao;80;100;72;90;80;Tốt;1",
    "Xã Ẳng Nưa;Vùng cao;60,5;90;70,5;100;70,5;Khá;2",
    "Phường Đức Thắng;Vùng thấp;95;100;90;100;90;Xuất sắc;1",
)


def description(slug: str = "mau-2022", year: int = 2022, **changes: str) -> RoundDescription:
    """A round named after its slug; `changes` replace whole lines of the YAML by key."""
    lines = {
        "slug": slug,
        "title": f'{{vi: "Kết quả {slug}", en: "Results {slug}"}}',
        "year": str(year),
        "level": "commune",
        "series": "mau",
        "place": '{vi: "huyện Mẫu", en: "Sample district"}',
        "published_by": '{vi: "Hội đồng huyện Mẫu", en: "Council of Sample district"}',
        "source": '{document: "Báo cáo số 1/BC-HĐ", on: 2022-12-01}',
        "criteria": '{document: "Quyết định số 2/QĐ-UBND", on: 2022-11-17}',
        "decimals": "2",
        "bands": (
            "[{id: excellent, from: 90, name: {vi: Xuất sắc, en: Excellent}, verified: true},"
            " {id: good, from: 80, name: {vi: Tốt, en: Good}, verified: {no: {vi: chưa rõ, en: not known}}},"
            " {id: weak, from: 0, name: {vi: Khá, en: Fair}, verified: {no: chưa rõ}}]"
        ),
    }
    text = "\n".join(f"{key}: {value}" for key, value in (lines | changes).items())
    return read_description(text, f"{slug}.yaml")


def table(rows: Sequence[str] = ROWS, heading: str = HEADING) -> tuple[Grid, ...]:
    """A table as it would be read from a CSV file."""
    return read_tables("\n".join([heading, *rows]).encode(), "bang.csv")


def many_rows(count: int) -> list[str]:
    """`count` units with distinct indexes, none printed wrongly."""
    return [f"Xã số {number};;;;{number};{count};;;" for number in range(1, count + 1)]


def publish(
    slug: str = "mau-2022", rows: Sequence[str] = ROWS, *, year: int = 2022, reason: str = ""
) -> PublishedRound:
    """Publish a table through the action."""
    return publish_round(actor=TESTER, now=NOW, description=description(slug, year), table=table(rows), reason=reason)
