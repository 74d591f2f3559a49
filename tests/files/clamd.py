"""A scanner for tests that speaks clamd's INSTREAM over a real socket."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

EVIL = b"CCHC-TEST-SIGNATURE"


class FakeClamd:
    """Finds `EVIL`. `most`: bytes it takes before it gives up; `is_silent`: hangs up without a word."""

    def __init__(self, listening: socket.socket, *, most: int = 1_000_000, is_silent: bool = False) -> None:
        self._listening = listening
        self._most = most
        self._is_silent = is_silent
        self.seen: list[bytes] = []

    def serve(self) -> None:
        while True:
            try:
                line, _ = self._listening.accept()
            except OSError:  # closed: the test is over
                return
            with line, suppress(ConnectionError):
                self._answer(line)

    def _answer(self, line: socket.socket) -> None:
        if _exactly(line, 10) != b"zINSTREAM\0":
            line.sendall(b"UNKNOWN COMMAND\0")
            return
        content = b""
        while size := struct.unpack("!L", _exactly(line, 4))[0]:
            content += _exactly(line, size)
            if len(content) > self._most:
                line.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.seen.append(content)
        if not self._is_silent:
            line.sendall(b"stream: Test.Evil-1 FOUND\0" if EVIL in content else b"stream: OK\0")


def _exactly(line: socket.socket, size: int) -> bytes:
    content = b""
    while len(content) < size:
        part = line.recv(size - len(content))
        if not part:
            raise ConnectionError
        content += part
    return content


@contextmanager
def listening(folder: Path, **behaviour: object) -> Iterator[tuple[str, FakeClamd]]:
    """Its address for `CCHC_CLAMD`, and itself."""
    path = folder / "clamd.ctl"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(path))
        server.listen()
        fake = FakeClamd(server, **behaviour)  # type: ignore[arg-type]
        thread = Thread(target=fake.serve)
        thread.start()
        try:
            yield f"unix:{path}", fake
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()
            path.unlink()
