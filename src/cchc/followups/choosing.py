"""What is chosen in the forms of directives: units by kind and by name, tasks by their words, what a paper says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cchc.followups.addresses import shortened
from cchc.followups.forms import AddresseesForm
from cchc.followups.models import Task
from cchc.followups.queries.directives import units_of_kinds
from cchc.interface.durations import end_day, end_time
from cchc.interface.errors import current_language
from cchc.organizations.models import Unit
from cchc.papers.composing import frozen_document
from cchc.papers.models import LegalBasis, Paper
from cchc.records.dates import format_date


def chosen_units(form: AddresseesForm, unit: Unit, day: date) -> list[Unit]:
    """Units of the kinds ticked and those named, the unit itself left out."""
    given = form.cleaned_data
    of_kinds = units_of_kinds(unit, given["kinds"], day)
    return [one for one in dict.fromkeys([*of_kinds, *given["units"]]) if one != unit]


def shown_orders(tasks: Iterable[Task]) -> list[tuple[str, str]]:
    """A task of each kind with its words and its deadline."""
    return [(str(task.pk), f"{shortened(task.what, 120)} · {_end(task)}") for task in tasks]


def as_directive(paper: Paper, bases: Iterable[LegalBasis]) -> dict[str, object]:
    """What the form of a directive begins with for an issued paper and the `bases` that it names."""
    return {
        "number": paper.full_number,
        "issued_on": paper.issued_on,
        "issued_by": paper.issuer,
        "title": frozen_document(paper).summary or paper.title,
        "signer": paper.signer_name,
        "bases": [f"#{basis.pk}" for basis in bases],
        "watcher": paper.unit.code,
    }


def _end(task: Task) -> str:
    return f"{end_time(task.due_at)} {format_date(end_day(task.due_at), current_language())}"
