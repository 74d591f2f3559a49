"""Papers about who is late as of a day: what others owe of all that a unit follows, or one of them alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Final

from cchc.followups.queries.missing import SILENT, UNPOSTED, UNREAD
from cchc.followups.queries.of_unit import OVERDUE, affairs_of, keys_under
from cchc.followups.vocabularies import samples
from cchc.followups.vocabularies.directive import BEHIND_WORDS, behind
from cchc.followups.vocabularies.tables import debts_by_unit, printable
from cchc.organizations.models import Unit
from cchc.organizations.queries.units import get_unit, name_on
from cchc.papers.vocabularies import UNIT_WORDS, values_of_unit
from cchc.papers.vocabulary import Value, Vocabulary, Word
from cchc.records.dates import format_date
from cchc.records.text import LocalText

OF_BEHIND: Final = "followups.behind"
_EVERYBODY: Final = "các đơn vị"


def _called(unit: Unit, day: date, about: str) -> str:
    """`about` is the code of the unit that the list is narrowed to, or nothing."""
    return f"danh sách chậm, chưa báo cáo của {_of(about, day)} tính đến ngày {format_date(day)}"


def _gather(unit: Unit, day: date, about: str) -> Mapping[str, Value]:
    affairs = affairs_of(unit, day)
    tasks = affairs.tasks().exclude(owner__in=affairs.keys)
    addressees = affairs.addressees().exclude(unit__in=affairs.keys)
    if about:
        keys = keys_under(get_unit(about), day)
        tasks, addressees = tasks.filter(owner__in=keys), addressees.filter(unit__in=keys)
    debts = affairs.debts(tasks, addressees)
    counts = Counter(one.kind for one in debts)
    return {
        **values_of_unit(unit, day),
        "behind.of": printable(_of(about, day)),
        **behind(debts, day),
        "behind.units_number": len({one.unit_name for one in debts}),
        **{f"behind.{kind}": counts[kind] for kind in (OVERDUE, UNREAD, UNPOSTED, SILENT)},
        "behind.by_unit": debts_by_unit(debts),
    }


def _of(about: str, day: date) -> str:
    if not about:
        return _EVERYBODY
    unit = get_unit(about)
    named = Unit.objects.filter(pk=unit.pk).order_by("pk").values_list(name_on(day, "pk"), flat=True)
    return named.first() or unit.code


def _number(kind: str, vi: str, en: str, sample: int) -> Word:
    return Word(f"behind.{kind}", LocalText(vi, en), sample, "number")


BEHIND: Final = Vocabulary(
    LocalText("Danh sách chậm, chưa báo cáo", "Who is late or not heard"),
    (
        *UNIT_WORDS,
        Word("behind.of", LocalText("Danh sách của đơn vị nào", "Whose list it is"), _EVERYBODY),
        *BEHIND_WORDS,
        _number("units_number", "Số đơn vị chậm", "How many units are behind", 2),
        _number(OVERDUE, "Số nhiệm vụ quá hạn", "Tasks overdue", 1),
        _number(UNREAD, "Số lượt chưa tiếp nhận văn bản", "Directives not acknowledged", 0),
        _number(UNPOSTED, "Số lượt chưa đăng tải văn bản", "Directives not posted", 1),
        _number(SILENT, "Số nhiệm vụ chưa tiếp nhận, chưa báo cáo", "Tasks not acknowledged or reported", 0),
        Word("behind.by_unit", LocalText("Bảng số lượng theo đơn vị", "Table by units"), samples.BY_UNIT, "table"),
    ),
    _gather,
    _called,
)
