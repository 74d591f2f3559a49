"""The secret is made once, for its owner only; the data directory is private."""

import os
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from cchc.config.databases import with_options
from cchc.config.places import private_directory, secret_key
from cchc.interface.beside import FileBeside


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_data_directory_is_private(tmp_path):
    assert mode(private_directory(tmp_path / "new" / "var")) == 0o700


def test_an_existing_directory_is_kept(tmp_path):
    (tmp_path / "file").touch()
    private_directory(tmp_path)
    assert (tmp_path / "file").exists()


def test_the_secret_is_made_once(tmp_path):
    path = tmp_path / "keys" / "secret-key"
    first = secret_key(path)
    assert len(first) >= 64
    assert mode(path) == 0o600
    assert secret_key(path) == first
    assert [kept.name for kept in path.parent.iterdir()] == ["secret-key"]


def test_a_given_secret_is_used(tmp_path):
    path = tmp_path / "secret-key"
    path.write_text("given\n")
    assert secret_key(path) == "given"


def test_processes_that_start_together_agree(tmp_path):
    path = tmp_path / "secret-key"
    with ThreadPoolExecutor(16) as pool:
        assert len(set(pool.map(lambda _: secret_key(path), range(64)))) == 1


@pytest.mark.parametrize(
    ("engine", "option", "value"),
    [
        ("django.db.backends.sqlite3", "transaction_mode", "IMMEDIATE"),
        ("django.db.backends.sqlite3", "timeout", 20),
        ("django.db.backends.postgresql", "pool", True),
    ],
)
def test_each_engine_gets_its_options(engine, option, value):
    assert with_options({"ENGINE": engine})["OPTIONS"][option] == value


def test_what_the_address_says_wins():
    options = with_options({"ENGINE": "django.db.backends.sqlite3", "OPTIONS": {"timeout": 5}})["OPTIONS"]
    assert options["timeout"] == 5
    assert "synchronous=FULL" in options["init_command"]


@pytest.mark.parametrize(
    ("chosen", "key"), [({}, "data/keys/audit-ed25519"), ({"CCHC_AUDIT_KEY_FILE": "x/key"}, "x/key")]
)
def test_the_key_of_the_chain_lies_among_the_data_unless_a_file_is_named(tmp_path, chosen, key):
    environment = {**os.environ, "CCHC_DATA": str(tmp_path / "data")}
    environment.pop("CCHC_AUDIT_KEY_FILE", None)
    environment |= {name: str(tmp_path / value) for name, value in chosen.items()}
    code = "import django; django.setup(); from cchc.audit.keys import key_file; print(key_file())"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment | {"DJANGO_SETTINGS_MODULE": "cchc.config.settings"},
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == str(tmp_path / key)


def test_a_file_beside_the_register_is_made_private_when_it_is_opened(tmp_path):
    beside = FileBeside(tmp_path / "new" / "counts.sqlite3", "CREATE TABLE IF NOT EXISTS counts (number INTEGER)")
    assert not beside.exists
    for number in (1, 2):
        with beside.opened() as database:
            database.execute("INSERT INTO counts VALUES (?)", [number])
    assert beside.exists and mode(tmp_path / "new" / "counts.sqlite3") == 0o600
    with pytest.raises(sqlite3.OperationalError), beside.opened() as database:
        database.executescript("BEGIN; DELETE FROM counts; SELECT * FROM missing")
    with beside.opened() as database:
        assert database.execute("SELECT sum(number) FROM counts").fetchone() == (3,), "one transaction, or nothing"
