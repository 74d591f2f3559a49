"""The process that looks into a file: `python -m cchc.files.examining.child QUESTION`, the file on standard input.

Answers one line of JSON, then as many bytes as it names: `{"facts": {…}, "bytes": n}`, or `{"refused": code, "params":
{…}}`. What comes without that line, or with fewer bytes, counts as silence. `cchc.files.examining.asking` is the other
side.
"""

from __future__ import annotations

import json
import sys
import warnings
from typing import IO, Any

from cchc.files.limits import UploadLimits
from cchc.files.signatures import KINDS
from cchc.records.errors import DomainError
from cchc.tables.limited_process import restrain


def main() -> None:
    """Answer the question in the first argument: `{"task", "kind", "number", "limits", "keeps_position"}`."""
    question = json.loads(sys.argv[1])
    limits = UploadLimits(**question["limits"])
    restrain(limits.bounds)
    warnings.simplefilter("ignore")
    header, content = answer(
        question["task"], question["kind"], question["number"], limits, sys.stdin.buffer,
        keeps_position=question["keeps_position"],
    )  # fmt: skip
    sys.stdout.buffer.write(json.dumps(header).encode() + b"\n" + content)


def answer(
    task: str, kind: str, number: int, limits: UploadLimits, source: IO[bytes], *, keeps_position: bool = False
) -> tuple[dict[str, Any], bytes]:
    """Header and content for one of the tasks `examine`, `picture`, `text`."""
    try:
        if task == "examine":
            facts, content = _examine(kind, limits, source, keeps_position=keeps_position)
        else:
            facts, content = _TASKS[task](kind, number, limits, source)
    except DomainError as error:
        message = error.problems[0].message
        return {"refused": message.code, "params": dict(message.params)}, b""
    except MemoryError:
        return {"refused": "files.too_complex", "params": {}}, b""
    except Exception as error:  # noqa: BLE001 - libraries meet hostile bytes: whatever they raise means "damaged"
        has_no_room = "memory" in str(error).lower()  # libraries in C say so in their own way
        return {"refused": "files.too_complex" if has_no_room else "files.damaged", "params": {}}, b""
    return {"facts": facts, "bytes": len(content)}, content


def _examine(
    kind: str, limits: UploadLimits, source: IO[bytes], *, keeps_position: bool
) -> tuple[dict[str, Any], bytes]:
    # Each library is loaded only for its own kind, and after the process was bound.
    match KINDS[kind].family:
        case "image":
            from cchc.files.examining.images import remade

            picture = remade(source, kind, limits, keeps_position=keeps_position)
            return {"kind": picture.kind, "pages": 1, "position": picture.position}, picture.content
        case "pdf":
            from cchc.files.examining.pdf import pages_of

            return {"kind": kind, "pages": pages_of(source, limits)}, b""
    from cchc.files.examining.office import kind_of

    return {"kind": kind_of(source, limits), "pages": 0}, b""


def _picture(_: str, number: int, limits: UploadLimits, source: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    from cchc.files.examining.pdf import picture_of

    picture, text = picture_of(source, number, limits)
    return {"text": text}, picture


def _text(kind: str, number: int, limits: UploadLimits, source: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    from cchc.files.examining import office, pdf

    if kind == "pdf":
        return {"text": pdf.text_of(source, number, limits)}, b""
    return {"text": office.text_of(source, kind, limits)}, b""


_TASKS = {"picture": _picture, "text": _text}


if __name__ == "__main__":
    main()
