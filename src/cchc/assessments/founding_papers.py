"""What the decision that founds a council says: who sits in it, and who is in its support team."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from cchc.assessments.models import Round
from cchc.assessments.phases import SEATS
from cchc.assessments.queries.charges import duties_of
from cchc.assessments.queries.council import members_of
from cchc.documents.blocks import Column, Table
from cchc.followups.vocabularies.tables import numbered, printable
from cchc.organizations.models import Official
from cchc.organizations.queries.people import capacities_on
from cchc.organizations.roles import role_of
from cchc.papers.vocabulary import Value, Word
from cchc.records.text import LocalText

_COLUMNS: Final = (Column("Họ và tên", width=28), Column("Chức vụ, đơn vị", width=40), Column("Nhiệm vụ", width=26))
_COUNCIL: Final = "Danh sách Hội đồng"
_TEAM: Final = "Danh sách Tổ giúp việc, đoàn kiểm tra"


def founding_words(round_: Round, day: date) -> Mapping[str, Value]:
    """By seat, then by name; without anybody a table is left out of a paper."""
    seats = [(one, seat) for seat in SEATS for one in members_of(round_, day, (seat,))]
    duties = [(one.official, one.duty) for one in duties_of(round_, day) if one.starts_on <= day]
    return {
        "council.number": len(seats),
        "council.members": _table(seats, day, _COUNCIL),
        "team.members": _table(duties, day, _TEAM),
    }


def _table(held: Iterable[tuple[Official, str]], day: date, caption: str) -> Value:
    listed = list(held)
    posts = capacities_on([one.pk for one, _ in listed], day)
    rows = [
        (printable(one.name), printable(str(posts.get(one.pk, ""))), role_of(duty).name.vi) for one, duty in listed
    ]  # fmt: skip
    return _listed(rows, caption) if rows else ()


def _listed(rows: list[tuple[str, str, str]], caption: str) -> Table:
    return replace(numbered(_COLUMNS, rows), caption=caption)


FOUNDING_WORDS: Final = (
    Word("council.number", LocalText("Số thành viên Hội đồng", "Members of the council"), 9, "number"),
    Word(
        "council.members",
        LocalText(
            "Danh sách Hội đồng (bỏ trống nếu chưa có)", "Members of the council (left out while there are none)"
        ),
        _listed([("Nguyễn Văn Mẫu", "Phó Chủ tịch, Ủy ban nhân dân tỉnh Mẫu", "Chủ tịch Hội đồng")], _COUNCIL),
        "table",
    ),
    Word(
        "team.members",
        LocalText(
            "Danh sách Tổ giúp việc (bỏ trống nếu chưa có)",
            "Members of the support team (left out while there are none)",
        ),
        _listed([("Trần Thị Mẫu", "Chuyên viên, Sở Nội vụ", "Người thẩm định")], _TEAM),
        "table",
    ),
)
