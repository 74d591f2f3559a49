"""Sample registers in the sample province, one of each kind: rows about real places, tasks that some of them gave."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from importlib import resources
from typing import Final

from django.utils.timezone import localtime

from cchc.audit.actors import Actor
from cchc.demo.directives import Sample, actor_at, unit_of
from cchc.followups.actions.giving import Order
from cchc.followups.deadlines import Deadline
from cchc.records.dates import parse_date
from cchc.records.schema import Fields, as_count, as_date, as_items, as_number, as_text, placed, reading
from cchc.records.yaml_text import Node, read_yaml
from cchc.registers.actions.entries import EntryFacts, enter_entry, give_by_entry
from cchc.registers.actions.registers import RegisterFacts, open_register
from cchc.registers.kinds import DATE, NUMBER, UNIT, Column
from cchc.registers.models import Register, RegisterEntry
from cchc.registers.values import Value

_FILE: Final = "registers.yaml"


def load_sample_registers(now: datetime) -> None:
    """All of them, opened, filled and followed by the officials of the sample province."""
    content = (resources.files("cchc.demo") / _FILE).read_bytes()
    with reading(read_yaml(content, f"cchc/demo/{_FILE}")) as fields:
        for node in as_items(fields.need("registers")):
            with reading(node) as of_one:
                SampleRegister(now).load(of_one)


class SampleRegister(Sample):
    """One register; its tasks come from its rows."""

    def load(self, fields: Fields) -> None:
        """The register, its rows, their tasks, then what happened, in the order of the file."""
        at = self.ago(as_count(fields.need("days_ago")))
        by = actor_at(as_text(fields.need("by")), at)
        facts = RegisterFacts(
            as_text(fields.need("title")),
            as_date(fields.need("starts_on")),
            fields.maybe("ends_on", as_date),
            fields.maybe("number", as_text) or "",
        )
        keeper, kind = unit_of(as_text(fields.need("keeper"))), as_text(fields.need("kind"))
        register = open_register(actor=by, now=at, kind=kind, keeper=keeper, facts=facts, is_sample=True)
        rows = [self._enter(node, register, by, at) for node in as_items(fields.need("rows"))]
        for node in as_items(fields.need("tasks")):
            with reading(node) as of_one:
                self._give_by(of_one, rows, by, at)
        for node in as_items(fields.need("events")):
            with reading(node) as of_one:
                self.happen(of_one)

    def _enter(self, node: Node, register: Register, by: Actor, at: datetime) -> RegisterEntry:
        with reading(node) as fields:
            unit = fields.maybe(UNIT, as_text)
            values = {column.id: self._value(column, fields) for column in register.definition.columns}
        facts = EntryFacts(None if unit is None else unit_of(unit), values)
        return enter_entry(actor=by, now=at, register=register, facts=facts)

    def _value(self, column: Column, fields: Fields) -> Value | None:
        if column.type == NUMBER:
            return fields.maybe(column.id, as_count)
        if column.type == DATE:
            return fields.maybe(column.id, lambda node: placed(node, self._day))
        return fields.maybe(column.id, as_text)

    def _day(self, text: str) -> date:
        """A date, or so many days from now, as `+12`."""
        if text[0] in "+-":
            return localtime(self.now).date() + timedelta(days=int(text))
        return parse_date(text)

    def _give_by(self, fields: Fields, rows: list[RegisterEntry], by: Actor, at: datetime) -> None:
        key, row = as_text(fields.need("key")), rows[as_count(fields.need("row")) - 1]
        due_on = self.day(-int(as_number(fields.need("due_in"))))
        deadline = Deadline(localtime(at).date(), due_on=due_on)
        order = Order(as_text(fields.need("what")), deadline, row.register.keeper)
        owners = [unit_of(as_text(node)) for node in as_items(fields.need("owners"))]
        given = give_by_entry(actor=by, now=at, entry=row, order=order, owners=owners)
        self.tasks |= {(key, task.owner.code): task.pk for task in given}
