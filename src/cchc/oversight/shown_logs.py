"""Sources, logs and names as their pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cchc.interface.errors import current_language, in_words
from cchc.interface.jobs.showing import job_shown
from cchc.interface.shapes import Link
from cchc.interface.templatetags.figures import moment
from cchc.ledger.mapping import LogMapping
from cchc.organizations.calendars import choices_among, kept_for, load_calendar
from cchc.organizations.models import Official, Placement, Unit
from cchc.organizations.models.dated import during
from cchc.oversight.forms_logs import COLUMNS
from cchc.oversight.logs.looking import rows_as_read
from cchc.oversight.logs.matching import Proposal
from cchc.oversight.logs.working import mapping_of
from cchc.oversight.models import LogImport, Meant, NameKind, SourceName
from cchc.oversight.queries.logs import job_of
from cchc.oversight.states_logs import LOADED, LOADING, LOG, LOOKING
from cchc.records.errors import DomainError

_OF_ROLES: Final = {"case": "dossier", "activity": "step", "time": "at"}
_MOMENTS: Final = ("at", "start", "recorded", "received", "finished", "due", "first_due", "result")


def source_crumbs(*more: Link) -> list[Link]:
    """The way to a page of sources."""
    return [Link(_("Other one-stop software"), reverse("oversight:sources")), *more]


def state_name(made: LogImport) -> str:
    """Where it stands."""
    return LOG.state(made.state).name.in_language(current_language())


def calendars_for(unit: Unit, day: date, used: str = "") -> list[tuple[str, str]]:
    """Calendars to choose from: the shipped ones, those brought in for the unit, and what is used already. One
    query.
    """
    found = [(id_, title.in_language(current_language())) for id_, title in choices_among(list(kept_for(unit, day)))]
    return found if not used or used in dict(found) else [*found, (used, used)]


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows as they are read: `columns` in the language of the reader, `rows` of texts. `problems` where the
    mapping does not hold.
    """

    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    problems: Sequence[Mapping[str, str]] = ()
    has_limits: bool = False


def preview(made: LogImport) -> Preview:
    """Reads nothing but what the first look kept, and the calendar."""
    if not made.looked:
        return Preview()
    try:
        mapping = mapping_of(made)
        zone = mapping.time_zone or load_calendar(mapping.calendar).time_zone
        rows = rows_as_read(made.looked, mapping, zone)
    except DomainError as error:
        return Preview(problems=[in_words(one) for one in error.problems])
    roles = [role for role in COLUMNS if getattr(mapping, role) is not None and not _is_counted(mapping, role)]
    keys = [_OF_ROLES.get(role, role) for role in roles]
    texts = [[_cell(key, row[key]) for key in keys] for row in rows]
    missing = [name for name in mapping.columns if name not in made.looked["columns"]]
    problems = [_missing(name) for name in missing]
    return Preview([str(COLUMNS[role]) for role in roles], texts, problems, bool(mapping.limits))


def _is_counted(mapping: LogMapping, role: str) -> bool:
    """An appointment that is counted from the receipt stands in no column."""
    return role == "due" and not isinstance(mapping.due, str)


def _missing(name: str) -> Mapping[str, str]:
    sentence = _("The log has no column “%(name)s”.") % {"name": name}
    return {"sentence": sentence, "next_step": _("Choose one of its columns, or none.")}


def _cell(key: str, value: Any) -> str:
    if key not in _MOMENTS:
        return value or "–"
    if value is False:
        return _("not a moment")
    return "–" if value is None else moment(datetime.fromtimestamp(value * 60, UTC))


def log_context(made: LogImport) -> dict[str, Any]:
    """What the page of a log shows. Four queries: job and lease, officials, units."""
    job = job_of(made)
    is_at_work = job is not None and (job.state != "finished" or made.state in {LOOKING, LOADING})
    tried = made.tried
    return {
        "made": made,
        "state": state_name(made),
        "job": job_shown(job, timezone.now()) if job is not None and is_at_work else None,
        "is_running": job is not None and job.state == "open",
        "preview": preview(made),
        "tried": tried,
        "reasons": [(reason_name(code), number) for code, number in sorted(tried.get("reasons", {}).items())],
        "judged_at": datetime.fromisoformat(tried["judged_at"]) if tried.get("judged_at") else None,
        "changes": sum(tried["kept"][name] for name in ("new", "changed", "gone")) if tried else 0,
        "holders": holders_shown(tried.get("holders", ())),
        "is_over": made.state == LOADED,
        "may": {step.id for step in LOG.steps_from(made.state)},
    }


def reason_name(code: str) -> str:
    """Why a row cannot be used."""
    return {
        "no_case": _("no code of a dossier"),
        "no_activity": _("no step"),
        "no_time": _("no moment"),
        "unreadable_time": _("the moment cannot be read"),
        "torn_row": _("more cells than the heading has"),
        "unreadable_date": _("receipt, end or appointment of the dossier cannot be read"),
        "outside_calendar": _("a moment lies outside the calendar"),
    }.get(code, code)


def holders_shown(holders: Iterable[Sequence[Any]]) -> list[dict[str, Any]]:
    """Who would be charged: names of the register, else those of the log. Two queries."""
    rows = list(holders)
    people = dict(
        Official.objects.filter(pk__in={row[0] for row in rows if row[0]}).order_by().values_list("pk", "name")
    )
    units = unit_names({row[2] for row in rows if row[2]})
    return [
        {"name": people.get(person, name), "is_known": person is not None, "unit": units.get(unit, unit_name) or "–",
         "dossiers": dossiers, "minutes": minutes}
        for person, name, unit, unit_name, dossiers, minutes in rows
    ]  # fmt: skip


def unit_names(keys: Iterable[int]) -> dict[int, str]:
    """What units are called today. One query."""
    placed = Placement.objects.filter(during(timezone.localdate()), unit__in=list(keys)).order_by()
    return dict(placed.values_list("unit", "name_vi"))


_TABS: Final = {
    "cho-quyet-dinh": Meant.OPEN, "da-khop": Meant.MATCHED, "khong-thuoc": Meant.NOBODY, "he-thong": Meant.SYSTEM,
}  # fmt: skip


def asked_names(slug: str) -> Meant:
    """Which list of names the address asks for; those that nobody decided about where it says none."""
    return _TABS.get(slug, Meant.OPEN)


def name_tabs(number: int, which: Meant, counted: Mapping[str, int]) -> list[Link]:
    """The lists of names, each with how many there are."""
    words = {
        Meant.OPEN: _("Not decided"), Meant.MATCHED: _("Matched"), Meant.NOBODY: _("Nobody of ours"),
        Meant.SYSTEM: _("System accounts"),
    }  # fmt: skip
    base = reverse("oversight:names", args=[number])
    return [
        Link(f"{words[meant]} ({counted.get(meant, 0)})", f"{base}?xem={slug}", current=meant is which)
        for slug, meant in _TABS.items()
    ]


def names_shown(
    names: Sequence[SourceName], proposals: Mapping[int, Proposal]
) -> list[dict[str, Any]]:  # fmt: skip
    """Each name with whom it means, or may mean. One query."""
    units = unit_names({one.unit_id for one in names if one.unit_id})
    return [
        {
            "name": one,
            "is_unit": one.kind == NameKind.UNIT,
            "means": units.get(one.unit_id or 0, "") or (one.official.name if one.official else ""),
            "proposal": proposals.get(one.pk),
        }
        for one in names
    ]
