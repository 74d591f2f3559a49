"""Asking the process that judges signatures: this side believes only a whole answer."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO

from cchc.files.limits import UploadLimits
from cchc.papers.signing.reports import SignatureReport, read
from cchc.records.errors import unreadable
from cchc.tables.limited_process import ask

_CHILD = "cchc.papers.signing.child"


def signatures_in(
    source: IO[bytes], roots: Sequence[bytes], moment: datetime, limits: UploadLimits
) -> tuple[SignatureReport, ...]:
    """What the signatures of a PDF are worth at that moment. `roots` are the trusted certificates in DER form.

    Raises `Unreadable` with `papers.signatures_unreadable` or `papers.signatures_too_many`.
    """
    bounds = limits.bounds
    question = {
        "roots": [b64encode(root).decode() for root in roots],
        "moment": moment.isoformat(),
        "bounds": asdict(bounds),
    }
    with TemporaryFile() as answer:
        if not ask(_CHILD, json.dumps(question), source, answer, bounds):
            raise unreadable("papers.signatures_unreadable")
        answer.seek(0)
        return _understood(answer.readline())


def _understood(line: bytes) -> tuple[SignatureReport, ...]:
    if not line.endswith(b"\n"):
        raise unreadable("papers.signatures_unreadable")
    match json.loads(line):
        case {"signatures": list(found)}:
            return tuple(read(report) for report in found)
        case {"refused": str(code), "params": dict(params)}:
            raise unreadable(code, **params)
        case _:
            raise unreadable("papers.signatures_unreadable")
