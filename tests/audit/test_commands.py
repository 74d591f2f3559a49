from __future__ import annotations

import json
from pathlib import Path

import pytest

from cchc.audit.keys import create_key
from cchc.cli.main import main
from tests.audit.engines import only_sqlite
from tests.audit.notes import HOA, NOON, note_words
from tests.audit.tampering import EVENT, HEAD, PAYLOAD, drop_triggers, sql

pytestmark = [pytest.mark.usefixtures("notes"), pytest.mark.requirement(125)]


@pytest.fixture
def key(settings, tmp_path: Path) -> str:
    settings.AUDIT_KEY_FILE = str(tmp_path / "keys" / "audit-ed25519")
    return create_key(Path(settings.AUDIT_KEY_FILE))


def run(*arguments: str, capsys) -> tuple[int, str, str]:
    code = main(["audit", *arguments, "--lang", "en"])
    out, err = capsys.readouterr()
    return code, out, err


def test_a_whole_chain_gives_zero_and_says_what_is_not_known(capsys) -> None:
    note_words(actor=HOA, now=NOON, count=3)
    code, out, err = run("verify", capsys=capsys)
    assert (code, err) == (0, "")
    assert "3 events" in out
    assert "Not compared with a signed head" in out


def test_damage_gives_one_and_names_it(capsys) -> None:
    note_words(actor=HOA, now=NOON, count=3)
    drop_triggers()
    sql(f"UPDATE {EVENT} SET kind = 'x' WHERE sequence = 2")
    code, out, _ = run("verify", capsys=capsys)
    assert code == 1
    assert "Event 2 was edited" in out
    assert f"{EVENT}_no_update" in out
    assert "DAMAGED" in out


def test_json_says_the_same(capsys) -> None:
    note_words(actor=HOA, now=NOON, count=3)
    drop_triggers()
    sql(f"UPDATE {EVENT} SET kind = 'x' WHERE sequence = 2")
    code, out, _ = run("verify", "--json", capsys=capsys)
    document = json.loads(out)
    assert (code, document["valid"], document["events"], document["redacted"]) == (1, False, 3, 0)
    assert document["counts"] == {"audit.event_edited": 1}
    (damage,) = document["damages"]
    assert (damage["code"], damage["first"], damage["last"]) == ("audit.event_edited", 2, 2)
    assert f"{EVENT}_no_update" in document["missing_triggers"]
    assert (document["head"]["sequence"], document["signed_head"]) == (3, None)


def test_missing_triggers_alone_are_a_finding(capsys) -> None:
    drop_triggers()
    code, out, _ = run("verify", capsys=capsys)
    assert code == 1
    assert "The protecting trigger" in out


def test_more_damage_than_fits_is_counted(capsys) -> None:
    note_words(actor=HOA, now=NOON, count=30)
    drop_triggers()
    sql(f"UPDATE {EVENT} SET kind = 'x'")
    _, out, _ = run("verify", capsys=capsys)
    assert "and 10 more findings" in out


def test_a_signed_head_shows_a_cut_end(key: str, tmp_path: Path, capsys) -> None:
    note_words(actor=HOA, now=NOON, count=5)
    head = tmp_path / "head.json"
    code, out, _ = run("head", "--out", str(head), capsys=capsys)
    assert code == 0
    assert "event 5" in out
    assert run("verify", "--head", str(head), capsys=capsys)[0] == 0
    drop_triggers()
    sql(f"DELETE FROM {PAYLOAD} WHERE event_id = 5")
    sql(f"DELETE FROM {EVENT} WHERE sequence = 5")
    sql(f"UPDATE {HEAD} SET sequence = 4, hash = (SELECT hash FROM {EVENT} WHERE sequence = 4)")
    assert "the end was cut off" not in run("verify", capsys=capsys)[1]
    code, out, _ = run("verify", "--head", str(head), capsys=capsys)
    assert code == 1
    assert "the end was cut off" in out


def test_a_head_is_checked_with_the_public_key_alone(key: str, settings, tmp_path: Path, capsys) -> None:
    head = tmp_path / "head.json"
    run("head", "--out", str(head), capsys=capsys)
    settings.AUDIT_KEY_FILE = str(tmp_path / "elsewhere")
    assert run("verify", "--head", str(head), "--key", key, capsys=capsys)[0] == 0
    code, _, err = run("verify", "--head", str(head), "--key", "00" * 32, capsys=capsys)
    assert code == 1
    assert "not with the trusted key" in err
    code, _, err = run("verify", "--head", str(head), capsys=capsys)
    assert code == 2
    assert "cannot be read" in err


@pytest.mark.parametrize("content", [None, b"", b"{}", b"x" * 20_000])
def test_an_unreadable_head_gives_two(content: bytes | None, key: str, tmp_path: Path, capsys) -> None:
    head = tmp_path / "head.json"
    if content is not None:
        head.write_bytes(content)
    code, out, err = run("verify", "--head", str(head), capsys=capsys)
    assert (code, out) == (2, "")
    assert err


def test_a_head_never_overwrites_a_file(key: str, tmp_path: Path, capsys) -> None:
    head = tmp_path / "head.json"
    head.write_text("older")
    code, _, err = run("head", "--out", str(head), capsys=capsys)
    assert (code, head.read_text()) == (1, "older")
    assert "cannot be written" in err


@pytest.mark.parametrize("change", [f"UPDATE {HEAD} SET hash = 'x'", f"DELETE FROM {HEAD}"])
def test_a_damaged_end_is_not_signed(change: str, key: str, tmp_path: Path, capsys) -> None:
    note_words(actor=HOA, now=NOON, count=2)
    drop_triggers()
    sql(change)
    code, _, err = run("head", "--out", str(tmp_path / "head.json"), capsys=capsys)
    assert code == 1
    assert "is not signed" in err
    assert not (tmp_path / "head.json").exists()


def test_the_key_is_made_once(settings, tmp_path: Path, capsys) -> None:
    settings.AUDIT_KEY_FILE = str(tmp_path / "key")
    code, out, _ = run("key", capsys=capsys)
    assert code == 0
    assert str(tmp_path / "key") in out
    code, _, err = run("key", capsys=capsys)
    assert code == 1
    assert "never replaced" in err


@only_sqlite
def test_a_database_without_the_chain_is_said_so(capsys) -> None:
    drop_triggers()
    for table in (PAYLOAD, EVENT, HEAD):
        sql(f"DROP TABLE {table}")
    code, _, err = run("verify", capsys=capsys)
    assert code == 2
    assert "no audit tables" in err
