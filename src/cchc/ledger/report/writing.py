"""Writing the report beside the tables of a run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from cchc.ledger.report.gathering import gather
from cchc.ledger.report.page import make_page
from cchc.ledger.report.wording import Words
from cchc.ledger.report.workbook import make_workbook
from cchc.records.text import Language

PAGE_FILE: Final = "report.html"
WORKBOOK_FILE: Final = "report.xlsx"


def write_report(folder: Path, summary: Mapping[str, Any], language: Language) -> None:
    """Write report.html and report.xlsx into `folder`, which holds the tables of the run that wrote `summary`."""
    gathered = gather(folder, summary)
    words = Words(language, ZoneInfo(summary["time_zone"]))
    (folder / PAGE_FILE).write_bytes(make_page(gathered, words))
    (folder / WORKBOOK_FILE).write_bytes(make_workbook(gathered, words))
