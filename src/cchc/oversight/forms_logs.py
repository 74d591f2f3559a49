"""Forms of logs: a source, a file, what the columns mean, whom a name means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from cchc.interface.forms import ActionForm
from cchc.ledger.mapping import Limit, LogMapping
from cchc.ledger.mapping_reading import read_mapping
from cchc.ledger.stamps import read_moment
from cchc.organizations.fields import OfficialField, UnitField
from cchc.oversight.models import Meant, NameKind, SourceName
from cchc.procedures.importing.cells import read_limit, written_limit
from cchc.records.errors import DomainError, refuse
from cchc.worktime.limits import Limit as WorkLimit

LONGEST: Final = 300
_LONGEST_TEXT: Final = 100_000
COLUMNS: Final[Mapping[str, Any]] = {
    "case": _("Code of the dossier"),
    "activity": _("Step"),
    "time": _("When the step was done"),
    "start": _("When the step began"),
    "official": _("Official"),
    "role": _("What the official did"),
    "unit": _("Unit"),
    "procedure": _("Procedure"),
    "field": _("Field of work"),
    "received": _("Received"),
    "finished": _("Ended"),
    "due": _("Appointment"),
    "first_due": _("First appointment"),
    "result": _("Date of the result"),
    "recorded": _("When the software wrote the row"),
}
_REQUIRED: Final = ("case", "activity", "time")
_MINUTES_IN_HOUR: Final = 60


class SourceForm(ActionForm):
    """Another system whose logs are to be read."""

    name = forms.CharField(
        label=_("Name of the software"), max_length=LONGEST, help_text=_("As people call it: iGate, VNPT iGate, LGSP.")
    )
    unit = UnitField(label=_("Unit that answers for it"))


class LogForm(ActionForm):
    """A log to hand in."""

    file = forms.FileField(
        label=_("Log (CSV, XLSX, XES, XES.gz or Parquet)"), max_length=255,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.xes,.gz,.parquet"}),
    )  # fmt: skip
    denies_state_secret = forms.BooleanField(label=_("I confirm that the files hold no state secret"), required=False)

    @property
    def sent(self) -> UploadedFile:
        """The file."""
        sent: UploadedFile = self.cleaned_data["file"]
        return sent


class MappingForm(ActionForm):
    """Which column says what, by which calendar, how long each step may take; the rest stays as the text has it."""

    keeps_draft = True

    calendar = forms.ChoiceField(label=_("Working calendar"))
    open_until = forms.CharField(
        label=_("Open dossiers are judged at"), max_length=40, required=False,
        help_text=_("When the export was made: 31/03/2026 17:00. What the log has of later is not read."),
    )  # fmt: skip
    limits = forms.CharField(
        label=_("Limits of steps, one a line"), required=False, max_length=_LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Thẩm định* = 2 ngày làm việc. * stands for anything. A line without a limit counts for nothing."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(
        self, *args: Any, looked: Mapping[str, Any], text: str, calendars: Iterable[tuple[str, str]], **given: Any
    ) -> None:  # fmt: skip
        self._base = _readable(text)
        super().__init__(*args, initial=self._first(looked, given.pop("version")), **given)
        columns = [(name, _with_example(name, looked)) for name in looked["columns"]]
        for role, label in COLUMNS.items():
            is_required = role in _REQUIRED
            empty = [("", _("– choose –") if is_required else _("– not in the log –"))]
            self.fields[role] = forms.ChoiceField(label=label, choices=[*empty, *columns], required=is_required)
        self.fields["calendar"].choices = list(calendars)
        self.order_fields([*COLUMNS, "calendar", "open_until", "limits", "version"])

    @property
    def mapping(self) -> LogMapping:
        """As chosen. Raises `oversight.limit_line_unclear`, what `read_limit` and `read_moment` raise."""
        given = self.cleaned_data
        chosen: dict[str, Any] = {role: given[role] or None for role in COLUMNS}
        base = self._base or LogMapping(case=given["case"], activity=given["activity"], time=given["time"])
        for role in ("unit", "procedure", "field", "due"):
            if chosen[role] is None and not isinstance(getattr(base, role), str):
                chosen[role] = getattr(base, role)  # the same for every row, or counted from the receipt
        until = given["open_until"].strip()
        return replace(
            base, **chosen, calendar=given["calendar"], open_until=read_moment(until) if until else None,
            limits=tuple(_limits(given["limits"])),
        )  # fmt: skip

    def _first(self, looked: Mapping[str, Any], version: int) -> dict[str, Any]:
        base = self._base
        if base is None:
            return {"version": version, "limits": _lines((), looked["activities"]), "calendar": "vn"}
        columns = {role: value for role in COLUMNS if isinstance(value := getattr(base, role), str)}
        until = "" if base.open_until is None else f"{base.open_until:%d/%m/%Y %H:%M}"
        return columns | {
            "version": version, "calendar": base.calendar, "open_until": until,
            "limits": _lines(base.limits, looked["activities"]),
        }  # fmt: skip


class MappingTextForm(ActionForm):
    """The mapping as YAML."""

    keeps_draft = True

    mapping = forms.CharField(
        label=_("Mapping (YAML)"), max_length=_LONGEST_TEXT, strip=False,
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "false"}),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput())


class LoadForm(ActionForm):
    """How a log is loaded."""

    drops_gone = forms.BooleanField(
        label=_("Take out dossiers that this log lacks"),
        required=False,
        help_text=_("But for those with a verdict, in a list of a month or in a case of responsibility."),
    )


class NameForm(ActionForm):
    """Whom a name means."""

    meant = forms.ChoiceField(label=_("This name is"), widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, name: SourceName, **given: Any) -> None:
        super().__init__(*args, **given)
        if name.kind == NameKind.UNIT:
            self.fields["unit"] = UnitField(label=_("Unit of the register"), required=False)
            who, nobody = _("the unit named below"), _("no unit of the register")
        else:
            self.fields["official"] = OfficialField(label=_("Official of the register"), required=False)
            who, nobody = _("the official named below"), _("no official of the register")
        choices = [(Meant.MATCHED.value, who), (Meant.NOBODY.value, nobody)]
        if name.kind == NameKind.OFFICIAL:
            choices.append((Meant.SYSTEM.value, _("a system account, no person")))
        self.fields["meant"].choices = [*choices, (Meant.OPEN.value, _("not decided yet"))]


def _readable(text: str) -> LogMapping | None:
    """The mapping, where the text is one already."""
    try:
        return read_mapping(text, "mapping.yaml")
    except DomainError:
        return None


def _with_example(name: str, looked: Mapping[str, Any]) -> str:
    examples = looked["examples"].get(name) or []
    return f"{name} ({examples[0]})" if examples else name


def _lines(limits: Sequence[tuple[str, Limit]], activities: Iterable[str]) -> str:
    """The limits there are; without any the steps that were seen, to be filled in."""
    known = [f"{pattern} = {written_limit(WorkLimit(limit.amount, limit.kind))}" for pattern, limit in limits]
    return "\n".join(known or [f"{activity} =" for activity in activities])


def _limits(text: str) -> Iterable[tuple[str, Limit]]:
    for line in filter(None, map(str.strip, text.splitlines())):
        pattern, sign, said = (part.strip() for part in line.rpartition("="))
        if not sign or not pattern:
            raise refuse("oversight.limit_line_unclear", line=line)
        if said:
            limit = read_limit(said)
            if limit.unit == "working_hours":
                yield pattern, Limit("working_minutes", limit.amount * _MINUTES_IN_HOUR)
            else:
                yield pattern, Limit(limit.unit, limit.amount)
