"""A log tried and loaded, whoever does it: a job on the page's behalf, or the command line."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from heapq import nlargest
from typing import Any, Final, Protocol

import polars as pl
from django.utils.timezone import localdate

from cchc.interface.jobs import Effect
from cchc.ledger.compute import Ledger
from cchc.ledger.mapping import LogMapping
from cchc.ledger.mapping_reading import read_mapping
from cchc.ledger.running import run_log
from cchc.organizations.calendars import load_calendar
from cchc.oversight.actions.keeping import PART
from cchc.oversight.actions.logs import NamesChanged, Tried, finish_load, load_part, note_trial
from cchc.oversight.actions.names import Said, note_names
from cchc.oversight.keeping import LONGEST_NAME, KeptRows, Known
from cchc.oversight.logs.matching import known_names
from cchc.oversight.logs.places import log_of, result_of
from cchc.oversight.logs.results import Result
from cchc.oversight.models import DelayLoad, DelaySource, KeptDossier, LogImport, NameKind
from cchc.records.text import Language

Tell = Callable[[int, int], None]
_MOST_LISTED: Final = 50
_STAGES: Final[Mapping[str, tuple[int, int]]] = {
    "check": (0, 2), "read": (2, 15), "compute": (15, 60), "write": (60, 65),
}  # fmt: skip
"""How much of a trial each stage of the ledger is, in hundredths."""
_ALL: Final = 100


class Save(Protocol):
    """Keeps how far it is, together with what is written for it."""

    def __call__(self, saved: Any, *, writes: Effect | None = None) -> None: ...


def read_result(made: LogImport) -> Result:
    """By the mapping as it stands. Raises what `read_mapping` and `load_calendar` raise."""
    mapping = mapping_of(made)
    return Result(result_of(made.pk), mapping, load_calendar(mapping.calendar))


def mapping_of(made: LogImport) -> LogMapping:
    """Raises what `read_mapping` raises."""
    return read_mapping(made.mapping, "mapping.yaml")


def computed(made: LogImport, tell: Tell, language: Language = "vi") -> tuple[Result, dict[str, Any], bool]:
    """The result of the whole log, its summary, and whether few enough rows were rejected; what was computed before by
    the same mapping is taken as it is. Raises what `run_log` raises.
    """
    result = read_result(made)
    if (summary := result.summary()) is not None:
        return result, summary, True

    def told(stage: str, done: int, of: int | None) -> None:
        begins, ends = _STAGES[stage]
        tell(begins + (ends - begins) * done // of if of else begins, _ALL)

    outcome = run_log(
        log_of(made), result.mapping, result.calendar, result.folder, as_of=localdate(), language=language,
        progress=told,
    )  # fmt: skip
    return result, outcome.summary, outcome.is_accepted


@dataclass
class _Findings:
    """What a trial counts as it goes through the dossiers."""

    kept: Counter[str] = field(default_factory=Counter)
    holders: defaultdict[tuple[Any, ...], list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    late: list[tuple[int, str, str]] = field(default_factory=list)
    names: defaultdict[Said, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))

    def add(self, rows: Sequence[KeptRows], before: Mapping[str, str], ledger: Ledger) -> None:
        """A part of dossiers; `before` are the digests of those that are kept."""
        for one in rows:
            digest = before.get(one.code)
            self.kept["new" if digest is None else "same" if digest == one.digest else "changed"] += 1
            self._charge(one)
        late = ((one.dossier["late_minutes"], one.code, one.dossier["procedure_name"]) for one in rows)
        self.late = nlargest(_MOST_LISTED, [*self.late, *(one for one in late if one[0])])
        for said, (steps, minutes) in _names_of(ledger):
            self.names[said][0] += steps
            self.names[said][1] += minutes

    def _charge(self, one: KeptRows) -> None:
        charged = Counter[tuple[Any, ...]]()
        for share in one.shares:
            if share["holder_kind"] == "official":
                key = tuple(share[name] for name in ("official", "holder_name", "unit", "unit_name"))
                charged[key] += share["late_minutes"]
        for key, minutes in charged.items():
            if minutes:
                self.holders[key][0] += 1
                self.holders[key][1] += minutes


def try_log(made: LogImport, tell: Tell, language: Language = "vi") -> Effect:
    """Compute the whole log, compare it with what is kept; nothing of it is written. What it answers notes the result.
    Raises what `computed` and `Result.rows` raise.
    """
    result, summary, is_accepted = computed(made, tell, language)
    found = _Findings()
    gone = 0
    if is_accepted:
        known, number = known_names(made.source), result.number
        for done, ledger in enumerate(result.parts(PART), 1):
            rows = result.rows(ledger, known, is_sample=made.source.is_sample)
            found.add(rows, _digests(made.source, [one.code for one in rows]), ledger)
            tell(65 + 35 * min(done * PART, number) // max(number, 1), _ALL)
        gone = _kept_number(made.source) - found.kept["changed"] - found.kept["same"]
    tried = Tried(_said(result, summary, found, gone, is_accepted=is_accepted), result.mapping.hash)
    names = {said: (steps, minutes) for said, (steps, minutes) in found.names.items()}
    return partial(_note, made=made, tried=tried, names=names)


def _note(*, actor: Any, now: Any, made: LogImport, tried: Tried, names: Mapping[Said, tuple[int, int]]) -> int:
    note_names(actor=actor, now=now, source=made.source, said=names)
    return note_trial(actor=actor, now=now, number=made.pk, version=made.version, tried=tried)


def _said(
    result: Result, summary: dict[str, Any], found: _Findings, gone: int, *, is_accepted: bool
) -> dict[str, Any]:  # fmt: skip
    judged_at = result.judged_at
    most = nlargest(_MOST_LISTED, found.holders.items(), key=lambda item: (item[1][1], str(item[0])))
    return {
        "is_accepted": is_accepted,
        "counts": summary["counts"],
        "reasons": summary["rejects"],
        "calendar": result.mapping.calendar,
        "calendar_hash": result.calendar.hash,
        "judged_at": None if judged_at is None else judged_at.isoformat(),
        "has_limits": bool(result.mapping.limits),
        "kept": {name: found.kept[name] for name in ("new", "changed", "same")} | {"gone": gone},
        "holders": [[*key, *counted] for key, counted in most],
        "holders_number": len(found.holders),
        "late": [list(one) for one in found.late],
    }


def load_log(made: LogImport, saved: Any, save: Save, tell: Tell) -> Effect:
    """Write what was tried, a part at a time; `saved` is how far an earlier attempt came. What it answers ends it."""
    load = made.load
    assert load is not None  # asked for before
    result, _, _ = computed(made, _silent)
    saved, number = saved or {"after": 0, "kept": 0, "gone": 0}, result.number
    for ledger in result.parts(PART, saved["after"]):
        saved = saved | {"after": saved["after"] + ledger.dossiers.height}
        _write(made.source, load, partial(_rows, result, ledger, made.source), saved, save)
        tell(saved["after"], number)
    codes = result.codes()
    while some := list(_kept_behind(made.source, saved["kept"])):
        there = set(codes.filter(codes.is_in([code for _, code in some])))
        gone = [key for key, code in some if code not in there]
        saved = saved | {"kept": some[-1][0], "gone": saved["gone"] + len(gone)}
        if gone and made.drops_gone:
            _write(made.source, load, _nothing, saved, save, gone)
    return partial(finish_load, number=made.pk, gone=saved["gone"])


def _write(
    source: DelaySource, load: DelayLoad, rows: Callable[[Known], Sequence[KeptRows]], saved: Any, save: Save,
    gone: Sequence[int] = (),
) -> None:  # fmt: skip
    """A part, by what was decided about names when it is written."""
    while True:
        version = DelaySource.objects.values_list("version", flat=True).get(pk=source.pk)
        given = {"rows": rows(known_names(source)), "version": version, "gone": gone}
        try:
            save(saved, writes=partial(load_part, load=load, **given))
        except NamesChanged:
            continue
        return


def _rows(result: Result, ledger: Ledger, source: DelaySource, known: Known) -> Sequence[KeptRows]:
    return result.rows(ledger, known, is_sample=source.is_sample)


def _nothing(_known: Known) -> Sequence[KeptRows]:
    return ()


def _silent(_done: int, _of: int) -> None:
    """Nobody is told."""


def _kept_behind(source: DelaySource, after: int) -> Iterable[tuple[int, str]]:
    found = KeptDossier.objects.filter(source=source, pk__gt=after).order_by("pk")
    return found.values_list("pk", "code")[:PART]


def _kept_number(source: DelaySource) -> int:
    return KeptDossier.objects.filter(source=source).count()


def _digests(source: DelaySource, codes: Sequence[str]) -> Mapping[str, str]:
    found = KeptDossier.objects.filter(source=source, code__in=codes).order_by()
    return dict(found.values_list("code", "digest"))


def _names_of(ledger: Ledger) -> Iterable[tuple[Said, tuple[int, int]]]:
    """Officials with the unit beside them, and units, with steps and late minutes."""
    cut = ledger.spells.with_columns(pl.col("holder", "unit").fill_null("").str.slice(0, LONGEST_NAME))
    counted = (pl.col("is_event").sum(), pl.col("late_minutes").sum())
    people = cut.filter((pl.col("holder_kind") == "official") & (pl.col("holder") != ""))
    for text, unit, steps, late in people.group_by("holder", "unit").agg(counted).iter_rows():
        yield (NameKind.OFFICIAL.value, text, unit), (steps, late)
    for unit, steps, late in cut.filter(pl.col("unit") != "").group_by("unit").agg(counted).iter_rows():
        yield (NameKind.UNIT.value, unit, ""), (steps, late)
