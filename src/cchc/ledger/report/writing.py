"""Writing the report beside the tables of a run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from cchc.ledger.report.gathering import Gathered, gather, gather_chosen, gather_late
from cchc.ledger.report.page import make_courses_page, make_page
from cchc.ledger.report.wording import Words
from cchc.ledger.report.workbook import make_courses_workbook, make_workbook
from cchc.ledger.workspace import SUMMARY_FILE, read_json
from cchc.records.errors import Place, unreadable
from cchc.records.text import Language

PAGE_FILE: Final = "report.html"
WORKBOOK_FILE: Final = "report.xlsx"
COURSES_FILES: Final = ("courses*.html", "courses*.xlsx")
COURSES_A_FILE: Final = 1000  # dossiers in one file of courses


def write_report(folder: Path, summary: Mapping[str, Any], language: Language) -> None:
    """Write report.html and report.xlsx into `folder`, which holds the tables of the run that wrote `summary`."""
    gathered = gather(folder, summary)
    words = Words(language, ZoneInfo(summary["time_zone"]))
    (folder / PAGE_FILE).write_bytes(make_page(gathered, words))
    (folder / WORKBOOK_FILE).write_bytes(make_workbook(gathered, words))


def write_courses(folder: Path, dossiers: Sequence[str], language: Language) -> list[Path]:
    """Write the delay courses of a finished run beside its tables; the files, a page and a workbook in turn.

    Of the dossiers named: `courses.html`, `courses.xlsx`. Without names of all late ones, the latest first, a thousand
    a file: `courses-1.html`, `courses-1.xlsx`, … Raises `Unreadable` (`ledger.not_a_run`) where no run ended, and
    `DomainError` (`ledger.dossier_not_found`) for a dossier that the run does not have; then nothing is written.
    """
    whole = gather(folder, _summary(folder))
    words = Words(language, ZoneInfo(whole.summary["time_zone"]))
    if dossiers:
        return list(_write_courses(folder / "courses", gather_chosen(folder, whole, dossiers), words))
    parts = enumerate(gather_late(folder, whole, COURSES_A_FILE), 1)
    return [path for n, part in parts for path in _write_courses(folder / f"courses-{n}", part, words)]


def _write_courses(path: Path, gathered: Gathered, words: Words) -> Iterator[Path]:
    for suffix, content in (
        (".html", make_courses_page(gathered, words)),
        (".xlsx", make_courses_workbook(gathered, words)),
    ):
        written = path.with_suffix(suffix)
        written.write_bytes(content)
        yield written


def _summary(folder: Path) -> Mapping[str, Any]:
    if not (folder / SUMMARY_FILE).is_file():
        raise unreadable("ledger.not_a_run", Place(str(folder)))
    summary: Mapping[str, Any] = read_json(folder / SUMMARY_FILE)
    return summary
