"""`cchc oversight refresh` asks for the job that the schedule asks for, too."""

from __future__ import annotations

import json

import pytest
import time_machine

from cchc.cli.main import main
from cchc.interface.models import Job
from cchc.oversight.models import KeptDossier
from tests.factories.dossiers import at, desk_of_a_commune
from tests.factories.jobs import do_job
from tests.factories.oversight import late_with

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def wednesday(settings, tmp_path):
    settings.CCHC_DATA = tmp_path
    with time_machine.travel(at("25 10:00"), tick=False):
        yield


def test_the_job_is_asked_for_and_keeps_what_is_late(capsys):
    late_with(desk_of_a_commune())
    assert main(["oversight", "refresh", "--json"]) == 0
    job = Job.objects.get(pk=json.loads(capsys.readouterr().out)["job"])
    assert job.kind == "oversight.refresh" and not KeptDossier.objects.exists()
    do_job(job)
    assert KeptDossier.objects.get().late_minutes == 120
    assert main(["oversight", "refresh", "--all", "--lang", "en"]) == 0
    assert "cchc worker" in capsys.readouterr().out
    assert Job.objects.filter(kind="oversight.refresh_all").count() == 1
