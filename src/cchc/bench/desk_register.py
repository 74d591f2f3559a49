"""The communes whose one-stops are measured: their people, and as many dossiers as one likes.

The dossiers of one commune are made by the same actions as real ones, as far on their way as a desk has them. They are
then copied by the database itself, rows with all that lies beside them: once for every commune, so that each desk has
the same work, and those that are over again and again, so that what grows is what is behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.test import Client
from django.utils.timezone import localtime

from cchc.bench.register import START, by_bench, signed_in
from cchc.dossiers.actions.ending import hand_over
from cchc.dossiers.actions.intake import Intake, Paper, Person, receive
from cchc.dossiers.actions.moving import latest_steps
from cchc.dossiers.actions.pausing import ask_supplement
from cchc.dossiers.actions.working import Result, complete, take_up
from cchc.dossiers.models import Dossier, StepInstance
from cchc.organizations.actions.people import enter_official, post_official
from cchc.organizations.actions.rights import grant_role
from cchc.organizations.actions.units import Standing, found_unit
from cchc.organizations.models import Official, Unit
from cchc.organizations.viewers import actor_of
from cchc.procedures import loading
from cchc.procedures.actions.entries import import_entries
from cchc.procedures.models import Procedure

PROCEDURE: Final = "MAU-001"
ROLES: Final = ("receiving_officer", "settling_official", "signing_leader")
COMMUNES: Final = 40
OPEN: Final = 60
OVER: Final = 190
"""How many dossiers of a commune are at work, and how many are over, before these are copied further."""
_HANDS: Final = {"receive": 0, "settle": 1, "sign": 2, "return": 0}
_NAMES: Final = (
    "Nguyễn Văn", "Trần Thị", "Nguyễn Thị", "Lê Văn", "Nguyễn Hữu", "Y Blan", "Nguyễn Đức", "A Thút",
)  # fmt: skip
_GIVEN: Final = ("An", "Bình", "Cường", "Dung", "Giang", "Hạnh", "Khoa", "Lan", "Minh", "Nga", "Oanh", "Phúc", "Quý")
_RESULT: Final = Result("12/GKS", note="Giấy khai sinh (mẫu)")


@dataclass(frozen=True, slots=True)
class OneStop:
    """A commune with its receiving officer, settling official and signing leader."""

    commune: Unit
    people: tuple[Official, ...]


@dataclass(frozen=True, slots=True)
class Desks:
    """The first commune, its receiving officer signed in, and how many dossiers there are in all."""

    first: OneStop
    client: Client
    dossiers: int


def lay_out(dossiers: int, communes: int = COMMUNES, *, at_work: int = OPEN, over: int = OVER) -> Desks:
    """At least so many dossiers in an empty register."""
    client, desks = found_communes(communes)
    _work(desks[0], at_work, over)
    copies = Copies.of(desks)
    copies.for_every_commune()
    made = communes * (at_work + over)
    times = -(-(dossiers - made) // (communes * over)) if dossiers > made else 0
    copies.of_what_is_over(times)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Desks(desks[0], client, made + times * communes * over)


def found_communes(communes: int) -> tuple[Client, Sequence[OneStop]]:
    """So many, with their people one behind the other, so that keys of one follow from those of another, and the sample
    procedures. The receiving officer of the first is signed in.
    """
    by, desks, signed = by_bench(), list[OneStop](), None
    province = found_unit(**by, code="tinh", standing=Standing("province", "tỉnh Số 0", None), starts_on=START)
    entries = loading.load(Path(loading.__file__).parent / "shipped" / "mau-cap-xa.yaml")
    import_entries(**by, keeper=province, entries=entries, is_sample=True)
    for at in range(communes):
        standing = Standing("commune", f"xã Số {at}", province)
        commune, people = found_unit(**by, code=f"xa-{at}", standing=standing, starts_on=START), list[Official]()
        for role in ROLES:
            if signed is None:
                signed, person = signed_in(commune, "Công chức", role)
            else:
                person = enter_official(**by, code=f"{role}-{at}", name=f"{role} {at}")
                post_official(**by, official=person, unit=commune, post="Công chức", starts_on=START)
                grant_role(**by, official=person, role=role, unit=commune, starts_on=START)
            people.append(person)
        desks.append(OneStop(commune, tuple(people)))
    assert signed is not None
    return signed, desks


def _work(desk: OneStop, at_work: int, over: int) -> None:
    """Those over first. Of those at work a third is at the counter, a third in the queue, the rest where others wait
    for a signature, for papers, for the owner.
    """
    procedure = Procedure.objects.get(code=PROCEDURE)
    for at in range(over):
        dossier = _received(desk, procedure, at, days_ago=20 + at % 40)
        moment = dossier.submitted_at + timedelta(hours=2 + at % 30)
        for id_ in _HANDS:
            _complete(desk, dossier, id_, moment)
        seen = _now_of(dossier)
        hand_over(
            actor=actor_of(desk.people[0]), now=moment, dossier=seen, expected_version=seen.version, to=seen.owner_name
        )
    for at in range(at_work):
        dossier = _received(desk, procedure, over + at, days_ago=1 + at % 4)
        moment = dossier.submitted_at + timedelta(minutes=20)
        for id_ in (*_HANDS,)[: (0, 1, at // 3 % 5)[at % 3]]:
            _complete(desk, dossier, id_, moment)
        if at % 9 == 2:
            _wait_for_papers(desk, dossier, moment)


def _received(desk: OneStop, procedure: Procedure, at: int, days_ago: int) -> Dossier:
    now = localtime(datetime.now(UTC)).replace(hour=8, minute=at % 60) - timedelta(days=days_ago)
    name = f"{_NAMES[at % len(_NAMES)]} {_GIVEN[at // len(_NAMES) % len(_GIVEN)]}"
    papers = [Paper(one.name.vi, one.id, originals=1) for one in procedure.versions.get().value.components]
    person = Person(name, f"0{10_000_000_000 + at}", f"Thôn {at % 12}", f"09{at:08}")
    return receive(
        actor=actor_of(desk.people[0]), now=now, unit=desk.commune, procedure=procedure,
        intake=Intake(person, papers, is_no_duplicate=True), receiver=desk.people[0], is_sample=True,
    )  # fmt: skip


def _complete(desk: OneStop, dossier: Dossier, id_: str, now: datetime) -> None:
    person = desk.people[_HANDS[id_]]
    by: dict[str, Any] = {"actor": actor_of(person), "now": now}
    seen = _now_of(dossier)
    step = latest_steps(seen)[id_]
    if step.holder is None:
        seen = take_up(**by, step=step, official=person, expected_version=seen.version)
        step = latest_steps(seen)[id_]
    result = _RESULT if id_ == "sign" else None
    complete(**by, step=step, expected_version=seen.version, result=result)


def _wait_for_papers(desk: OneStop, dossier: Dossier, now: datetime) -> None:
    seen = _now_of(dossier)
    if seen.ended_at is None:
        ask_supplement(
            actor=actor_of(desk.people[1]), now=now, dossier=seen, expected_version=seen.version,
            reason_code="missing_papers", asked="Giấy chứng sinh",
        )  # fmt: skip


def _now_of(dossier: Dossier) -> Dossier:
    return Dossier.objects.select_related("unit", "settling_unit", "procedure_version__procedure").get(pk=dossier.pk)


def _joined_to_dossiers(model: type[models.Model]) -> str | None:
    """Its table with that of the dossiers its rows belong to; None for what belongs to none."""
    table = model._meta.db_table
    if model is Dossier:
        return table
    for field in model._meta.concrete_fields:
        if field.related_model is Dossier:
            return f"{table} JOIN dossiers_dossier ON dossiers_dossier.id = {table}.{field.column}"
    for field in model._meta.concrete_fields:
        if field.related_model is StepInstance:
            steps = f"dossiers_stepinstance AS its_step ON its_step.id = {table}.{field.column}"
            return f"{table} JOIN {steps} JOIN dossiers_dossier ON dossiers_dossier.id = its_step.dossier_id"
    return None


def _models() -> list[type[models.Model]]:
    """Everything of dossiers that belongs to one, dossiers and steps before what names them."""
    found = apps.get_app_config("dossiers").get_models()
    others = [one for one in found if one not in (Dossier, StepInstance) and _joined_to_dossiers(one) is not None]
    return [Dossier, StepInstance, *others]


@dataclass(frozen=True, slots=True)
class Copies:
    """Copies of all dossiers there are with what lies beside them. A copy's keys lie `step` behind its original's."""

    step: int
    units: int
    officials: int
    communes: int

    @classmethod
    def of(cls, desks: Sequence[OneStop]) -> Copies:
        """Keys of communes and of their people follow each other evenly, as they were made."""
        keys = [model._base_manager.order_by("-pk").values_list("pk", flat=True).first() for model in _models()]
        first, second = desks[0], desks[1] if len(desks) > 1 else desks[0]
        apart = second.commune.pk - first.commune.pk, second.people[0].pk - first.people[0].pk
        for at, desk in enumerate(desks):
            assert desk.commune.pk == first.commune.pk + at * apart[0]
            assert [one.pk for one in desk.people] == [one.pk + at * apart[1] for one in first.people]
        return cls(max(key or 0 for key in keys) + 1, *apart, len(desks))

    def for_every_commune(self) -> None:
        """What the first one has, for each of the others."""
        self._copy("TRUE", 1, self.communes - 1, self.step, self.units, self.officials)

    def of_what_is_over(self, times: int) -> None:
        """All that was handed over, so often once more, as if it had been years ago."""
        for first in range(1, times + 1, 10):  # in parts, each a transaction
            last = min(first + 9, times)
            self._copy("dossiers_dossier.handed_over_at IS NOT NULL", first, last, self.step * self.communes, 0, 0)

    def _copy(self, which: str, first: int, last: int, keys: int, units: int, officials: int) -> None:
        if last < first:
            return
        below = self.step * (1 if units else self.communes)
        numbers = f"SELECT {first} UNION ALL SELECT n + 1 FROM copy WHERE n < {last}"  # noqa: S608 (own numbers)
        series = f"WITH RECURSIVE copy(n) AS ({numbers})"
        with transaction.atomic(), connection.cursor() as cursor:
            for model in _models():
                shift = _Shift(keys, units, officials)
                columns = {_quoted(field.column): shift.of(field) for field in model._meta.concrete_fields}
                table, joined = model._meta.db_table, _joined_to_dossiers(model)
                made = f"SELECT {', '.join(columns.values())} FROM {joined}, copy"  # noqa: S608 (own names)
                which_ones = f"WHERE dossiers_dossier.id < {below} AND {which} ORDER BY copy.n, {table}.id"
                cursor.execute(f"INSERT INTO {table} ({', '.join(columns)}) {series} {made} {which_ones}")
            for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
                cursor.execute(statement)


def _quoted(column: str) -> str:
    return str(connection.ops.quote_name(column))


@dataclass(frozen=True, slots=True)
class _Shift:
    """By how much each kind of key is moved in the copy numbered `n`."""

    keys: int
    units: int
    officials: int

    def of(self, field: models.Field[Any, Any]) -> str:
        column = f"{field.model._meta.db_table}.{_quoted(field.column)}"
        related = field.related_model
        if field.primary_key or related in set(_models()):
            return f"{column} + copy.n * {self.keys}"
        if related is Unit:
            return f"{column} + copy.n * {self.units}"
        if related is Official:
            return f"{column} + copy.n * {self.officials}"
        if field.unique and related is None:
            return f"{column} || '-' || {self._mark()}"
        if field.name == "owner_number":
            return f"{column} || {self._mark()}"
        if field.name == "search_key":
            return f"{column} || ' ' || dossiers_dossier.owner_number || {self._mark()}"
        return column

    def _mark(self) -> str:
        return f"cast({100 if self.units else 200} + copy.n AS varchar(10))"
