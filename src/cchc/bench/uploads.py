"""Whether the site answers as before while hostile files are examined: each is looked at by a process of its own.

Works in the database that Django is set up with. Files are made here: zeros, a thousand times smaller than themselves.
"""

from __future__ import annotations

import struct
import time
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import cycle
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import Final

from django.test import Client
from django.utils.timezone import localdate

from cchc.bench.timing import interleave
from cchc.files.examining.asking import examine
from cchc.files.limits import UploadLimits, limits_on
from cchc.files.signatures import KINDS
from cchc.records.errors import DomainError

PAGES: Final = 100
ROUNDS: Final = 5
MOST_TIMES: Final = 1.5
"""Differences under about 30 % mean nothing on a shared machine."""
PAGE: Final = "/dang-nhap/"
_SIDE: Final = 8_000  # 64 megapixels, the most that is examined
_EXPANDED: Final = 190_000_000  # just what a package may hold


@dataclass(frozen=True, slots=True)
class UploadFigures:
    """Milliseconds of every page, alone and beside the examiner; how many hostile files were examined meanwhile."""

    alone: tuple[float, ...]
    beside: tuple[float, ...]
    examined: int

    @property
    def times(self) -> float:
        """The 95th of a hundred pages beside the examiner, over that of pages alone."""
        return p95(self.beside) / p95(self.alone)

    @property
    def holds(self) -> bool:
        """Whether pages came as before while at least one file was examined to its end."""
        return self.times <= MOST_TIMES and self.examined > 0


def p95(milliseconds: tuple[float, ...]) -> float:
    """What 95 of a hundred pages stay under."""
    return quantiles(milliseconds, n=20)[-1]


def run(pages: int = PAGES, rounds: int = ROUNDS) -> UploadFigures:
    """Ask for the page, alone and beside an examiner, in turn."""
    client = Client(headers={"host": "127.0.0.1"})
    _ask(client)  # what is loaded once
    alone: list[float] = []
    beside: list[float] = []
    examined: list[str] = []

    def ask_alone() -> None:
        alone.extend(_ask(client) for _ in range(pages))

    def ask_beside() -> None:
        with _examiner(paths, examined):
            beside.extend(_ask(client) for _ in range(pages))

    with _files() as paths:
        interleave({"alone": ask_alone, "beside": ask_beside}, rounds)
    return UploadFigures(tuple(alone), tuple(beside), len(examined))


def bombs() -> Mapping[str, bytes]:
    """A file of each kind that costs the most, by its kind."""
    return {"png": _picture(), "docx": _package("word/document.xml"), "xlsx": _package("xl/workbook.xml")}


def _ask(client: Client) -> float:
    started = time.perf_counter()
    answer = client.get(PAGE)
    taken = time.perf_counter() - started
    assert answer.status_code == 200, answer.status_code
    return taken * 1000


@contextmanager
def _files() -> Iterator[Mapping[str, Path]]:
    with TemporaryDirectory(prefix="cchc-bench-") as folder:
        paths = {kind: Path(folder) / f"bomb.{kind}" for kind in ("png", "docx", "xlsx")}
        for kind, content in bombs().items():
            paths[kind].write_bytes(content)
        yield paths


@contextmanager
def _examiner(paths: Mapping[str, Path], examined: list[str]) -> Iterator[None]:
    """One hostile file after the other, until the block ends. A fault of the examiner is raised then."""
    is_over, faults = Event(), list[Exception]()
    thread = Thread(target=_examine_all, args=(paths, limits_on(localdate()), is_over, examined, faults))
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()
    if faults:
        raise faults[0]


def _examine_all(
    paths: Mapping[str, Path], limits: UploadLimits, is_over: Event, examined: list[str], faults: list[Exception]
) -> None:
    for kind, path in cycle(paths.items()):
        if is_over.is_set():
            return
        try:
            examined.append(_answer(path, kind, limits))
        except Exception as error:  # noqa: BLE001 - of another thread: raised where the block ends
            faults.append(error)
            return


def _answer(path: Path, kind: str, limits: UploadLimits) -> str:
    try:
        return examine(path, KINDS[kind], limits).kind
    except DomainError as error:
        return error.code


def _picture() -> bytes:
    rows = zlib.compress(bytes((1 + 3 * _SIDE) * _SIDE), 9)
    header = struct.pack("!LLBBBBB", _SIDE, _SIDE, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack("!L", len(body)) + name + body + struct.pack("!L", zlib.crc32(name + body))


def _package(main_part: str) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        with package.open(main_part, "w") as part:
            for _ in range(_EXPANDED // 1_000_000):
                part.write(b" " * 1_000_000)
    return target.getvalue()
