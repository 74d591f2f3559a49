"""Declared figures beside what the product measured, each leading to the dossiers that were counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from cchc.assessments.measures import MEASURES
from cchc.assessments.models import Answer, Binding, Sheet
from cchc.assessments.shown import source_in_words
from cchc.interface.errors import current_language
from cchc.scoring.criteria import Criterion


@dataclass(frozen=True, slots=True)
class Measured:
    """One input of a criterion in one sheet: what it is called, which measure stands beside it and how many that is;
    `off`: by how much the unit's own figure is more (or less), None where it declared none. `is_known`: the unit has
    dossiers here; who works with other software is not held against a number that is not there.
    """

    label: str
    measure: str
    number: int
    off: int | None
    is_known: bool
    url: str


def measured_beside(
    criterion: Criterion, bindings: Sequence[Binding], sheet: Sheet, own: Answer | None,
    counts: Mapping[tuple[int, str], int],
) -> list[Measured]:  # fmt: skip
    """In the order of the bindings. A unit that is nowhere on the day that counts has settled nothing."""
    shown, language = [], current_language()
    is_known = any(number for (sheet_key, _), number in counts.items() if sheet_key == sheet.pk)
    for one in bindings:
        number = counts.get((sheet.pk, one.measure), 0)
        said = own.said.get(one.input, "") if own else ""
        shown.append(
            Measured(
                criterion.inputs[one.input].measured.in_language(language),
                measure_name(one.measure),
                number,
                int(said) - number if is_known and said.isdecimal() else None,
                is_known,
                reverse("assessments:measured", args=[sheet.pk, one.pk]),
            )
        )
    return shown


def measure_name(id_: str) -> str:
    """In the reader's language."""
    return MEASURES[id_].name.in_language(current_language())


@dataclass(frozen=True, slots=True)
class Basis:
    """Which dossiers a measure counts, by which definition, from which source, and what is doubtful about that."""

    counted: str
    name: str
    rule: str
    source: str
    doubt: str


def basis_of(id_: str, day: date) -> Basis:
    """As it is defined on that day, in the reader's language."""
    language, measure = current_language(), MEASURES[id_]
    dated = measure.basis(day)
    return Basis(
        measure.counted.in_language(language),
        dated.value.name.in_language(language),
        dated.value.rule.in_language(language),
        source_in_words(dated),
        dated.verification.doubt_in(language) or "",
    )
