"""The province of the demonstration: real places, invented people, all made by actions and marked as samples."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib import resources
from typing import TypeVar

from cchc.audit.actions import action
from cchc.audit.actors import Actor
from cchc.demo.apologies import load_sample_apologies
from cchc.demo.directives import load_sample_directives
from cchc.demo.dossiers import load_sample_dossiers
from cchc.demo.loading import LOADER
from cchc.demo.monthly_lists import load_late_samples, load_sample_lists
from cchc.demo.oversight import keep_sample_forecasts, keep_sample_ledger, load_sample_log
from cchc.demo.papers import load_sample_papers
from cchc.demo.past_round import load_past_round
from cchc.demo.practice import load_own_calendar, load_sample_practice
from cchc.demo.procedures import load_sample_procedures
from cchc.demo.ratings import load_sample_ratings
from cchc.demo.registers import load_sample_registers
from cchc.demo.rounds import load_sample_round
from cchc.organizations.actions.accounts import open_account
from cchc.organizations.actions.people import enter_official, post_official
from cchc.organizations.actions.rights import grant_role
from cchc.organizations.actions.units import Standing, choose_calendar, found_unit
from cchc.organizations.models import Unit
from cchc.organizations.shipped.loading import load_communes, load_district, load_provinces
from cchc.organizations.shipped.reading import DISTRICTS, shipped_provinces
from cchc.records.schema import Fields, as_flag, as_items, as_local_text, as_text, reading
from cchc.records.text import LocalText
from cchc.records.yaml_text import read_yaml

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SampleUnit:
    """An invented body."""

    code: str
    kind: str
    under: str
    name: LocalText
    symbol: str


@dataclass(frozen=True, slots=True)
class SampleRole:
    """A role of an invented person."""

    role: str
    over: str
    subtree: bool


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """An invented person."""

    code: str
    name: str
    username: str
    works_in: str
    post: str
    is_head: bool
    roles: tuple[SampleRole, ...]


@dataclass(frozen=True, slots=True)
class SampleProvince:
    """What `province.yaml` says."""

    province: str
    calendar: str
    units: tuple[SampleUnit, ...]
    people: tuple[SamplePerson, ...]


def read_sample() -> SampleProvince:
    """The file, typed."""
    content = (resources.files("cchc.demo") / "province.yaml").read_bytes()
    with reading(read_yaml(content, "cchc/demo/province.yaml")) as fields:
        return SampleProvince(
            as_text(fields.need("province")),
            as_text(fields.need("calendar")),
            tuple(_each(fields, "units", _unit)),
            tuple(_each(fields, "people", _person)),
        )


def load_sample_province(now: datetime, passwords: dict[str, str] | None = None) -> SampleProvince:
    """Enter everything into a register without units. `passwords` opens an account for each user name in it.

    In one transaction: whoever stops it half way, or runs into an error, has a register without units as before, and
    the next start enters it whole.
    """
    return _enter_all(actor=LOADER, now=now, passwords=passwords or {})


@action
def _enter_all(*, actor: Actor, now: datetime, passwords: Mapping[str, str]) -> SampleProvince:
    sample, by = read_sample(), _By(LOADER, now)
    load_provinces(actor=LOADER, now=now)
    province = Unit.objects.get(code=sample.province)
    load_communes(province, actor=LOADER, now=now)
    for name in DISTRICTS:
        load_district(name, actor=LOADER, now=now)
    choose_calendar(actor=LOADER, now=now, unit=province, calendar=sample.calendar, starts_on=by.since)
    for unit in sample.units:
        by.found(unit)
    for person in sample.people:
        by.engage(person, passwords.get(person.username))
    load_own_calendar(now, by.since)
    load_sample_papers(province, now, by.since)
    load_sample_directives(now)
    load_sample_registers(now)
    load_sample_procedures(province, now)
    load_sample_dossiers(now)
    load_sample_apologies(now)
    load_sample_ratings(now)
    load_late_samples(now)
    keep_sample_ledger(now)
    keep_sample_forecasts(now)
    load_sample_lists(now)
    load_sample_log(now)
    load_past_round(now)
    load_sample_round(now)
    load_sample_practice(now, by.since)
    return sample


class _By:
    """Enters samples on the first day of today's provinces."""

    def __init__(self, actor: Actor, now: datetime) -> None:
        self._actor, self._now = actor, now
        self.since: date = shipped_provinces().reform.effective_on

    def found(self, sample: SampleUnit) -> None:
        standing = Standing(sample.kind, sample.name.vi, _unit_of(sample.under), sample.name.en or "", sample.symbol)
        found_unit(
            actor=self._actor, now=self._now, code=sample.code, standing=standing, starts_on=self.since, is_sample=True
        )

    def engage(self, sample: SamplePerson, password: str | None) -> None:
        official = enter_official(actor=self._actor, now=self._now, code=sample.code, name=sample.name, is_sample=True)
        post_official(
            actor=self._actor,
            now=self._now,
            official=official,
            unit=_unit_of(sample.works_in),
            post=sample.post,
            starts_on=self.since,
            is_head=sample.is_head,
        )
        for role in sample.roles:
            grant_role(
                actor=self._actor,
                now=self._now,
                official=official,
                role=role.role,
                unit=_unit_of(role.over),
                starts_on=self.since,
                covers_subtree=role.subtree,
            )
        if password is not None:
            open_account(
                actor=self._actor, now=self._now, official=official, username=sample.username, password=password
            )


def _unit_of(code: str) -> Unit:
    return Unit.objects.get(code=code)


def _each(fields: Fields, key: str, read: Callable[[Fields], T]) -> Iterator[T]:
    for node in as_items(fields.need(key)):
        with reading(node) as of_one:
            yield read(of_one)


def _unit(fields: Fields) -> SampleUnit:
    return SampleUnit(
        as_text(fields.need("code")),
        as_text(fields.need("kind")),
        as_text(fields.need("under")),
        as_local_text(fields.need("name")),
        fields.maybe("symbol", as_text) or "",
    )


def _person(fields: Fields) -> SamplePerson:
    return SamplePerson(
        as_text(fields.need("code")),
        as_text(fields.need("name")),
        as_text(fields.need("username")),
        as_text(fields.need("works_in")),
        as_text(fields.need("post")),
        fields.maybe("head", as_flag) or False,
        tuple(_each(fields, "roles", _role)),
    )


def _role(fields: Fields) -> SampleRole:
    return SampleRole(as_text(fields.need("role")), as_text(fields.need("over")), as_flag(fields.need("subtree")))
