"""Declared figures beside what the product measured, each leading to the dossiers that were counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from cchc.assessments.measures import MEASURES
from cchc.assessments.models import Answer, Binding, Sheet
from cchc.interface.errors import current_language
from cchc.scoring.criteria import Criterion


@dataclass(frozen=True, slots=True)
class Measured:
    """One input of a criterion in one sheet: what it is called, which measure stands beside it and how many that is;
    `off`: by how much the unit's own figure is more (or less), None where it declared none.
    """

    label: str
    measure: str
    number: int
    off: int | None
    url: str


def measured_beside(
    criterion: Criterion, bindings: Sequence[Binding], sheet: Sheet, own: Answer | None,
    counts: Mapping[tuple[int, str], int],
) -> list[Measured]:  # fmt: skip
    """In the order of the bindings. A unit that is nowhere on the day that counts has settled nothing."""
    shown, language = [], current_language()
    for one in bindings:
        number = counts.get((sheet.pk, one.measure), 0)
        said = own.said.get(one.input, "") if own else ""
        shown.append(
            Measured(
                criterion.inputs[one.input].measured.in_language(language),
                measure_name(one.measure),
                number,
                int(said) - number if said.isdecimal() else None,
                reverse("assessments:measured", args=[sheet.pk, one.pk]),
            )
        )
    return shown


def measure_name(id_: str) -> str:
    """In the reader's language."""
    return MEASURES[id_].name.in_language(current_language())


def measure_definition(id_: str) -> str:
    """In the reader's language."""
    return MEASURES[id_].definition.in_language(current_language())
