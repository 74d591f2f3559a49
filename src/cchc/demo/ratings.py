"""Sample ratings: sample dossiers that are through, with their forms, made by the same actions as real ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from typing import Any, Final

from cchc.demo.directives import unit_of
from cchc.demo.dossiers import moment_ago
from cchc.dossiers.actions import working
from cchc.dossiers.actions.intake import Intake, Paper, Person, receive
from cchc.dossiers.actions.moving import latest_steps
from cchc.dossiers.actions.working import Result
from cchc.dossiers.models import Dossier
from cchc.feedback.actions.handing_out import hand_out, open_tablet
from cchc.feedback.actions.rating import Given, owner_of, rate, rate_on_tablet, type_paper
from cchc.organizations.models import Official, Unit
from cchc.organizations.queries.people import get_official
from cchc.organizations.viewers import actor_of
from cchc.procedures.models import Procedure
from cchc.procedures.queries.versions import kept_version_on
from cchc.records.schema import Fields, as_count, as_entries, as_items, as_text, reading
from cchc.records.yaml_text import read_yaml

_FILE: Final = "ratings.yaml"


@dataclass(frozen=True, slots=True)
class _Counter:
    """Who works at the counter, on which procedure."""

    unit: Unit
    procedure: Procedure
    receives: Official
    settles: Official
    signs: Official


def load_sample_ratings(now: datetime) -> None:
    """All of them."""
    content = (resources.files("cchc.demo") / _FILE).read_bytes()
    with reading(read_yaml(content, f"cchc/demo/{_FILE}")) as fields:
        counter = _Counter(
            unit_of(as_text(fields.need("counter"))),
            Procedure.objects.get(code=as_text(fields.need("procedure"))),
            *(get_official(as_text(fields.need(who))) for who in ("receives", "settles", "signs")),
        )
        for node in as_items(fields.need("dossiers")):
            with reading(node) as of_one:
                _load(of_one, counter, now)


def _load(fields: Fields, counter: _Counter, now: datetime) -> None:
    days = as_count(fields.need("days_ago"))
    person = Person(as_text(fields.need("owner")), as_text(fields.need("number")))
    dossier = _received(counter, person, moment_ago(now, days, "08:30"))
    by: dict[str, Any] = {"actor": actor_of(counter.receives), "now": moment_ago(now, days, "08:40")}
    if form := fields.maybe("form", as_text):
        hand_out(**by, dossier=dossier, way=form)
    _settle(counter, dossier, moment_ago(now, days, "15:00"))
    way, answered = fields.maybe("way", as_text), fields.get("answers")
    words = fields.maybe("words", as_text) or ""
    if way is not None and answered is not None:
        answers = {topic: as_text(node) for topic, node in as_entries(answered).entries.items()}
        at = moment_ago(now, days - 1, "09:00")
        _rate(way, dossier, Given(answers, words), {"actor": actor_of(counter.receives), "now": at})


def _received(counter: _Counter, person: Person, at: datetime) -> Dossier:
    components = kept_version_on(counter.procedure, at.date()).value.components
    papers = [Paper(one.name.vi, one.id, one.originals, one.certified, one.copies) for one in components]
    return receive(
        actor=actor_of(counter.receives), now=at, unit=counter.unit, procedure=counter.procedure,
        intake=Intake(person, papers, is_no_duplicate=True), receiver=counter.receives, is_sample=True,
    )  # fmt: skip


def _settle(counter: _Counter, dossier: Dossier, at: datetime) -> None:
    """Every step of the procedure, one after another."""
    hands = {"receive": counter.receives, "settle": counter.settles, "sign": counter.signs, "return": counter.receives}
    for id_, person in hands.items():
        step = latest_steps(Dossier.objects.get(pk=dossier.pk))[id_]
        by: dict[str, Any] = {"actor": actor_of(person), "now": at}
        if step.holder_id is None:
            working.take_up(**by, step=step, official=person, expected_version=step.dossier.version)
            step = latest_steps(Dossier.objects.get(pk=dossier.pk))[id_]
        result = Result("GKS (mẫu)", at.date()) if id_ == "sign" else None
        working.complete(**by, step=step, expected_version=step.dossier.version, result=result)


def _rate(way: str, dossier: Dossier, given: Given, receiving: dict[str, Any]) -> None:
    owner = {"actor": owner_of(dossier), "now": receiving["now"]}
    if way == "paper":
        type_paper(**receiving, dossier=dossier, given=given)
    elif way == "tablet":
        key = open_tablet(**receiving, dossier=dossier).key
        rate_on_tablet(**owner, dossier=dossier, key=key, given=given)
    else:
        rate(**owner, dossier=dossier, given=given)
