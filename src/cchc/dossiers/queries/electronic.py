"""Which procedures, though dossiers came by them, are not carried out electronically: by unit, with their dossiers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q, QuerySet

from cchc.dossiers.models import Dossier
from cchc.dossiers.periods import Period
from cchc.dossiers.queries.adoption import received_in
from cchc.dossiers.queries.lines import Lines, reading_lines
from cchc.interface.together import Reads, all_of, made_of
from cchc.organizations.queries.units import name_on
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText

NOT_ONLINE: Final = "khong-truc-tuyen"
NOT_ON_PORTAL: Final = "chua-co-dia-chi"
GAPS: Final[Mapping[str, Q]] = {
    NOT_ONLINE: Q(procedure_version__online="none"),
    NOT_ON_PORTAL: ~Q(procedure_version__online="none") & Q(procedure_version__portal=""),
}
"""What is missing by the version under which a dossier came: any online level; the address on the national portal of
what is offered online in full or in part, without which nobody finds its electronic form.
"""

_NAMED: Final = ("procedure__code", "procedure__name_vi", "procedure__name_en")


@dataclass(frozen=True, slots=True)
class GapsOfUnit:
    """Of a unit, for each gap how many procedures and how many dossiers."""

    pk: int
    code: str
    name: str
    gaps: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class GapOfProcedure:
    """Of a procedure with a gap at an online level, how many dossiers."""

    pk: int
    code: str
    name: LocalText
    online: str
    dossiers: int

    @property
    def gap(self) -> str:
        """Which one."""
        return gap_of(self.online)


def gaps_by_unit(viewer: Viewer, period: Period) -> Reads[Sequence[GapsOfUnit]]:
    """Most dossiers first, of the lines that have any. Read in one question."""
    day = min(period.last, viewer.day)
    found = narrowed_to_gap(received_in(viewer, period), "").order_by()
    columns = ("procedure_version__procedure", "procedure_version__online")
    named = found.annotate(called=name_on(day)).values_list("unit", "unit__code", "called", *columns)
    gathered = all_of([
        reading_lines(viewer, found.values("unit"), day), made_of(named.annotate(number=Count("pk")), list),
    ])  # fmt: skip
    return gathered.made(lambda read: _by_unit(*read))


def gaps_of_procedures(
    viewer: Viewer, period: Period, units: Sequence[int] | None, gap: str
) -> Reads[Sequence[GapOfProcedure]]:
    """Most dossiers first; of all units where `units` is None."""
    found = narrowed_to_gap(received_in(viewer, period), gap).order_by()
    if units is not None:
        found = found.filter(unit__in=units)
    columns = [f"procedure_version__{one}" for one in ("procedure", *_NAMED, "online")]
    return made_of(found.values_list(*columns).annotate(number=Count("pk")), _by_procedure)


def narrowed_to_gap(found: QuerySet[Dossier], gap: str) -> QuerySet[Dossier]:
    """Dossiers that came by versions with that gap; with any where it names none."""
    return found.filter(GAPS[gap] if gap in GAPS else GAPS[NOT_ONLINE] | GAPS[NOT_ON_PORTAL])


def gap_of(online: str) -> str:
    """What a version with a gap misses."""
    return NOT_ONLINE if online == "none" else NOT_ON_PORTAL


def _by_procedure(rows: Iterable[tuple[int, str, str, str, str, int]]) -> Sequence[GapOfProcedure]:
    """A row for each online level of a procedure, which may have changed in the period."""
    found = [
        GapOfProcedure(key, code, LocalText(vi, en or None), online, number)
        for key, code, vi, en, online, number in rows
    ]
    return sorted(found, key=lambda one: (-one.dossiers, one.code, one.online))


def _by_unit(lines: Lines, rows: Iterable[tuple[int, str, str | None, int, str, int]]) -> Sequence[GapsOfUnit]:
    procedures = defaultdict[tuple[int, str], set[int]](set)
    dossiers = Counter[tuple[int, str]]()
    for unit, code, called, procedure, online, number in rows:
        key = (lines.line_of(unit, code, called), gap_of(online))
        procedures[key].add(procedure)
        dossiers[key] += number
    found = {line for line, _ in dossiers}
    listed = [
        GapsOfUnit(line, *lines.known[line], {gap: (len(procedures[line, gap]), dossiers[line, gap]) for gap in GAPS})
        for line in found
    ]
    return sorted(listed, key=lambda one: (-sum(number for _, number in one.gaps.values()), one.name))
