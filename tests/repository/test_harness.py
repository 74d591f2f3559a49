"""The harness itself: what it promises to refuse, it refuses."""

import os
import socket
import subprocess
import sys
import urllib.request
import warnings
from pathlib import Path

import pytest
from django.db import connection
from django.template import Context, Template

from tests.support.network import NetworkRefused


def test_connections_leaving_the_machine_are_refused():
    with socket.socket() as outward, pytest.raises(NetworkRefused):
        outward.connect(("192.0.2.1", 80))


def test_names_are_not_looked_up():
    with pytest.raises(NetworkRefused):
        socket.getaddrinfo("example.org", 443)


def test_warnings_are_errors():
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)


def test_an_undefined_template_variable_fails():
    with pytest.raises(pytest.fail.Exception, match="nobody"):
        Template("{{ nobody.knows }}").render(Context({}))


def test_commits_are_real_and_gone_with_the_copy(committed_database):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE left_behind (number integer)")
    connection.close()
    assert "left_behind" in connection.introspection.table_names()
    assert connection.settings_dict["NAME"] == committed_database


@pytest.mark.django_db
def test_copies_leave_the_test_database_alone():
    assert "left_behind" not in connection.introspection.table_names()


def test_the_live_site_answers(live_site):
    with urllib.request.urlopen(f"{live_site}/khoe") as answer:
        assert answer.status == 200


ROOT = Path(__file__).parents[2]
NOTES_ITS_PROCESS = """
import os, pathlib, pytest
pytestmark = [pytest.mark.long] if {is_long} else []
@pytest.mark.parametrize("number", range({many}))
def test_it(number):
    with pathlib.Path({log!r}).open("a") as log: log.write(f"{name} {{os.getpid()}}\\n")
"""


@pytest.mark.long
def test_each_file_is_run_whole_by_one_process_however_they_are_ordered(tmp_path):
    log = tmp_path / "log"
    for many, name in enumerate("abcdefgh", 5):
        text = NOTES_ITS_PROCESS.format(name=name, many=many, is_long=name in "dh", log=str(log))
        (tmp_path / f"test_{name}.py").write_text(text, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = long: takes long\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "tests.support.shuffling", "-n", "2", "--dist", "loadfile"]
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "DJANGO"))}
    subprocess.run(
        [*command, "--no-loadscope-reorder", "--seed", "3", "."],
        cwd=tmp_path,
        env={**outside, "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
    )
    lines = log.read_text(encoding="utf-8").splitlines()
    assert (len(lines), len(set(lines))) == (sum(range(5, 13)), 8)
