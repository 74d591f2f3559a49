"""Asking ClamAV's daemon: `clamd` over a socket, command INSTREAM. Off unless `CCHC_CLAMD` names one."""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass
from enum import StrEnum
from typing import IO, Final

from django.conf import settings

_CHUNK: Final = 1 << 16
_SECONDS: Final = 60
_LONGEST_ANSWER: Final = 1_000


class Outcome(StrEnum):
    """`unknown`: the scanner answered that it could not tell, for instance because the content is too large for it."""

    CLEAN = "clean"
    FOUND = "found"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """What the scanner said of a content, and the name of what it found or its reason."""

    outcome: Outcome
    what: str = ""


def is_scanning() -> bool:
    """Whether uploads wait for a scanner."""
    return bool(settings.CCHC_CLAMD)


def scan(source: IO[bytes]) -> Finding:
    """Send a content to the scanner and wait for its answer.

    Raises `OSError` when there is none: nobody listens, the connection breaks, or it takes over a minute.
    """
    with _connected(settings.CCHC_CLAMD) as line:
        line.sendall(b"zINSTREAM\0")
        try:
            while chunk := source.read(_CHUNK):
                line.sendall(struct.pack("!L", len(chunk)) + chunk)
            line.sendall(struct.pack("!L", 0))
        except BrokenPipeError:  # it has had enough, and says why
            return understood(_answer(line))
        return understood(_answer(line))


def understood(answer: bytes) -> Finding:
    """`stream: OK`, `stream: NAME FOUND`, or anything else with `ERROR`. Raises `OSError` for silence."""
    said = answer.rstrip(b"\0\r\n").decode("utf-8", "replace").removeprefix("stream: ").strip()
    if not said:
        raise OSError("the scanner closed the connection without an answer")
    if said == "OK":
        return Finding(Outcome.CLEAN)
    if said.endswith(" FOUND"):
        return Finding(Outcome.FOUND, said.removesuffix(" FOUND"))
    return Finding(Outcome.UNKNOWN, said[:_LONGEST_ANSWER])


def _connected(address: str) -> socket.socket:
    """`unix:/run/clamav/clamd.ctl` or `tcp:127.0.0.1:3310`. Raises `ValueError` for another address."""
    way, _, place = address.partition(":")
    if way == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(_SECONDS)
        try:
            line.connect(place)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = place.rpartition(":")
    if way != "tcp" or not host or not port.isdecimal():
        raise ValueError("CCHC_CLAMD is unix:/path or tcp:host:port")
    return socket.create_connection((host, int(port)), timeout=_SECONDS)


def _answer(line: socket.socket) -> bytes:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER and (part := line.recv(_LONGEST_ANSWER)):
        answer += part
    return answer
