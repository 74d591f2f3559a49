"""Thousands of hostile files, examined by the same code as in the server's child, in one process of their own.

`python -m tests.files.corpus FIRST COUNT FOLDER` examines the files of seeds FIRST to FIRST + COUNT - 1 and writes
a line of JSON for each: `{"seed", "story", "code" or "kind", "faults"}`. A seed makes the same file everywhere, so that
one that died can be looked at: `damaged(seed)`. COUNT 0 examines that of FIRST alone, in a child as the server does:
libraries written in C (libheif was one) may end the process that asks them.
"""

from __future__ import annotations

import json
import random
import signal
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from django.conf import settings
from PIL import Image

from cchc.files.examining import asking, child
from cchc.files.limits import UploadLimits
from cchc.files.receiving import Upload, received
from cchc.files.signatures import KINDS
from cchc.records.errors import DomainError
from cchc.records.text import INVISIBLE
from tests.files.samples import docx, has_position, heic, image, pdf, photo, xlsx

TODAY = date(2026, 11, 23)
SECONDS = 5
MARK = b"<script>alert(/cchc/)</script>"
MAKERS: dict[str, Callable[[], bytes]] = {
    "pdf": lambda: pdf(2),
    "docx": docx,
    "xlsx": xlsx,
    "jpeg": photo,
    "png": lambda: image("PNG", (40, 30), mode="RGBA"),
    "webp": lambda: image("WEBP"),
    "heic": heic,
}
FOREIGN = (
    b"MZ\x90\0" + bytes(200),
    b"\x7fELF" + bytes(200),
    b"#!/bin/sh\nrm -rf /\n",
    b"<?php system('id'); ?>",
    MARK,
    b"<svg onload=alert(1)>",
    b"{\\rtf1\\object}",
    b"Rar!\x1a\x07\0",
    b"\x1f\x8b\x08\0" + bytes(20),
    b"GIF89a" + bytes(60),
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
    b"%!PS-Adobe",
    b"II*\0" + bytes(60),
    b"\xef\xbb\xbfa,b\n",
    bytes(999),
)
NAMES = (
    "báo cáo.{e}",
    "../../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "/etc/shadow.{e}",
    "a\0b.{e}",
    "x\u202e{r}.exe",
    "x\u200f\u2066.{e}",
    "con.{e}",
    "....",
    " . ",
    "",
    "a" * 5_000 + ".{e}",
    "{{{{ 7*7 }}}}.{e}",
    "${{jndi:ldap://x}}.{e}",
    "<img src=x onerror=alert(1)>.{e}",
    "a;b|c&d`e`.{e}",
    "a\r\nSet-Cookie: x=1.{e}",
    "%00%2e%2e%2f.{e}",
    "tep.{e}.exe",
    "Nguye\u0302\u0303n.{e}",
    "\ud800.{e}",
    '#let x = read("/etc/passwd").{e}',
    "=cmd|' /C calc'!A0.{e}",
    "tep.{w}",
)


@cache
def made(kind: str) -> bytes:
    return MAKERS[kind]()


def damaged(seed: int) -> tuple[str, str, bytes]:
    """What was done, the name it comes with, the content."""
    chance = random.Random(seed)
    kind, other = chance.choice(list(MAKERS)), chance.choice(list(MAKERS))
    content = made(kind)
    story, content = chance.choice(HARMS)(chance, content, made(other))
    wrong = chance.choice(("exe", "html", "docm", "svg", "pdf", "png"))
    extension = KINDS[kind].extensions[0]
    name = chance.choice(NAMES).format(e=extension, r=extension[::-1], w=wrong)
    return f"{kind}: {story}", name, content


def cut(chance: random.Random, content: bytes, _: bytes) -> tuple[str, bytes]:
    place = chance.randrange(len(content))
    return f"cut at {place}", content[:place]


def flipped(chance: random.Random, content: bytes, _: bytes) -> tuple[str, bytes]:
    changed, times = bytearray(content), chance.choice((1, 3, 20, 200))
    for _n in range(times):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return f"{times} bytes changed", bytes(changed)


def lengthened(chance: random.Random, content: bytes, _: bytes) -> tuple[str, bytes]:
    """Numbers in headers become huge, zero or negative."""
    place, width = chance.randrange(min(len(content), 400)), chance.choice((2, 4, 8))
    number = chance.choice((b"\xff", b"\0", b"\x7f", b"\x80")) * width
    return f"number at {place}", content[:place] + number + content[place + width :]


def doubled(chance: random.Random, content: bytes, _: bytes) -> tuple[str, bytes]:
    start = chance.randrange(len(content))
    length = chance.randrange(1, 2_000)
    return f"{length} bytes twice", content[: start + length] + content[start : start + length] + content[
        start + length :
    ]


def joined(_: random.Random, content: bytes, other: bytes) -> tuple[str, bytes]:
    return "another behind it", content + other


def preceded(_: random.Random, content: bytes, other: bytes) -> tuple[str, bytes]:
    return "another before it", other[:1_000] + content


def marked(_: random.Random, content: bytes, __: bytes) -> tuple[str, bytes]:
    return "script behind it", content + MARK


def inserted(chance: random.Random, content: bytes, other: bytes) -> tuple[str, bytes]:
    place = chance.randrange(len(content))
    return f"another inside at {place}", content[:place] + other + content[place:]


def foreign(chance: random.Random, content: bytes, _: bytes) -> tuple[str, bytes]:
    start = chance.choice(FOREIGN)
    return f"foreign {start[:8]!r}", chance.choice((start, start + content))


def untouched(_: random.Random, content: bytes, __: bytes) -> tuple[str, bytes]:
    return "untouched", content


HARMS = (cut, cut, flipped, flipped, lengthened, doubled, joined, preceded, marked, inserted, foreign, untouched)


class TooSlow(BaseException):
    """The child would have been ended by the system."""


def faults(upload: Upload, root: Path) -> Iterator[str]:
    """What is wrong with a file that was accepted, judged by other means than those that accepted it."""
    content = upload.path.read_bytes()
    if upload.path.parent != root / "files" / "incoming":
        yield f"lies in {upload.path}"
    name, extensions = upload.name, KINDS[upload.kind].extensions
    if Path(name).name != name or "\\" in name or INVISIBLE.search(name) or len(name) > 150 or name.startswith("."):
        yield f"is called {name!r}"
    if not name.endswith(f".{extensions[0]}"):
        yield f"is called {name!r}, but is {upload.kind}"
    if KINDS[upload.kind].family == "image":
        if MARK in content or has_position(content):
            yield "holds more than pixels"
        with Image.open(BytesIO(content)) as opened:
            opened.load()
        if not content.endswith((b"\xff\xd9", b"IEND\xaeB`\x82")):
            yield "goes on behind its end"
    elif upload.kind == "pdf":
        if (
            not content.startswith(b"%PDF-")
            or not content.rstrip(b"\0\r\n ").endswith(b"%%EOF")
            or MARK in content[-99:]
        ):
            yield "is no whole PDF"
        if zipfile.is_zipfile(BytesIO(content)):
            yield "is an archive too"
    else:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if archive.testzip() or not content.startswith(b"PK\x03\x04") or content[-22:-18] != b"PK\x05\x06":
                yield "is no whole archive"


def here(module: str, argument: str, question: Any, answer: Any, bounds: object) -> bool:
    """In place of a child for each: the same code, in this process, under a clock."""
    asked = json.loads(argument)
    limits = UploadLimits(**asked["limits"])
    try:
        with clock(SECONDS):
            header, content = child.answer(asked["task"], asked["kind"], asked["number"], limits, question)
    except TooSlow:
        return False
    answer.write(json.dumps(header).encode() + b"\n" + content)
    return True


@contextmanager
def clock(seconds: int) -> Iterator[None]:
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def ring(_: int, __: FrameType | None) -> NoReturn:
    raise TooSlow


def examined(seed: int, root: Path) -> dict[str, object]:
    story, name, content = damaged(seed)
    said: dict[str, object] = {"seed": seed, "story": story}
    try:
        with received(BytesIO(content), name, TODAY) as upload:
            return said | {"kind": upload.kind, "faults": list(faults(upload, root))}
    except DomainError as error:
        return said | {"code": error.code}


def main() -> None:
    first, count, root = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    settings.configure(CCHC_DATA=root, CCHC_FILE_RULES="")
    signal.signal(signal.SIGVTALRM, ring)
    if count:
        asking.ask = here
    for seed in range(first, first + max(count, 1)):
        sys.stdout.write(json.dumps(examined(seed, root)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
