"""`cchc demo` as `./run` starts it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener, urlopen

import pytest

LAST_WORDS = re.compile(r"panicked at|fatal runtime error|aborting")
"""With which the runtime of the web server begins to say that a thread of its own was ended."""


def _environment(data: Path) -> dict[str, str]:
    """An installation of its own, on SQLite, unbuffered so that its lines can be read."""
    own = {"CCHC_DATA": str(data), "DJANGO_SETTINGS_MODULE": "cchc.config.settings", "PYTHONUNBUFFERED": "1"}
    return {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | own


def _demo(data: Path, *options: str) -> subprocess.CompletedProcess[str]:
    environment = _environment(data)
    return subprocess.run(
        [sys.executable, "-m", "cchc.cli.main", "demo", *options],
        env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("option", ["--port=0", "--port=65536", "--quickly"])
def test_misuse_is_exit_code_two(tmp_path: Path, option: str) -> None:
    answer = _demo(tmp_path / "var", option)
    assert answer.returncode == 2
    assert "Traceback" not in answer.stderr


def test_a_taken_port_is_a_sentence_and_nothing_is_prepared(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        answer = _demo(tmp_path / "var", f"--port={taken.getsockname()[1]}")
    assert (answer.returncode, answer.stdout) == (1, "")
    assert "127.0.0.1" in answer.stderr and "Traceback" not in answer.stderr
    assert not (tmp_path / "var" / "cchc.sqlite3").exists()


@pytest.mark.long
def test_an_empty_database_is_filled_once_and_served_as_it_says(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with _started(tmp_path / "var", f"--port={port}") as process:
        assert process.stdout is not None
        before = list(takewhile(lambda line: f"http://127.0.0.1:{port}/" not in line, process.stdout))
        assert "Kon Rẫy năm 2022" in before[0]
        assert sum("quantri" in line for line in before) == 1, "sample accounts, their passwords shown once"
        assert "Đăk Pnê" in _answer(f"http://127.0.0.1:{port}/")
        assert _pdf_of_first_paper(f"http://127.0.0.1:{port}").startswith(b"%PDF"), "the demo itself has printed one"
        workers = _workers_of(process.pid)
        assert len(workers) == 1
        process.terminate()
        # Nothing but the log of requests; a thread of the web server that is still in Python when Python ends is ended
        # by it, which its runtime (Rust) calls a panic, in several lines: on a busy machine, and when all is over.
        rest = [line for line in process.stdout if line.strip() and not line.startswith("{")]
        assert list(takewhile(lambda line: not LAST_WORDS.search(line), rest)) == []
        assert not any("Traceback" in line for line in rest)
        process.wait(timeout=30)
        assert not Path(f"/proc/{workers[0]}").exists()
    again = _demo(tmp_path / "var", "--no-serve", "--lang", "en")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")


def _workers_of(server: int) -> list[str]:
    """The processes that do jobs, among those that the server has started."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    return [child for child in children if b"\0worker\0" in Path(f"/proc/{child}/cmdline").read_bytes()]


def _pdf_of_first_paper(site: str) -> bytes:
    """Signed in as an officer of the sample province; it waits ten seconds."""
    opener = build_opener(HTTPCookieProcessor())
    page = opener.open(f"{site}/dang-nhap/vai/", timeout=10).read().decode()
    (token, *_) = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    choice = urlencode({"csrfmiddlewaretoken": token, "username": "kiemsoat"}).encode()
    opener.open(f"{site}/dang-nhap/vai/", choice, timeout=10).read()
    answer: bytes = opener.open(f"{site}/van-ban/1/tai/pdf/", timeout=10).read()
    return answer


@contextmanager
def _started(data: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    environment = _environment(data)
    command = [sys.executable, "-m", "cchc.cli.main", "demo", *options]
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )  # fmt: skip
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=30)


def _answer(address: str) -> str:
    """What the server says once it listens; it has a minute to start."""
    for _ in range(120):
        try:
            with urlopen(address, timeout=10) as answer:
                return str(answer.read().decode())
        except URLError:
            time.sleep(0.5)
    raise AssertionError(f"nobody answers on {address}")
