"""The notice of a list as a paper: to each person named, and to the head of each unit; its wording is dated data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import Final

from django.utils.translation import override

from cchc.documents.blocks import Band, Block, Column, Paragraph, Row, Table
from cchc.documents.model import Document, Signature
from cchc.documents.text import closed
from cchc.followups.vocabularies.tables import DAY_WIDTH, NOTHING, printable
from cchc.interface.durations import end_day, end_time, hours_and_minutes
from cchc.oversight.list_papers import issuer_of
from cchc.oversight.models import ListedItem, ListNotice, MonthlyList
from cchc.oversight.shown_lists import ItemLine
from cchc.records.dates import format_date
from cchc.records.schema import Fields, as_items, as_text, reading
from cchc.records.text import LocalText
from cchc.records.timelines import Dated, Timeline, as_dated
from cchc.records.yaml_text import Node, read_yaml

NAMES: Final = ("month", "unit", "until")
"""What a wording may name in braces."""
_COLUMNS: Final = (
    Column("STT", "centred", 6), Column("Mã hồ sơ", width=26), Column("Thủ tục", width=26), Column("Loại", width=12),
    Column("Hẹn trả", "centred", DAY_WIDTH), Column("Quá hạn bị tính", width=13), Column("Vượt hạn bước", width=13),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wording:
    """What a notice says: about what, before the dossiers, after them, at the end."""

    summary: str
    opening: str
    after: Sequence[str]
    closing: str


@dataclass(frozen=True, slots=True)
class Wordings:
    """All wordings in force on a day, who signs and who receives."""

    named: Wording
    head: Wording
    signature: str
    recipients: tuple[str, ...]


def notice_papers(list_: MonthlyList, told: Mapping[ListNotice, Sequence[ListedItem]]) -> list[Document]:
    """One for each notice of the list, with its entries; in Vietnamese. One query."""
    wordings = wordings_on(list_.month).value
    issuer, place = issuer_of(list_.unit, list_.month)
    made = []
    for notice, items in told.items():
        wording = wordings.head if notice.listed is None else wordings.named
        said = {"month": f"{list_.month:%m/%Y}", "unit": issuer.body, "until": _until(list_, notice)}
        with override("vi"):
            table = Table(_COLUMNS, tuple(_rows(items, with_names=notice.listed is None)) or (Band(NOTHING),))
        blocks: tuple[Block, ...] = (
            Paragraph(wording.opening.format(**said)),
            table,
            *(Paragraph(one.format(**said)) for one in wording.after),
            Paragraph(closed(wording.closing.format(**said))),
        )
        made.append(
            Document(
                "notice", issuer, wording.summary.format(**said), blocks, reference=printable(f"Số: {notice.number}"),
                place=place, on=notice.noticed_on, addressees=(_addressee(notice),), is_sample=list_.is_sample,
                signatures=(Signature(wordings.signature),), recipients=wordings.recipients,
            )
        )  # fmt: skip
    return made


def _addressee(notice: ListNotice) -> str:
    listed = notice.listed
    said = (notice.recipient.name, listed.post, listed.unit_name) if listed else (notice.recipient.name,)
    return printable(f"Ông (bà) {', '.join(filter(None, said))}")


def _until(list_: MonthlyList, notice: ListNotice) -> str:
    moment = (notice.listed and notice.listed.reply_until) or list_.reply_until
    return "" if moment is None else f"{end_time(moment)} ngày {format_date(end_day(moment))}"


def _rows(items: Iterable[ListedItem], *, with_names: bool) -> Iterable[Row]:
    before: int | None = None
    for number, item in enumerate(items, start=1):
        if with_names and item.listed_id != before:
            before = item.listed_id
            yield Band(printable(", ".join(filter(None, (item.listed.name, item.listed.post, item.listed.unit_name)))))
        line = ItemLine(item)
        yield (
            number, printable(item.code), printable(item.procedure_name),
            "; ".join(filter(None, (line.klass, line.origin))), _end(item.due_at), _minutes(item.late),
            _minutes(item.overrun),
        )  # fmt: skip


def _minutes(minutes: int) -> str:
    return hours_and_minutes(minutes) if minutes else "–"


def _end(moment: datetime | None) -> str:
    return "–" if moment is None else f"{end_time(moment)}, {format_date(end_day(moment))}"


def wordings_on(day: date) -> Dated[Wordings]:
    """Raises `records.not_in_force`."""
    return _timeline().as_of(day)


@cache
def _timeline() -> Timeline[Wordings]:
    content = (resources.files("cchc.oversight") / "notice_papers.yaml").read_bytes()
    with reading(read_yaml(content, "cchc/oversight/notice_papers.yaml")) as fields:
        dated = [as_dated(node, _wordings) for node in as_items(fields.need("papers"))]
    return Timeline(LocalText("Lời văn thông báo danh sách tháng", "Wording of the notice of a monthly list"), dated)


def _wordings(fields: Fields) -> Wordings:
    return Wordings(
        _wording(fields.need("named")), _wording(fields.need("head")), as_text(fields.need("signature")),
        tuple(as_text(one) for one in as_items(fields.need("recipients"))),
    )  # fmt: skip


def _wording(node: Node) -> Wording:
    with reading(node) as fields:
        after = tuple(as_text(one) for one in as_items(fields.need("after")))
        return Wording(
            as_text(fields.need("summary")), as_text(fields.need("opening")), after, as_text(fields.need("closing"))
        )
