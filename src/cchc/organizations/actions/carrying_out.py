"""Writing a plan's changes, many rows at a time: the same records and events as one action for each would leave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final, TypeVar

from django.db.models import F

from cchc.audit.actions import record, tell_of_keeping, values_of
from cchc.audit.recording import Progress
from cchc.organizations.actions.ancestry import renew_links
from cchc.organizations.actions.carrying_out_rights import write_rights
from cchc.organizations.actions.people import describe
from cchc.organizations.actions.tally import Part, Tally, create_in_parts
from cchc.organizations.audit_kinds import (
    OFFICIAL_CHANGED,
    OFFICIAL_ENTERED,
    PLACEMENT_ENDED,
    POSTING_ENDED,
    POSTING_GIVEN,
    UNIT_FOUNDED,
    UNIT_PLACED,
)
from cchc.organizations.importing.plans import OFFICIAL_KINDS, RIGHTS_KINDS, UNIT_KINDS, Change, Plan
from cchc.organizations.importing.register import Beside, Contact, Placed, Posted
from cchc.organizations.models import Dated, Official, Placement, Posting, Unit
from cchc.organizations.queries.batches import BATCH, batches
from cchc.records.search import fold, sort_key

D = TypeVar("D", Placement, Posting)
_DAY: Final = timedelta(days=1)
_CONTACT: Final = ("name", "email", "phone", "search_key", "sort_key", "version")
_UPDATE: Final = {"update_conflicts": True, "unique_fields": ["id"], "update_fields": _CONTACT}


def write_changes(plan: Plan, file: str, now: datetime, tell: Progress) -> None:
    """Everything in the plan; each event's reason names the file, sheet and row. Within an action.

    `tell(done, total)`, in changes, is called between parts, also while their events enter the chain at the action's
    end; what it raises rolls all of it back.
    """
    tally = Tally(len(plan.changes), tell)
    tell_of_keeping(tally.kept)
    _write_units([change for change in plan.changes if change.kind in UNIT_KINDS], file, tally)
    _write_officials([change for change in plan.changes if change.kind in OFFICIAL_KINDS], file, tally)
    write_rights([change for change in plan.changes if change.kind in RIGHTS_KINDS], file, now, tally)


@dataclass(slots=True)
class _Noted:
    """One event to come: what it is about, and how that was before."""

    kind: str
    subject: Unit | Placement | Official | Posting
    change: Change
    before: dict[str, object] | None = None


@dataclass(slots=True)
class _Batch:
    """What is to be written, gathered row by row, and the events that will say so, in their order."""

    file: str
    tally: Tally
    created: list[Placement | Posting] = field(default_factory=list)
    ended: dict[date, list[int]] = field(default_factory=lambda: defaultdict(list))
    noted: list[_Noted] = field(default_factory=list)

    def end(self, dated: Dated, ends_on: date, kind: str, change: Change) -> None:
        """Let a record hold until that day and no longer."""
        before = values_of(dated)
        dated.ends_on = ends_on
        self.ended[ends_on].append(dated.pk)
        self.noted.append(_Noted(kind, dated, change, before))

    def create(self, dated: Placement | Posting, kind: str, change: Change) -> None:
        """Add a record."""
        self.created.append(dated)
        self.noted.append(_Noted(kind, dated, change))

    def write(self, model: type[Placement] | type[Posting], *before: Part) -> None:
        """First what ends, so that two never hold at once; then what the new rows name, and these."""
        for day, keys in self.ended.items():
            for some in batches(keys):
                model.objects.filter(pk__in=some).update(ends_on=day)
        create_in_parts(self.tally, *before, (model, self.created, {}))

    def tell(self) -> None:
        """Leave the events; all subjects have their keys by now."""
        for number, one in enumerate(self.noted, 1):
            record(
                one.kind,
                one.subject,
                before=one.before,
                after=values_of(one.subject),
                reason=f"{self.file}: {one.change.place.sheet or ''} {one.change.place.row}",
            )
            if number % BATCH == 0 or number == len(self.noted):
                self.tally.noted(number, len(self.noted))


def _write_units(changes: Sequence[Change], file: str, tally: Tally) -> None:
    if not changes:
        return
    tally.begin(len(changes))
    founded = [Unit(code=change.code) for change in changes if change.kind == "found"]
    Unit.objects.bulk_create(founded, batch_size=BATCH)
    units = {unit.code: unit for unit in Unit.objects.order_by("pk")}
    latest = _latest_placements([units[change.code].pk for change in changes if change.kind != "found"])
    batch, changed = _Batch(file, tally), []
    for change in changes:
        assert isinstance(change.after, Placed)
        unit = units[change.code]
        if change.kind == "found":
            batch.create(_placement(change.after, units), UNIT_PLACED, change)
            batch.noted.append(_Noted(UNIT_FOUNDED, unit, change))
            batch.created[-1].unit = unit
            continue
        changed.append(unit.pk)
        _change_unit(batch, change, change.after, latest[unit.pk], units)
    batch.write(Placement)
    for some in batches(changed):
        Unit.objects.filter(pk__in=some).update(version=F("version") + 1)
    batch.tell()
    renew_links(units[change.code].pk for change in changes)


def _change_unit(batch: _Batch, change: Change, after: Placed, now: Placement, units: dict[str, Unit]) -> None:
    if change.kind == "end":
        assert after.ends_on is not None
        batch.end(now, after.ends_on, PLACEMENT_ENDED, change)
        return
    if now.ends_on is None or now.ends_on >= after.starts_on:
        batch.end(now, after.starts_on - _DAY, PLACEMENT_ENDED, change)
    placement = _placement(after, units)
    placement.unit = units[change.code]
    batch.create(placement, UNIT_PLACED, change)


def _placement(placed: Placed, units: dict[str, Unit]) -> Placement:
    return Placement(
        parent=None if placed.parent is None else units[placed.parent],
        kind=placed.kind,
        name_vi=placed.name,
        name_en=placed.name_en,
        symbol=placed.symbol,
        search_key=fold(placed.name),
        sort_key=sort_key(placed.name),
        starts_on=placed.starts_on,
        ends_on=placed.ends_on,
        source_document=placed.document,
        source_on=placed.document_on,
    )


def _latest_placements(units: Iterable[int]) -> dict[int, Placement]:
    found: dict[int, Placement] = {}
    for some in batches(units):
        found |= {one.unit_id: one for one in Placement.objects.filter(unit__in=some).order_by("starts_on")}
    return found


def _write_officials(changes: Sequence[Change], file: str, tally: Tally) -> None:
    if not changes:
        return
    tally.begin(len(changes))
    people = _people([change.code for change in changes if change.kind != "enter"])
    units = dict(Unit.objects.order_by("pk").values_list("code", "pk"))
    main, beside = _latest_postings([person.pk for person in people.values()])
    batch = _Batch(file, tally)
    entered: list[Official] = []
    changed: list[Official] = []
    for change in changes:
        if isinstance(change.after, Contact):
            person = people.setdefault(change.code, Official(code=change.code))
            is_new = change.kind == "enter"
            before = None if is_new else values_of(person)
            describe(person, change.after.name, change.after.email, change.after.phone)
            person.version += not is_new
            (entered if is_new else changed).append(person)
            batch.noted.append(_Noted(OFFICIAL_ENTERED if is_new else OFFICIAL_CHANGED, person, change, before))
        elif isinstance(change.after, Beside):
            held = beside.get((people[change.code].pk or 0, units[change.after.unit]))
            _change_beside(batch, change, change.after, people[change.code], held, units)
        else:
            assert isinstance(change.after, Posted)
            _change_posting(batch, change, change.after, people[change.code], main, units)
    batch.write(Posting, (Official, entered, {}), (Official, changed, _UPDATE))
    batch.tell()


def _change_posting(
    batch: _Batch, change: Change, after: Posted, person: Official, main: dict[int, Posting], units: dict[str, int]
) -> None:
    now = main.get(person.pk) if person.pk else None
    if change.kind == "leave":
        assert now is not None and after.ends_on is not None
        batch.end(now, after.ends_on, POSTING_ENDED, change)
        return
    if change.kind == "transfer":
        assert now is not None
        batch.end(now, after.starts_on - _DAY, POSTING_ENDED, change)
    posting = Posting(
        official=person,
        unit_id=units[after.unit],
        post=after.post,
        is_head=after.is_head,
        starts_on=after.starts_on,
        ends_on=after.ends_on,
    )
    batch.create(posting, POSTING_GIVEN, change)


def _change_beside(
    batch: _Batch, change: Change, after: Beside, person: Official, now: Posting | None, units: dict[str, int]
) -> None:
    if change.kind == "beside_end":
        assert now is not None and after.ends_on is not None
        batch.end(now, after.ends_on, POSTING_ENDED, change)
        return
    if change.before is not None and now is not None:
        batch.end(now, after.starts_on - _DAY, POSTING_ENDED, change)
    posting = Posting(
        official=person, unit_id=units[after.unit], post=after.post, is_main=False, is_head=after.is_head,
        starts_on=after.starts_on, ends_on=after.ends_on, source_document=after.document, source_on=after.document_on,
    )  # fmt: skip
    batch.create(posting, POSTING_GIVEN, change)


def _people(codes: Iterable[str]) -> dict[str, Official]:
    found: dict[str, Official] = {}
    for some in batches(codes):
        found |= {person.code: person for person in Official.objects.filter(code__in=some).order_by("pk")}
    return found


def _latest_postings(officials: Iterable[int]) -> tuple[dict[int, Posting], dict[tuple[int, int], Posting]]:
    """The latest main posting of each; by official and unit the latest of those beside it."""
    main: dict[int, Posting] = {}
    beside: dict[tuple[int, int], Posting] = {}
    for some in batches(officials):
        for one in Posting.objects.filter(official__in=some).order_by("starts_on", "pk"):
            if one.is_main:
                main[one.official_id] = one
            else:
                beside[one.official_id, one.unit_id] = one
    return main, beside
