"""The printed forms of the one-stop as dated, sourced data (`forms.yaml`).

For rooms that print one: `form_on("apology", day)` is the form that holds on the day of the act, or says why there is
none; `sheets.sheet_of` makes what stands around it, `printing.printed_page` answers the page, and its template extends
`slips/sheet.html` and fills the block `form`. Forms are Vietnamese whatever the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Final

from cchc.records.errors import refuse
from cchc.records.schema import Fields, as_choice, as_items, as_local_text, as_text, reading
from cchc.records.text import LocalText
from cchc.records.timelines import Dated, Timeline, as_dated
from cchc.records.yaml_text import Node, read_yaml

RECEIVING: Final = "receiving"
SUPPLEMENT: Final = "supplement"
REFUSAL: Final = "refusal"
APOLOGY: Final = "apology"
STOP: Final = "stop"
CONTROL: Final = "control"
REGISTER: Final = "register"
KEYS: Final = (RECEIVING, SUPPLEMENT, REFUSAL, APOLOGY, STOP, CONTROL, REGISTER)

A5: Final = "A5"
A4: Final = "A4"
LANDSCAPE: Final = "A4 landscape"


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """`number` is its number in the set, `paper` what it is printed on, `mark` the letters behind the number in the
    year's series (empty: it has none), `desk` what the one-stop is called in that set.
    """

    key: str
    number: str
    title: LocalText
    paper: str
    mark: str
    desk: str


@dataclass(frozen=True, slots=True)
class FormSet:
    """All forms of one circular."""

    forms: Mapping[str, PrintedForm]


def form_on(key: str, day: date) -> Dated[PrintedForm]:
    """The form of that key (`KEYS`) in the set in force on the day, with its source.

    Raises `slips.no_form` where the set has none, `records.not_in_force` where there is no set, `LookupError` for no
    key.
    """
    name = name_of(key)
    found = _timeline().as_of(day)
    form = found.value.forms.get(key)
    if form is None:
        raise refuse("slips.no_form", form=name, day=day, document=found.source.document)
    return Dated(form, found.validity, found.source, found.verification, found.place)


def has_form(key: str, day: date) -> bool:
    """Whether a set in force on the day has it. Raises `LookupError` for no key."""
    name_of(key)
    return any(one.validity.holds_on(day) and key in one.value.forms for one in _timeline().records)


def name_of(key: str) -> LocalText:
    """What the newest set that has it calls it. Raises `LookupError` for no key."""
    for one in reversed(_timeline().records):
        if key in one.value.forms:
            return one.value.forms[key].title
    raise LookupError(key)


@cache
def _timeline() -> Timeline[FormSet]:
    return read_sets((resources.files("cchc.slips") / "forms.yaml").read_bytes(), "cchc/slips/forms.yaml")


def read_sets(content: bytes, file: str) -> Timeline[FormSet]:
    """All sets of a file. Raises what `records` refuses, and `slips.form_twice`, with file and line."""
    with reading(read_yaml(content, file)) as fields:
        dated = [as_dated(node, _set) for node in as_items(fields.need("sets"))]
    return Timeline(LocalText("Bộ mẫu phiếu của Một cửa", "Printed forms of the one-stop"), dated)


def _set(fields: Fields) -> FormSet:
    desk, forms = as_text(fields.need("desk")), dict[str, PrintedForm]()
    for node in as_items(fields.need("forms")):
        form = _form(node, desk)
        if form.key in forms:
            raise refuse("slips.form_twice", node.place, form=form.key)
        forms[form.key] = form
    return FormSet(forms)


def _form(node: Node, desk: str) -> PrintedForm:
    with reading(node) as fields:
        return PrintedForm(
            key=as_choice(fields.need("id"), KEYS),
            number=as_text(fields.need("number")),
            title=as_local_text(fields.need("title")),
            paper=as_choice(fields.need("paper"), (A5, A4, LANDSCAPE)),
            mark=fields.maybe("mark", as_text) or "",
            desk=desk,
        )
