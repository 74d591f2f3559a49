"""A whole log from file to output folder: read, staged, computed part by part, written whole or not at all."""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from cchc.ledger.clock import CivilCalendar
from cchc.ledger.definitions import shipped
from cchc.ledger.engines import LOCAL, Engine, Work
from cchc.ledger.events import Cleaner
from cchc.ledger.mapping import LogMapping
from cchc.ledger.outputs import Finisher, Outcome
from cchc.ledger.reading import open_log
from cchc.ledger.schema import DEFINITION
from cchc.ledger.staging import Stage, Stretch
from cchc.ledger.workspace import Workspace, read_json, write_json
from cchc.records.errors import DomainError, Place, refuse, unreadable
from cchc.records.text import Language
from cchc.worktime import Calendar

Progress = Callable[[str, int, int | None], None]
_FORMAT: Final = "6"  # of what lies in the workspace
_CHUNK: Final = 1 << 20
_STAGED: Final = "staged.json"


def run_log(
    log: Path, mapping: LogMapping, calendar: Calendar, output: Path, *, as_of: date, language: Language = "vi",
    progress: Progress | None = None, engine: Engine = LOCAL, with_report: bool = False,
    definition: str = DEFINITION,
) -> Outcome:  # fmt: skip
    """Read `log`, charge its delays and write the folder `output`; see `docs/ledger.md` for what is in it.

    `as_of` is the day whose thresholds signals are asked with; `with_report` adds report.html and report.xlsx, whose
    lists of late dossiers follow `definition`, one of `verdicts.names()` (minutes are always charged by the first).
    `progress` is called with a stage (`check`, `read`, `compute`, `write`), how much of it is done, and of how much
    when that is known. A run that was stopped goes on where it was when it is started again with the same log, mapping,
    calendar and engine on the same day. Whatever the engine, the rows are the same. Raises `DomainError`.
    """
    told = progress or _silent
    return _Run(log, mapping, calendar, Workspace(output), as_of, language, told, engine, with_report, definition).run()


def _silent(_stage: str, _done: int, _of: int | None) -> None:
    """Nobody is told."""


@dataclass(frozen=True)
class _Run:
    log: Path
    mapping: LogMapping
    calendar: Calendar
    space: Workspace
    as_of: date
    language: Language
    progress: Progress
    engine: Engine
    with_report: bool
    definition: str

    def run(self) -> Outcome:
        shipped().counting_rule(self.definition, self.as_of)  # a name that is none is refused before any work
        zone = self.mapping.time_zone or self.calendar.time_zone
        civil, cleaner = CivilCalendar(self.calendar, zone), Cleaner(self.mapping, zone)
        _check_judgement(civil, cleaner.open_until)
        fingerprint = self._fingerprint()
        with self.space.held(fingerprint):
            try:
                staged = read_json(self.space.path(_STAGED)) or self._stage(cleaner)
                self._compute(staged["parts"], civil, cleaner.open_until)
            except DomainError:
                self.space.discard()
                raise
            self.progress("write", 0, 1)
            made_of = self._summary(fingerprint, civil) | staged["read"]
            outcome = Finisher(self.space, self.mapping, civil, self.as_of).finish(
                made_of, self.language, with_report=self.with_report, definition=self.definition
            )
            self.space.discard()
            return outcome

    def _fingerprint(self) -> dict[str, str]:
        """What the result follows from."""
        return {
            "format": _FORMAT,
            "log": self._hash(),
            "mapping": self.mapping.hash,
            "calendar": self.calendar.hash,
            "as_of": self.as_of.isoformat(),
            "engine": self.engine.name,
        }

    def _hash(self) -> str:
        content, done = hashlib.sha256(), 0
        try:
            with self.log.open("rb") as source:
                size = self.log.stat().st_size
                while chunk := source.read(_CHUNK):
                    content.update(chunk)
                    done += len(chunk)
                    self.progress("check", done, size)
        except FileNotFoundError as error:
            raise unreadable("tables.missing_file", Place(str(self.log))) from error
        except OSError as error:
            raise unreadable("tables.file_not_opened", Place(str(self.log))) from error
        return content.hexdigest()

    def _stage(self, cleaner: Cleaner) -> dict[str, Any]:
        """Read the log into files of events and of rejects. Answers the counts, which also say that it is done."""
        for begun in ("events", "rejects", "scratch"):
            shutil.rmtree(self.space.folder / begun, ignore_errors=True)
        counts, ignored = Counter(rows=0, after_open_until=0, reversed=0), Counter[str]()
        self.space.path("scratch", "").mkdir(exist_ok=True)
        log = open_log(self.log, self.space.folder / "scratch")
        with Stage(self.space.path("events")) as stage:
            for number, raw in enumerate(log.batches(self.mapping.columns)):
                cleaned = cleaner.clean(raw)
                stage.add(cleaned.events)
                if cleaned.rejects.height:
                    cleaned.rejects.write_parquet(self.space.path("rejects", f"{number:06}.parquet"))
                counts.update(rows=cleaned.rows, after_open_until=cleaned.after_open_until, reversed=cleaned.reversed)
                ignored.update(cleaned.ignored)
                self.progress("read", counts["rows"], None)
            parts = stage.close()
        staged = {"parts": parts, "read": {"counts": dict(counts), "ignored": dict(ignored)}}
        write_json(self.space.path(_STAGED), staged)
        shutil.rmtree(self.space.folder / "scratch")
        return staged

    def _compute(self, parts: list[list[Stretch]], civil: CivilCalendar, open_until: int | None) -> None:
        """Every partition that is not done yet."""
        events, results = self.space.folder / "events", self.space.folder / "results"
        work = Work(self.mapping, civil, open_until, self.as_of, events, parts, results)
        self.engine.compute(work, lambda done, of: self.progress("compute", done, of))

    def _summary(self, fingerprint: dict[str, str], civil: CivilCalendar) -> dict[str, Any]:
        """What the run was made of."""
        until = self.mapping.open_until
        return {
            "log": {"file": self.log.name, "sha256": fingerprint["log"]},
            "mapping": {"hash": self.mapping.hash},
            "calendar": {"id": self.calendar.id, "hash": self.calendar.hash},
            "time_zone": civil.time_zone,
            "open_until": None if until is None else until.isoformat(timespec="minutes"),
            "as_of": self.as_of.isoformat(),
        }


def _check_judgement(civil: CivilCalendar, open_until: int | None) -> None:
    first, last = civil.span
    if open_until is not None and not first <= open_until <= last:
        calendar = civil.calendar
        raise refuse("ledger.open_until_outside", id=calendar.id, first=calendar.first, last=calendar.last)
