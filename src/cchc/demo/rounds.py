"""A sample scoring round in the sample province: one unit has submitted its sheet, one is in the middle of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from importlib import resources
from typing import Any, Final

from django.utils.timezone import localtime

from cchc.assessments.actions.charges import give_charge
from cchc.assessments.actions.findings import join_team
from cchc.assessments.actions.rounds import Founding
from cchc.assessments.actions.sheets import submit_sheet
from cchc.assessments.actions.visits import plan_visits
from cchc.assessments.models import Round, Sheet
from cchc.assessments.visits import Planned, is_working_day
from cchc.demo.directives import actor_at, unit_of
from cchc.demo.opening import open_sample, write_own
from cchc.organizations.calendars import calendars_of
from cchc.organizations.models import Official
from cchc.records.schema import Fields, as_count, as_entries, as_items, as_number, as_text, reading
from cchc.records.yaml_text import Node, read_yaml
from cchc.scoring import load
from cchc.scoring.examples import Figures, example_figures

_FILE: Final = "rounds.yaml"


def load_sample_round(now: datetime) -> Round:
    """The round, opened and filled in by the officials of the sample province."""
    content = (resources.files("cchc.demo") / _FILE).read_bytes()
    with reading(read_yaml(content, f"cchc/demo/{_FILE}")) as fields:
        return _Sample(now, fields).load()


class _Sample:
    def __init__(self, now: datetime, fields: Fields) -> None:
        self._now, self._fields, self._today = now, fields, localtime(now).date()

    def load(self) -> Round:
        fields, year = self._fields, as_count(self._fields.need("year"))
        by, set_id = self._by(as_text(fields.need("secretary"))), as_text(fields.need("criteria"))
        units = as_items(fields.need("units"))
        round_ = open_sample(
            by, fields, year=year, criteria=load(set_id), phases=self._phases(), papers=self._papers(),
            units=[as_text(as_entries(node).entries["unit"]) for node in units],
        )  # fmt: skip
        self._charge(round_, by)
        figures = example_figures(set_id, "self")
        for node in units:
            self._fill(round_, node, figures)
        self._visit(round_, by)
        return round_

    def _visit(self, round_: Round, by: dict[str, Any]) -> None:
        sheets = {one.unit.code: one for one in round_.sheets.select_related("round", "unit").order_by("place")}
        for duty, code in as_entries(self._fields.need("team")).entries.items():
            who = Official.objects.get(code=as_text(code))
            join_team(**by, round_=round_, official=who, duty=duty, starts_on=self._today)
        calendars = calendars_of([one.unit_id for one in sheets.values()], self._today)
        planned = []
        for node in as_items(self._fields.need("visits")):
            with reading(node) as fields:
                sheet, first = sheets[as_text(fields.need("unit"))], int(as_number(fields.need("from")))
                half, place, note = (fields.maybe(name, as_text) or "" for name in ("half", "place", "note"))
            day = self._today + timedelta(days=first)
            while not is_working_day(calendars[sheet.unit_id], day):
                day += timedelta(days=1)
            planned.append(Planned(sheet, day, half, place, note))
        plan_visits(**by, round_=round_, planned=planned)

    def _phases(self) -> dict[str, tuple[date, date]]:
        phases = as_entries(self._fields.need("phases")).entries
        return {phase: self._days(node) for phase, node in phases.items()}

    def _days(self, node: Node) -> tuple[date, date]:
        with reading(node) as fields:
            return (
                self._today + timedelta(days=int(as_number(fields.need("from")))),
                self._today + timedelta(days=int(as_number(fields.need("to")))),
            )

    def _papers(self) -> dict[str, Founding]:
        return {kind: self._paper(node) for kind, node in as_entries(self._fields.need("papers")).entries.items()}

    def _paper(self, node: Node) -> Founding:
        with reading(node) as fields:
            issued_on = self._today - timedelta(days=as_count(fields.need("days_ago")))
            return Founding(as_text(fields.need("number")), issued_on)

    def _charge(self, round_: Round, by: dict[str, Any]) -> None:
        for node in as_items(self._fields.need("charges")):
            with reading(node) as fields:
                official = Official.objects.get(code=as_text(fields.need("official")))
                code = fields.maybe("code", as_text) or ""
                give_charge(**by, round_=round_, official=official, starts_on=self._today, code=code)

    def _fill(self, round_: Round, node: Node, figures: Figures) -> None:
        with reading(node) as fields:
            unit = unit_of(as_text(fields.need("unit")))
            officer, head = fields.maybe("officer", as_text), fields.maybe("head", as_text)
            whose, most = fields.maybe("as", as_text), fields.maybe("of", as_count)
        sheet = Sheet.objects.select_related("round__organizer", "unit").get(round=round_, unit=unit)
        if officer and whose:
            write_own(self._by(officer), sheet, figures[whose], most)
        if head:
            submit_sheet(**self._by(head), sheet=sheet, expected_version=sheet.version)

    def _by(self, code: str) -> dict[str, Any]:
        return {"actor": actor_at(code, self._now), "now": self._now}
