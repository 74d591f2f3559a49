"""`cchc rules`: whether the files of dated rules can be used, and what holds on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from cchc.cli.output import report_console, safe, write_json
from cchc.cli.session import json_option, language_option
from cchc.config import boot
from cchc.records.dates import format_date
from cchc.records.errors import DomainError, Message, Problem
from cchc.records.text import Language
from cchc.records.words import say

if TYPE_CHECKING:
    from cchc.records.timelines import Dated

Reader = Callable[[date], Iterable["Dated[Any]"]]


@dataclass(frozen=True, slots=True)
class InForce:
    """Of one file on a day: how many records hold, the first day of the newest, how many are not verified."""

    file: str
    records: int
    since: date | None
    unverified: int


@click.group(epilog="Example: cchc rules check --as-of 2027-01-01")
def command() -> None:
    """Dated rules (quy định có ngày hiệu lực) that this installation goes by."""


@command.command(epilog="Example: cchc rules check --as-of 2027-01-01")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day asked about; today if left out.")
@json_option
@language_option
def check(as_of: datetime | None, as_json: bool, language: Language) -> None:
    """Read every file of dated rules, and say what holds on a day.

    Exit code 1 with file, line and next step for all that is wrong; nothing is changed.
    """
    boot.setup()
    from django.utils.timezone import localdate

    day = localdate() if as_of is None else as_of.date()
    found, problems = list[InForce](), list[Problem]()
    for file, read in _files().items():
        try:
            found.append(_in_force(file, list(read(day))))
        except DomainError as error:
            problems += error.problems
    if problems:
        raise DomainError(*problems)
    _show(found, day, as_json, language)


def _files() -> Mapping[str, Reader]:
    """What reads each file, by its path under `cchc/`; the installation's own where there is one."""
    from django.conf import settings

    from cchc.assessments.rules import thresholds_on, voting_on
    from cchc.documents.layout import layout_on
    from cchc.dossiers.rules import rules_on as dossiers_on
    from cchc.dossiers.thresholds import thresholds_on as use_on
    from cchc.files.limits import record_on
    from cchc.files.rules import rules_on as images_on
    from cchc.followups.rules import rules_on
    from cchc.ledger import definitions, fairness, questions
    from cchc.notices.kinds import notice_kinds
    from cchc.notices.texts import texts_of
    from cchc.organizations.kinds import unit_kinds
    from cchc.oversight.timetable import timetable_on
    from cchc.oversight.watching import watch_rules_on
    from cchc.privacy.rules import rules_on as retention_on
    from cchc.procedures.rules import rules_on as procedures_on
    from cchc.registers.kinds import kinds_on

    def holding(records: Iterable[Dated[Any]], day: date) -> list[Dated[Any]]:
        return [one for one in records if one.validity.holds_on(day)]

    def words_of(room: str) -> Reader:
        codes = [code for code in notice_kinds() if code.startswith(f"{room}.")]
        return lambda day: [texts_of(code).as_of(day) for code in codes]

    def of_ledger(*groups: Callable[[], Mapping[str, Any]]) -> Reader:
        return lambda day: holding((one for group in groups for line in group().values() for one in line.records), day)

    return {
        "followups/rules.yaml": lambda day: [rules_on(day)],
        "assessments/rules.yaml": lambda day: [thresholds_on(day), voting_on(day)],
        "files/limits.yaml": lambda day: [record_on(day)],
        settings.CCHC_FILE_RULES or "files/rules.yaml": lambda day: [images_on(day)],
        settings.CCHC_RETENTION_RULES or "privacy/rules.yaml": retention_on,
        "dossiers/rules.yaml": lambda day: [dossiers_on(day)],
        "oversight/timetable.yaml": lambda day: [timetable_on(day)],
        "oversight/watch.yaml": lambda day: [watch_rules_on(day)],
        "procedures/rules.yaml": lambda day: [procedures_on(day)],
        "dossiers/adoption.yaml": lambda day: [use_on(day)],
        "registers/kinds.yaml": lambda day: kinds_on(day).values(),
        "organizations/kinds.yaml": lambda day: holding(unit_kinds().values(), day),
        "documents/layouts.yaml": lambda day: [layout_on(day)],
        "ledger/definitions.yaml": of_ledger(
            lambda: definitions.shipped().terms, lambda: definitions.shipped().counting_rules
        ),
        "ledger/questions.yaml": of_ledger(lambda: questions.shipped().signals, lambda: questions.shipped().hints),
        "ledger/guards.yaml": of_ledger(fairness.shipped_guards),
        **{
            f"{room}/notice_texts.yaml": words_of(room)
            for room in ("notices", "papers", "followups", "procedures", "dossiers", "oversight", "assessments")
        },
    }


def _in_force(file: str, records: list[Dated[Any]]) -> InForce:
    since = max((one.validity.start for one in records), default=None)
    return InForce(file, len(records), since, sum(not one.verification.verified for one in records))


def _show(found: list[InForce], day: date, as_json: bool, language: Language) -> None:
    if as_json:
        files = [
            {"file": one.file, "records": one.records, "since": one.since and one.since.isoformat(),
             "unverified": one.unverified}
            for one in found
        ]  # fmt: skip
        write_json({"as_of": day.isoformat(), "files": files})
        return
    from rich.table import Table

    table = Table()
    for head in ("file", "records", "since", "unverified"):
        table.add_column(say(Message(f"cli.rules_{head}"), language), justify="left" if head == "file" else "right")
    for one in found:
        since = "–" if one.since is None else format_date(one.since, language)
        table.add_row(safe(one.file), str(one.records), since, str(one.unverified))
    report_console().print(table)
    click.echo(say(Message("cli.rules_good", {"count": len(found), "day": day}), language))
