"""`cchc retention` and `cchc disclosures`: what falls due, what is asked for, whether the log is whole."""

from __future__ import annotations

import json
import sqlite3
from datetime import timedelta
from importlib import resources

import pytest
import time_machine
from django.contrib.sessions.models import Session

from cchc.cli.main import main
from cchc.interface.models import Job
from cchc.privacy.actions import seal_log
from cchc.privacy.log import Disclosure, disclosure_log
from tests.factories.organizations import BY_TESTS, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(settings, tmp_path):
    settings.CCHC_DATA = tmp_path
    settings.CCHC_OUTBOX = tmp_path / "outbox"
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def old_sessions() -> None:
    for days in (100, 29):
        Session.objects.create(session_key=f"s{days}", session_data="-", expire_date=NOW - timedelta(days))


@pytest.mark.usefixtures("old_sessions")
def test_what_falls_due_is_listed_with_its_source(capsys):
    assert main(["retention", "list", "--json", "--lang", "en"]) == 0
    rules = {one["code"]: one for one in json.loads(capsys.readouterr().out)["rules"]}
    sessions = rules["organizations.sessions"]
    assert (sessions["due"], sessions["held"], sessions["soon"]) == (1, 0, 1)
    assert (sessions["keep"], sessions["then"], sessions["verified"]) == ("30 days", "Deleted", False)
    assert sessions["before"] == "2026-10-24" and sessions["doubt"]
    assert main(["retention", "list"]) == 0
    page = capsys.readouterr().out
    assert "30 ngày" in page and "chưa đối" in page


@pytest.mark.usefixtures("old_sessions")
def test_a_dry_run_writes_nothing_and_a_run_asks_for_the_job(capsys):
    assert main(["retention", "run", "--dry-run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rules"]
    assert not Job.objects.exists() and Session.objects.count() == 2
    assert main(["retention", "run"]) == 0
    assert "1 mục" in capsys.readouterr().out
    job = Job.objects.get()
    assert (job.kind, job.requested_by) == ("privacy.retention", "system:command-line:retention run")


def test_rules_of_an_installation_are_checked_before_use(tmp_path, capsys):
    shipped = (resources.files("cchc.privacy") / "rules.yaml").read_text(encoding="utf-8")
    own = tmp_path / "own.yaml"
    own.write_text(shipped, encoding="utf-8")
    assert main(["retention", "check", str(own)]) == 0
    own.write_text(shipped.replace("then: close", "then: delete", 1), encoding="utf-8")
    assert main(["retention", "check", str(own)]) == 1
    said = capsys.readouterr().err
    assert "own.yaml" in said and "privacy.rule_disagrees" in said
    assert main(["retention", "check", str(tmp_path / "none.yaml")]) == 2


def test_the_log_is_listed_and_verified_against_its_seals(tmp_path, capsys):
    for person in ("cb1", "cb2"):
        disclosure_log().append(
            Disclosure(NOW, person, "", "organizations:official", "read", "organizations.Official", "7", 1, "")
        )
    seal_log(**BY_TESTS)
    assert main(["disclosures", "list", "--most", "1", "--json"]) == 0
    assert [one["by"] for one in json.loads(capsys.readouterr().out)["lines"]] == ["cb2"]
    assert main(["disclosures", "list"]) == 0
    assert "cb1" in capsys.readouterr().out
    assert main(["disclosures", "verify", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"valid": True, "lines": 2, "removed": 0, "damaged": []}
    database = sqlite3.connect(tmp_path / "disclosures.sqlite3")
    database.execute("DROP TRIGGER lines_no_delete")
    database.execute("DELETE FROM lines WHERE number = 2")
    database.commit()
    database.close()
    assert main(["disclosures", "verify"]) == 1
    assert "2" in capsys.readouterr().out
