"""A list of a month on official paper: as the public reads it, made of what was frozen, and with all that is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.utils.timezone import localdate
from django.utils.translation import override

from cchc.documents.blocks import Band, Block, Column, Field, Paragraph, Row, Table
from cchc.documents.model import Document, Issuer, Signature
from cchc.followups.vocabularies.tables import DAY_WIDTH, NOTHING, printable
from cchc.interface.durations import end_day, end_time, hours_and_minutes
from cchc.organizations.models import Official, Unit
from cchc.organizations.queries.units import path
from cchc.oversight.charging import OVERDUE
from cchc.oversight.models import ListVersion, MonthlyList
from cchc.oversight.published_list import LATE, OVERRUN, Content
from cchc.oversight.shown_lists import PersonLine, public_people, public_unnamed
from cchc.oversight.shown_lists_words import outcome_name, working_time
from cchc.papers.vocabularies import body_of, place_of, superior_of
from cchc.records.dates import format_date, format_official_date

TITLE: Final = "Danh sách"
_SUM: Final = "Tổng cộng"
_UNVERIFIED: Final = "Các mốc ngày, thời gian phản hồi, mức tối thiểu để xếp hạng là giá trị tạm, tỉnh chưa xác nhận."
_PEOPLE: Final = (
    Column("STT", "centred", 5), Column("Họ và tên", width=20), Column("Chức vụ", width=16),
    Column("Đơn vị", width=24), Column("Hồ sơ giữ trong tháng", "number", 9),
    Column("Quá hạn", "number", 8, is_summed=True), Column("Chậm", "number", 8, is_summed=True),
    Column("Quá hạn bao lâu", width=15), Column("Vượt hạn bước", width=15), Column("Hạng", "centred", 6),
    Column("Đính chính", width=20),
)  # fmt: skip
_ENTRIES: Final = (
    Column("Số", "centred", 7), Column("Họ và tên", width=18), Column("Mã hồ sơ", width=22),
    Column("Thủ tục", width=26), Column("Loại", width=12), Column("Vai trò", width=11),
    Column("Hẹn trả", "centred", DAY_WIDTH), Column("Quá hạn bao lâu", width=12), Column("Vượt hạn bước", width=12),
    Column("Ghi chú", width=16),
)  # fmt: skip
_UNNAMED: Final = (
    Column("STT", "centred", 5), Column("Đơn vị", width=30), Column("Loại", width=20),
    Column("Quá hạn", "number", 9, is_summed=True), Column("Chậm", "number", 9, is_summed=True),
    Column("Quá hạn bao lâu", width=16), Column("Vượt hạn bước", width=16),
    Column("Tỷ lệ thời gian quá hạn của đơn vị", "centred", 13), Column("Người chịu trách nhiệm", width=24),
)  # fmt: skip
_KEPT: Final = (
    Column("Số", "centred", 7), Column("Mã hồ sơ", width=20), Column("Thủ tục", width=26), Column("Loại", width=12),
    Column("Vai trò", width=10), Column("Hẹn trả", "centred", DAY_WIDTH), Column("Được giao", width=9),
    Column("Đã dùng", width=9), Column("Quá hạn bị tính", width=9), Column("Vượt hạn bước", width=9),
    Column("Phản hồi", width=19), Column("Xem xét", width=19),
)  # fmt: skip


def public_paper(list_: MonthlyList, version: ListVersion, content: Content) -> Document:
    """A version of a published list, with what its public page says and nothing else; in Vietnamese. One query."""
    issuer, place = issuer_of(list_.unit, list_.month)
    with override("vi"):
        blocks = (*_grounds(list_), *_sums(content), *_public_tables(content), *_remarks(list_, version, content))
    return Document(
        "form", issuer, _summary(list_), blocks, title=TITLE, place=place, on=list_.decided_on,
        reference=printable(f"Kèm theo Quyết định số {list_.decision_number}"), is_sample=list_.is_sample,
        is_landscape=True,
    )  # fmt: skip


def kept_paper(list_: MonthlyList, people: Sequence[PersonLine], day: date) -> Document:
    """All that is listed, with replies and decisions, for those in office; a draft until it is frozen. One query."""
    issuer, place = issuer_of(list_.unit, day)
    named = [one for one in people if one.listed.is_named]
    others = [one for one in people if not one.listed.is_named]
    with override("vi"):
        blocks = (
            *_told(list_, named),
            Table(_KEPT, tuple(_kept_rows(named)) or (Band(NOTHING),), "1. Người có tên"),
            Table(_KEPT, tuple(_kept_rows(others)) or (Band(NOTHING),), "2. Không có tên cá nhân"),
        )
    return Document(
        "form", issuer, _summary(list_), blocks, title=TITLE, place=place, on=_dated(list_, day),
        signatures=_signatures(list_), is_draft=list_.frozen_at is None, is_sample=list_.is_sample, is_landscape=True,
    )  # fmt: skip


def issuer_of(unit: Unit, day: date) -> tuple[Issuer, str | None]:
    """As the unit was called then; by its code where it was not there."""
    way = path(unit, day)
    if not way:
        return Issuer(unit.code), None
    return Issuer(printable(body_of(way[-1])), superior_of(way) or None), place_of(way) or None


def _summary(list_: MonthlyList) -> str:
    return f"Công chức, viên chức có hồ sơ quá hạn, chậm ở bước của mình trong tháng {list_.month:%m/%Y}"


def _grounds(list_: MonthlyList) -> Iterator[Block]:
    if list_.basis is not None:
        yield Paragraph(f"{printable(list_.basis.citation)};", "basis")
    if list_.decided_on is not None:
        said = f"Theo Quyết định số {list_.decision_number} {format_official_date(list_.decided_on)}."
        yield Paragraph(printable(said), "basis")


def _sums(content: Content) -> Iterator[Block]:
    totals, left = content["totals"], content["left_out"]
    known = format_date(end_day(datetime.fromisoformat(content["cut_off"])))
    late, over = _time(totals[LATE]), _time(totals[OVERRUN])
    others = _time(totals[f"unnamed_{LATE}"]), _time(totals[f"unnamed_{OVERRUN}"])
    yield Paragraph(
        f"Số liệu đến hết ngày {known}. Danh sách nêu tên {totals['officials']} người, {totals['overdue']} mục hồ sơ"
        f" quá hạn, {totals['slow']} mục chậm ở bước của mình; tổng thời gian quá hạn: {late}; vượt hạn bước:"
        f" {over}. Không có tên cá nhân: quá hạn {others[0]}, vượt hạn bước {others[1]}."
    )
    yield Paragraph(
        f"Không nêu {left['accepted']} mục do phản hồi được chấp nhận, {left['postponed']} mục do người có tên vắng"
        " mặt trong thời gian phản hồi."
    )


def _public_tables(content: Content) -> Iterator[Table]:
    people = public_people(content)
    named = tuple(_person_row(one) for one in people)
    yield Table(_PEOPLE, named or (Band(NOTHING),), "1. Tổng hợp theo người", total=_SUM if named else None)
    yield Table(_ENTRIES, tuple(_entry_rows(people)) or (Band(NOTHING),), "2. Hồ sơ")
    lines = tuple(_unnamed_row(place, one) for place, one in enumerate(public_unnamed(content), start=1))
    if lines:
        yield Table(_UNNAMED, lines, "3. Không có tên cá nhân; người đứng đầu đơn vị chịu trách nhiệm", total=_SUM)


def _person_row(one: Mapping[str, Any]) -> Row:
    errata = "; ".join(each["text"] for each in one["errata"])
    return (
        one["number"], printable(one["name"]), printable(one["post"]), printable(one["unit"]), one["volume"],
        one["overdue"], one["slow"], one["late"] or "–", one["over"] or "–", str(one["rank"] or "–"), printable(errata),
    )  # fmt: skip


def _entry_rows(people: Iterable[Mapping[str, Any]]) -> Iterator[Row]:
    for person in people:
        for one in person["rows"]:
            errata = [each["text"] for each in person["errata"] if each["entry"] == one["number"]]
            struck = ["Không tính"] if one["struck"] else []
            found = [*([one["verdict_name"]] if one["verdict"] else []), *filter(None, [one["origin"]])]
            yield (
                f"{person['number']}.{one['number']}", printable(person["name"]), printable(one["code"]),
                printable(one["procedure"]), one["klass"], one["role_name"], _end(one["due"]),
                one["late"] or "–", one["over"] or "–", printable("; ".join([*found, *struck, *errata])),
            )  # fmt: skip


def _unnamed_row(place: int, one: Mapping[str, Any]) -> Row:
    return (
        place, printable(one["unit"]), one["kind_name"], one["overdue"], one["slow"],
        one["late"] or "–", one["over"] or "–", one["percent"], printable(one["accountable"] or "–"),
    )  # fmt: skip


def _remarks(list_: MonthlyList, version: ListVersion, content: Content) -> Iterator[Block]:
    rules = content["rules"]
    yield Paragraph(
        "Thời gian tính theo giờ làm việc, làm tròn xuống đến giờ; một ngày là 8 giờ. Người giữ dưới"
        f" {content['minimum']} hồ sơ trong tháng không xếp hạng. Lịch công khai: {printable(rules['source'])}."
    )
    if not rules["verified"]:
        yield Paragraph(_UNVERIFIED)
    yield Field("Thông báo cho người có tên", printable(f"số {content['notice']['number']}"))
    if list_.expires_on is not None:
        yield Field("Đăng đến hết ngày", format_date(list_.expires_on))
    yield Field(f"Bản {version.number}, mã băm SHA-256", version.content_hash)


def _told(list_: MonthlyList, named: Sequence[PersonLine]) -> Iterator[Block]:
    items = [item for one in named for item in one.items]
    overdue = sum(item.item.klass == OVERDUE for item in items)
    left = sum(item.item.is_left_out for item in items)
    yield Paragraph(
        f"Số liệu đến hết ngày {format_date(end_day(list_.cut_off_at))}. {len(named)} người, {overdue} mục hồ sơ quá"
        f" hạn, {len(items) - overdue} mục chậm ở bước của mình; {left} mục chỉ giữ trong hồ sơ, không công bố."
    )
    if list_.noticed_on is not None:
        said = f"Thông báo cho người có tên: số {list_.notice_number} {format_official_date(list_.noticed_on)}."
        yield Paragraph(printable(said))


def _kept_rows(people: Iterable[PersonLine]) -> Iterator[Row]:
    for one in people:
        listed = one.listed
        said = [f"{listed.place}. {one.name}", listed.post, listed.unit_name]
        if not listed.is_named and listed.accountable is not None:
            said.append(f"người chịu trách nhiệm: {listed.accountable.name}")
        if listed.is_named:
            said.append(f"giữ {listed.volume} hồ sơ trong tháng")
        yield Band(printable(", ".join(filter(None, said))))
        for line in one.items:
            item = line.item
            decided = ": ".join(filter(None, (outcome_name(item.outcome), item.reason)))
            yield (
                f"{listed.place}.{item.place}", printable(item.code), printable(item.procedure_name),
                "; ".join(filter(None, (line.klass, line.origin))),
                line.role, _end(item.due_at), _exact(item.allotted), _exact(item.used), _exact(item.late),
                _exact(item.overrun), printable(item.reply), printable(decided),
            )  # fmt: skip


def _signatures(list_: MonthlyList) -> tuple[Signature, ...]:
    """Who drafted and who approved it sign, once they have."""
    signed: list[tuple[str, Official | None]] = [("Người lập", list_.drafted_by), ("Người duyệt", list_.approved_by)]
    return tuple(Signature(title, None if one is None else printable(one.name)) for title, one in signed)


def _dated(list_: MonthlyList, day: date) -> date | int:
    return day.year if list_.frozen_at is None else localdate(list_.frozen_at)


def _time(minutes: int) -> str:
    return working_time(minutes) if minutes else "không có"


def _exact(minutes: int | None) -> str:
    return "–" if minutes is None else hours_and_minutes(minutes)


def _end(moment: datetime | None) -> str:
    return "–" if moment is None else f"{end_time(moment)}, {format_date(end_day(moment))}"
