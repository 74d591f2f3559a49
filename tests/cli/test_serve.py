"""`cchc serve`: hands over to the server, or says why it cannot listen."""

from __future__ import annotations

import socket

import pytest

from cchc.cli.main import main
from cchc.config import serving


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Where the server was told to listen."""
    told: list[tuple[str, int]] = []
    monkeypatch.setattr(serving, "serve", lambda host, port: told.append((host, port)))
    return told


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_the_port_comes_from_the_option_or_the_environment(
    served: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = a_free_port(), a_free_port()
    monkeypatch.setenv("CCHC_PORT", str(first))
    assert main(["serve"]) == 0
    assert main(["serve", "--port", str(second), "--host", "localhost"]) == 0
    assert served == [("127.0.0.1", first), ("localhost", second)]


def test_a_port_in_use_is_a_sentence(served: list[tuple[str, int]], capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert main(["serve", "--port", str(port), "--lang", "en"]) == 1
    assert f"127.0.0.1, port {port}" in capsys.readouterr().err
    assert served == []


def test_a_name_nobody_knows_is_a_sentence(
    served: list[tuple[str, int]], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert main(["serve", "--host", "khong-co.example"]) == 1
    assert "khong-co.example" in capsys.readouterr().err
    assert served == []


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_a_port_that_is_none_is_misuse(port: str, served: list[tuple[str, int]]) -> None:
    assert main(["serve", "--port", port]) == 2
    assert served == []
