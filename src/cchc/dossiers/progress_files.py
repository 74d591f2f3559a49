"""The files of the exchange: what leaves, and what the receiver answers. One JSON object a line; nobody is named.

{"id": "xa-mot-261123-0001/2", "dossier": "xa-mot-261123-0001", "procedure": "1.001193", "unit": "xa-mot",
 "national_code": 4, "state": "processing", "at": "2026-11-23T08:30:00+07:00"}
{"id": "xa-mot-261123-0001/2", "outcome": "failed", "reason": "unknown procedure"}
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.timezone import localtime

from cchc.dossiers.models import ProgressReport
from cchc.dossiers.states_sync import CONFIRMED, FAILED
from cchc.records.errors import DomainError, Place, Problem, problem, unreadable

OUTCOMES: Final = (CONFIRMED, FAILED)
MOST_ANSWERS: Final = 100_000
_LONGEST_REASON: Final = 1_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What the receiver says of one report."""

    code: str
    number: int
    outcome: str
    reason: str
    place: Place


def written(reports: Iterable[ProgressReport]) -> bytes:
    """The file that leaves."""
    return "".join(f"{json.dumps(_line(one), ensure_ascii=False)}\n" for one in reports).encode()


def _line(report: ProgressReport) -> dict[str, Any]:
    dossier = report.dossier
    return {
        "id": report.message_id,
        "dossier": dossier.code,
        "procedure": dossier.procedure_version.procedure.code,
        "unit": dossier.unit.code,
        "national_code": report.national_code,
        "state": report.state,
        "at": localtime(report.at).isoformat(),
    }


def read_answers(content: bytes, file: str) -> Sequence[Answer]:
    """All answers of a file. Raises `Unreadable` for what is no text, `DomainError` with every line that is wrong."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise unreadable("dossiers.answers_unreadable", Place(file)) from None
    answers, problems = list[Answer](), list[Problem]()
    for row, line in enumerate(text.splitlines(), 1):
        if line.strip():
            read = _answer(line, Place(file, row=row))
            if isinstance(read, Problem):
                problems.append(read)
            else:
                answers.append(read)
    if len(answers) > MOST_ANSWERS:
        problems.append(problem("dossiers.answers_too_long", Place(file), most=MOST_ANSWERS))
    if problems:
        raise DomainError(*problems)
    return answers


def _answer(line: str, place: Place) -> Answer | Problem:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return problem("dossiers.answer_no_object", place)
    if not isinstance(said, dict) or not all(isinstance(said.get(key, ""), str) for key in ("id", "outcome", "reason")):
        return problem("dossiers.answer_no_object", place)
    code, _, number = said.get("id", "").rpartition("/")
    if not (code and number.isascii() and number.isdigit() and len(number) < 10):
        return problem("dossiers.answer_without_id", place)
    outcome, reason = said.get("outcome", ""), " ".join(said.get("reason", "").split())
    if outcome not in OUTCOMES:
        return problem("dossiers.answer_outcome", place, outcomes=OUTCOMES)
    if outcome == FAILED and not reason:
        return problem("dossiers.answer_without_reason", place)
    return Answer(code, int(number), outcome, reason[:_LONGEST_REASON].replace("\0", ""), place)
