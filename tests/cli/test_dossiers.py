"""`cchc dossiers recount`: says what would move, and asks for the job only when told to."""

from __future__ import annotations

import json

import pytest
import time_machine

from cchc.cli.main import main
from cchc.dossiers.jobs import OF_UNIT
from cchc.interface.models import Job
from tests.dossiers.test_recounting import FIRST, as_if_counted_by_an_older_version
from tests.factories.dossiers import LAND, Desk, at, desk_of_a_commune, now_of, received
from tests.factories.jobs import do_job
from tests.factories.organizations import BY_TESTS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def friday(settings, tmp_path):
    settings.CCHC_DATA = tmp_path
    with time_machine.travel(at("27 08:00"), tick=False):
        yield


@pytest.fixture
def desk(db: None) -> Desk:
    return desk_of_a_commune()


@pytest.mark.requirement(48)
def test_what_an_upgrade_moves_is_said_and_done_when_asked_for(desk: Desk, capsys):
    dossier = received(desk, LAND)
    right = dossier.due_at
    assert main(["dossiers", "recount", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"dossiers": [], "job": None}
    as_if_counted_by_an_older_version(**BY_TESTS, dossier=dossier)
    assert main(["dossiers", "recount", "--unit", "xa-mot"]) == 0
    said = capsys.readouterr().out
    assert f"{dossier.code}: ngày hẹn" in said and "1 hồ sơ đang mở" in said and "--apply" in said
    assert not Job.objects.filter(kind=OF_UNIT).exists() and now_of(dossier).due_at == FIRST
    assert main(["dossiers", "recount", "--unit", "xa-hai", "--apply", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"dossiers": [], "job": None}, "nothing to do there"
    assert main(["dossiers", "recount", "--apply", "--lang", "en"]) == 0
    assert "is asked for" in capsys.readouterr().out
    do_job(Job.objects.get(kind=OF_UNIT))
    assert now_of(dossier).due_at == right
    assert main(["dossiers", "recount", "--unit", "khong-co"]) == 1
