"""The form of a version: days and decision, limits and rules, and rows of steps, papers and fees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.forms.utils import ErrorDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cchc.interface.errors import current_language
from cchc.interface.forms import ActionForm, DayField
from cchc.procedures.coding import PART_ID
from cchc.procedures.shown import mechanism_name, online_name
from cchc.procedures.version_rows import (
    FEES,
    KINDS,
    PAPERS,
    STEPS,
    RowKind,
    in_both,
    initial_rows,
    limit_units,
    names_in_english,
)
from cchc.procedures.versions import MECHANISMS, ONLINE, Component, Fee, ProcedureStep, Version
from cchc.records.errors import Message
from cchc.records.sources import Source, Validity, Verification
from cchc.records.text import LocalText
from cchc.records.timelines import Dated
from cchc.records.words import say
from cchc.worktime.appointments import EFFECTS
from cchc.worktime.limits import Limit

ADD: Final = "them"
_LONGEST: Final = 1_000
_MAIN: Final = (
    ("starts_on", "ends_on", "document", "issued_on", "article", "url", "verified", "doubt"),
    ("limit_amount", "limit_unit", "result", "mechanism", "online", "not_full_because", "portal", "on_supplement",
     "extensions"),
)  # fmt: skip


class VersionForm(ActionForm):
    """A version in Vietnamese; what somebody wrote in English stays with the names that stay."""

    keeps_draft = True

    starts_on = DayField(label=_("In force from"))
    ends_on = DayField(label=_("Last day in force"), required=False)
    document = forms.CharField(label=_("Decision"), max_length=_LONGEST, help_text=_("As Quyết định 1217/QĐ-UBND."))
    issued_on = DayField(label=_("Date of the decision"), required=False)
    article = forms.CharField(label=_("Article"), max_length=_LONGEST, required=False)
    url = forms.URLField(label=_("Where it can be read"), required=False, assume_scheme="https")
    verified = forms.BooleanField(label=_("Compared with the decision"), required=False)
    doubt = forms.CharField(
        label=_("What is not verified"), max_length=_LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    limit_amount = forms.IntegerField(
        label=_("Limit of the procedure"), required=False, min_value=1, max_value=100_000,
        help_text=_("Leave it out where the rules fix none."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    limit_unit = forms.ChoiceField(label=_("Counted in"))
    result = forms.CharField(label=_("Result"), max_length=_LONGEST)
    mechanism = forms.ChoiceField(label=_("Mechanism"))
    online = forms.ChoiceField(label=_("Online"))
    not_full_because = forms.CharField(
        label=_("Why it is not fully online"), max_length=_LONGEST, required=False,
        help_text=_("For what is partly online alone."),
    )  # fmt: skip
    portal = forms.URLField(
        label=_("Address on the national portal"), required=False, assume_scheme="https",
        help_text=_("Leave it out where it is not offered there."),
    )  # fmt: skip
    on_supplement = forms.ChoiceField(label=_("While papers are missing"))
    extensions = forms.IntegerField(
        label=_("How often the appointment may be put off"), min_value=0, max_value=99,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    bases = forms.CharField(
        label=_("Legal bases"), required=False, max_length=20_000, help_text=_("One on each line."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, like: Dated[Version] | None = None, **given: Any
    ) -> None:
        """`like` is the version with which it begins."""
        super().__init__(data, **given)
        self._like, language = like, current_language()
        self.fields["limit_unit"].choices = limit_units(language)
        self.fields["mechanism"].choices = [(id_, mechanism_name(id_)) for id_ in MECHANISMS]
        self.fields["online"].choices = [(id_, online_name(id_)) for id_ in ONLINE]
        self.fields["on_supplement"].choices = [
            (id_, say(Message(f"procedures.on_{id_}"), language)) for id_ in EFFECTS
        ]
        self._counts = {kind.id: self._lay_out(kind) for kind in KINDS}

    def _lay_out(self, kind: RowKind) -> int:
        """The fields of its rows; how many there are."""
        rows = self.initial.get("rows", {}).get(kind.id, [])
        count = self._count(kind, len(rows) + kind.added)
        for number in range(count):
            for name, field in kind.fields(current_language()).items():
                key = _key(kind, number, name)
                self.fields[key] = field
                self.initial[key] = rows[number][name] if number < len(rows) else kind.empty.get(name, "")
        return count

    def _count(self, kind: RowKind, at_first: int) -> int:
        """As many as the page had, and more where somebody pressed the button for more."""
        if not self.is_bound:
            return min(at_first, kind.most)
        text = self.data.get(f"{kind.id}_count", "")
        count = int(text) if text.isdecimal() and len(text) < 4 else at_first
        return min(count + (kind.added if self.data.get(ADD) == kind.id else 0), kind.most)

    def forget_faults(self) -> None:
        """Show what was typed without judging it."""
        self.cleaned_data, self._errors = {}, ErrorDict()

    @property
    def parts(self) -> list[list[BoundField]]:
        """The fields beside the rows, in their two groups."""
        return [[self[name] for name in names] for names in _MAIN]

    @property
    def rows(self) -> list[tuple[RowKind, int, list[list[BoundField]]]]:
        """Each kind of rows: how many, and the fields of each."""
        return [
            (kind, self._counts[kind.id], [
                [self[_key(kind, number, name)] for name in kind.fields(current_language())]
                for number in range(self._counts[kind.id])
            ])
            for kind in KINDS
        ]  # fmt: skip

    @property
    def dated(self) -> Dated[Version]:
        """As typed, read only after `is_valid`."""
        given = self.cleaned_data
        source = Source(given["document"], given["issued_on"], given["article"] or None, given["url"] or None)
        verification = Verification(given["verified"], None if given["verified"] else given["doubt"] or None)
        return Dated(self._version(), Validity(given["starts_on"], given["ends_on"]), source, verification)

    def clean(self) -> dict[str, Any]:
        """What the rows say, each fault at its field."""
        given = super().clean() or self.cleaned_data
        self._english = {} if self._like is None else _english(self._like.value)
        self._steps, self._papers, self._fees = self._read_steps(), self._read_papers(), self._read_fees()
        return given

    def _version(self) -> Version:
        given = self.cleaned_data
        limit = None if given["limit_amount"] is None else Limit(given["limit_amount"], given["limit_unit"])
        why = given["not_full_because"]
        return Version(
            limit, self._steps, self._papers, self._fees, given["mechanism"], given["online"],
            in_both(why, self._english) if why else None, given["portal"], in_both(given["result"], self._english),
            given["on_supplement"], given["extensions"],
            tuple(line.strip() for line in given["bases"].splitlines() if line.strip()),
        )  # fmt: skip

    def _read_steps(self) -> tuple[ProcedureStep, ...]:
        made: list[ProcedureStep] = []
        at_row: dict[int, str] = {}
        for number, row in self._given(STEPS):
            if row["amount"] is None:
                self._fault(STEPS, number, "amount", _("Write how long the step may take."))
                continue
            after = self._before(number, row["after"], made, at_row)
            id_ = _fresh(row["id"], "buoc", [one.id for one in made])
            at_row[number + 1] = id_
            agency = in_both(row["agency"], self._english) if row["agency"] else None
            name, limit = in_both(row["name"], self._english), Limit(row["amount"], cast(Any, row["unit"]))
            made.append(ProcedureStep(id_, name, row["role"], limit, after, agency))
        if not made and not self.errors:
            self.add_error(None, _("Write at least one step."))
        return tuple(made)

    def _before(
        self, number: int, text: str, made: Sequence[ProcedureStep], at_row: Mapping[int, str]
    ) -> tuple[str, ...]:
        """The steps whose numbers stand there; the one before where nothing does, none for `0`."""
        if not text.strip():
            return tuple(one.id for one in made[-1:])
        numbers = text.replace(",", " ").replace(";", " ").split()
        if numbers == ["0"]:
            return ()
        found = [at_row.get(int(one)) if one.isdecimal() and len(one) < 4 else None for one in numbers]
        if None in found:
            told = _("Write the numbers of earlier steps, as 1, 2; 0 for a step that begins at once.")
            self._fault(STEPS, number, "after", told)
        return tuple(dict.fromkeys(one for one in found if one is not None))

    def _read_papers(self) -> tuple[Component, ...]:
        made: list[Component] = []
        for number, row in self._given(PAPERS):
            counts = [row[name] or 0 for name in ("originals", "certified", "copies")]
            if not any(counts):
                self._fault(PAPERS, number, "originals", _("Write how many of which kind."))
            id_ = _fresh(row["id"], "giay", [one.id for one in made])
            made.append(Component(id_, in_both(row["name"], self._english), *counts))
        return tuple(made)

    def _read_fees(self) -> tuple[Fee, ...]:
        made = []
        for number, row in self._given(FEES):
            if row["amount"] is None:
                self._fault(FEES, number, "amount", _("Write how much it is."))
                continue
            made.append(Fee(in_both(row["name"], self._english), row["amount"], cast(Any, row["payment"])))
        return tuple(made)

    def _given(self, kind: RowKind) -> list[tuple[int, dict[str, Any]]]:
        """Rows with a name; one that says something and has none is told so."""
        found = []
        for number in range(self._counts[kind.id]):
            row = {name: self.cleaned_data.get(_key(kind, number, name)) for name in kind.fields("vi")}
            if row["name"]:
                found.append((number, {name: "" if value is None and name in _TEXTS else value
                                       for name, value in row.items()}))  # fmt: skip
            elif any(row.get(name) for name in ("amount", "agency", "originals", "certified", "copies")):
                self._fault(kind, number, "name", _("Write what it is, or empty the row."))
        return found

    def _fault(self, kind: RowKind, number: int, name: str, text: str | Promise) -> None:
        key = _key(kind, number, name)
        if key not in self.errors:
            self.add_error(key, ValidationError(text))


_TEXTS: Final = ("name", "role", "after", "agency", "id")


def initial_of_version(dated: Dated[Version]) -> dict[str, Any]:
    """What stands there, for a draft that begins with it."""
    version, source = dated.value, dated.source
    return {
        "starts_on": dated.validity.start,
        "ends_on": dated.validity.end,
        "document": source.document,
        "issued_on": source.on,
        "article": source.article or "",
        "url": source.url or "",
        "verified": dated.verification.verified,
        "doubt": dated.verification.doubt or "",
        "limit_amount": version.limit and version.limit.amount,
        "limit_unit": version.limit.unit if version.limit else "working_days",
        "result": version.result.vi,
        "mechanism": version.mechanism,
        "online": version.online,
        "not_full_because": version.not_full_because.vi if version.not_full_because else "",
        "portal": version.portal,
        "on_supplement": version.on_supplement,
        "extensions": version.extensions,
        "bases": "\n".join(version.bases),
        "rows": initial_rows(version.steps, version.components, version.fees),
    }


def _english(version: Version) -> dict[str, str]:
    told = [text for text in (version.result, version.not_full_because) if text is not None]
    return names_in_english(version.steps, version.components, version.fees) | {
        text.vi: text.en for text in told if isinstance(text, LocalText) and text.en
    }


def _fresh(id_: str, prefix: str, taken: Sequence[str]) -> str:
    """The id that the row had, or a new one: ids stay with their rows, so that versions can be compared."""
    if id_ and PART_ID.fullmatch(id_) and id_ not in taken:
        return id_
    number = len(taken) + 1
    while f"{prefix}_{number}" in taken:
        number += 1
    return f"{prefix}_{number}"


def _key(kind: RowKind, number: int, name: str) -> str:
    return f"{kind.id}_{number}_{name}"
