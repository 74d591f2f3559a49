"""The frame of the command line: exit codes, sentences instead of tracebacks, quick starts."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import click
import pytest

from cchc.cli import main as frame
from cchc.cli.main import COMMANDS, main
from cchc.cli.session import language_option
from cchc.records.errors import Place, problem, refuse, unreadable


class Run(Protocol):
    def __call__(self, body: Callable[[], None], *arguments: str) -> int: ...


@pytest.fixture
def run_as(monkeypatch: pytest.MonkeyPatch) -> Run:
    """`run_as(function, *arguments)` runs `cchc probe` with that function as its body."""

    def run(body: Callable[[], None], *arguments: str) -> int:
        @click.command()
        @language_option
        def probe(language: str) -> None:
            body()

        monkeypatch.setattr(frame.CommandList, "get_command", lambda *_: probe)
        return main([*arguments, "probe"])

    return run


def raising(error: BaseException) -> Callable[[], None]:
    def body() -> None:
        raise error

    return body


@pytest.mark.parametrize("name", COMMANDS)
def test_every_listed_command_exists_and_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    command = importlib.import_module(f"cchc.cli.{name}").command
    assert isinstance(command, click.Command)
    assert main([name, "--help"]) == 0
    shown = capsys.readouterr().out
    assert f"cchc {name}" in shown
    for sub in getattr(command, "commands", {}):
        assert main([name, sub, "--help"]) == 0


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["--version"], ["verify", "--help"]])
def test_asking_for_help_is_no_error(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    assert "cchc" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["nope"],
        ["verify"],
        ["verify", "a", "b"],
        ["verify", "a", "--nope"],
        ["verify", "a", "--lang", "fr"],
        ["--nope"],
    ],
)
def test_misuse_is_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Error" in captured.err


def test_refusals_are_sentences_with_place_next_step_and_code(run_as: Run, capsys: pytest.CaptureFixture[str]) -> None:
    place = Place("so.csv", row=7)
    refusal = refuse("records.not_a_number", place, text="abc")
    assert run_as(raising(refusal)) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    sentence = "“abc” không phải là số. Ghi như 83,5 hoặc 83.5, không dùng dấu phân cách hàng nghìn."
    assert captured.err.splitlines() == [f"so.csv:7: {sentence} [records.not_a_number]"]


def test_every_problem_has_its_line_in_the_language_asked_for(run_as: Run, capsys: pytest.CaptureFixture[str]) -> None:
    problems = [problem("records.not_a_number", Place("a.csv", row=row), text="x\x1b[31m\ny") for row in (1, 2)]
    error = refuse("records.not_a_number", text="")
    error.problems = tuple(problems)
    assert run_as(raising(error), "--lang", "en") == 1
    lines = capsys.readouterr().err.splitlines()
    assert [line[:8] for line in lines] == ["a.csv:1:", "a.csv:2:"]
    assert "is not a number" in lines[0]
    assert "\x1b" not in lines[0]  # a file cannot colour or clear somebody's terminal


def test_the_unreadable_is_two(run_as: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_as(raising(unreadable("records.not_utf8", Place("a.yaml", 3)))) == 2
    assert capsys.readouterr().err.startswith("a.yaml:3: ")


def test_the_language_may_stand_before_or_after_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = str(tmp_path / "missing.csv")
    said = []
    for arguments in (["--lang", "en", "verify", missing], ["verify", missing, "--lang", "en"], ["verify", missing]):
        assert main(arguments) == 2
        said.append(capsys.readouterr().err)
    assert said[0] == said[1] != said[2]


def test_a_fault_of_cchc_is_reported_in_short_and_not_swallowed(
    run_as: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CCHC_DEBUG", raising=False)
    assert run_as(raising(KeyError("lost"))) == 70
    short = capsys.readouterr().err
    assert "KeyError: 'lost'" in short
    assert "Traceback" not in short
    assert len(short.splitlines()) == 1


def test_a_fault_of_cchc_shows_its_traceback_when_asked(
    run_as: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run_as(raising(KeyError("lost")), "--debug") == 70
    assert "Traceback" in capsys.readouterr().err
    monkeypatch.setenv("CCHC_DEBUG", "1")
    assert run_as(raising(KeyError("lost"))) == 70
    assert "Traceback" in capsys.readouterr().err


def test_a_refusal_without_words_is_a_fault_too(run_as: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_as(raising(refuse("records.nobody_wrote_this"))) == 70
    assert "records.nobody_wrote_this" in capsys.readouterr().err


def test_ctrl_c_is_quiet(run_as: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_as(raising(KeyboardInterrupt())) == 130
    assert capsys.readouterr().err.strip() == ""


def test_a_reader_that_has_gone_is_quiet(run_as: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_as(raising(BrokenPipeError())) == 141
    assert capsys.readouterr().err == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
def test_a_full_disk_is_a_sentence(tmp_path: Path) -> None:
    path = os.pathsep.join(sys.path)
    command = [sys.executable, "-m", "cchc.cli.main", "verify", "--help"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": path}, check=False
        )
    assert done.returncode == 74
    assert b"Traceback" not in done.stderr


def test_closed_streams_swallow_what_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["verify", "--help"]) == 0
    assert main(["verify", str(tmp_path / "missing.csv")]) == 2
    sys.stdout.close()
    sys.stderr.close()


def cchc(*arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "cchc.cli.main", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment},
    )


def test_a_closed_pipe_leaves_no_traceback() -> None:
    process = cchc("verify", "--help", PYTHONUNBUFFERED="")
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    said = process.stderr.read()
    process.stderr.close()
    assert process.wait() != 70
    assert said == b""


def test_light_commands_load_neither_django_nor_rich_nor_the_web_server(tmp_path: Path) -> None:
    table = tmp_path / "bang.csv"
    table.write_text("Đơn vị;Điểm thẩm định\nĐăk Kôi;81,18/93\n", encoding="utf-8")
    for arguments in (["--help"], ["verify", str(table), "--json"]):
        script = (
            "import sys; from cchc.cli.main import main;"
            f"code = main({arguments!r});"
            "heavy = {'django', 'granian', 'rich', 'openpyxl', 'xlsxwriter', 'polars'} & set(sys.modules);"
            "sys.exit(repr(heavy) if heavy else code)"
        )
        path = os.pathsep.join(sys.path)
        done = subprocess.run(
            [sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": path}, capture_output=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, b"")


def test_letters_a_terminal_lacks_do_not_stop_the_work(tmp_path: Path) -> None:
    table = tmp_path / "bang.csv"
    table.write_text("Đơn vị;Điểm thẩm định\nĐăk Kôi;81,18/93\n", encoding="utf-8")
    out, err = cchc("verify", str(table), PYTHONIOENCODING="ascii", PYTHONUTF8="0").communicate()
    assert b"81,18/93" in out
    assert err == b""
