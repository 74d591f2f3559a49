"""`cchc bench desk` in small: a register is laid out, everything is done in it, and what does not hold is said."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.db.models import F

from cchc.bench import desk as bench
from cchc.bench import desk_contestant
from cchc.bench.desk import BARE, IN_DATABASE, REQUESTS, DeskFigures, Taken
from cchc.bench.desk_contestant import Contestant, serve
from cchc.dossiers.models import Dossier, DossierEvent, StepInstance

SMALL = {"communes": 3, "at_work": 9, "over": 4}


@pytest.mark.long
@pytest.mark.django_db
def test_a_register_is_laid_out_and_measured(settings, tmp_path):
    settings.CCHC_DATA = tmp_path
    said = StringIO()
    serve(100, StringIO("2\n"), said, **SMALL)
    began, measured = map(json.loads, said.getvalue().splitlines())
    assert began["engine"] in {"sqlite", "postgresql"} and began["seconds"] > 0
    assert set(measured) == {*REQUESTS, *IN_DATABASE, bench.ACTION, BARE}
    assert all(len(taken) == 2 and min(taken) > 0 for taken in measured.values())
    copied = Dossier.objects.exclude(unit__code="xa-0")
    assert {one.unit.code for one in copied.select_related("unit").order_by("pk")} == {"xa-1", "xa-2"}
    assert Dossier.objects.filter(is_sample=True).count() >= 100
    assert Dossier.objects.filter(ended_at=None, is_sample=True, unit__code="xa-1").count() == Dossier.objects.filter(
        ended_at=None, is_sample=True, unit__code="xa-2"
    ).count()  # fmt: skip
    steps = StepInstance.objects.filter(dossier__unit__code="xa-2").exclude(holder=None).order_by("pk")
    assert {step.unit.code for step in steps.select_related("unit")} == {"xa-2"}
    assert {step.holder.code for step in steps.select_related("holder")} <= {
        "receiving_officer-2", "settling_official-2", "signing_leader-2",
    }  # fmt: skip
    of_steps = DossierEvent.objects.exclude(step=None)
    assert of_steps.exists() and not of_steps.exclude(step__dossier=F("dossier")).exists()


@pytest.mark.long
@pytest.mark.django_db
def test_a_bare_script_that_writes_something_else_is_no_measurement(settings, tmp_path, monkeypatch):
    settings.CCHC_DATA = tmp_path
    monkeypatch.setattr(desk_contestant, "advance_barely", lambda *_: None)
    with pytest.raises(ArithmeticError, match="writes"):
        Contestant(desk_contestant.lay_out(1, communes=1, at_work=3, over=1)).check_same_writes()


def figures(**changed: float) -> DeskFigures:
    """Everything takes a millisecond at both sizes, but for what is said."""
    few = {name: Taken((1.0,) * 20) for name in (*REQUESTS, *IN_DATABASE, bench.ACTION, BARE)}
    many = few | {name: Taken((milliseconds,) * 20) for name, milliseconds in changed.items()}
    return DeskFigures("sqlite", (10, 1_000), {10: 1.0, 1_000: 2.0}, {10: few, 1_000: many})


@pytest.mark.parametrize(
    ("changed", "verdicts"),
    [
        ({}, (True, True, True)),
        ({"desk": 1.5}, (True, True, True)),
        ({"desk": 1.51}, (False, True, True)),
        ({"own steps": 2.0}, (True, True, True)),
        ({"own steps": 2.01}, (True, False, True)),
        ({bench.ACTION: 2.0}, (True, True, True)),
        ({bench.ACTION: 2.01}, (True, True, False)),
    ],
)
def test_each_limit_is_judged_on_both_sides_of_its_edge(changed: dict[str, float], verdicts: tuple[bool, ...]):
    found = figures(**changed)
    assert tuple(found.verdicts.values()) == verdicts
    assert found.holds == all(verdicts)


def test_of_a_hundred_turns_five_may_be_slow():
    assert Taken((1.0,) * 96 + (50.0,) * 4).most == 1.0
    assert Taken((1.0,) * 90 + (50.0,) * 10).most == 50.0
