"""The process that judges signatures: `python -m cchc.papers.signing.child QUESTION`, the PDF on standard input.

Answers one line of JSON: `{"signatures": […]}`, or `{"refused": code}`. What comes without a whole line counts as
silence. `cchc.papers.signing.asking` is the other side.
"""

from __future__ import annotations

import json
import logging
import sys
import warnings
from base64 import b64decode
from datetime import datetime
from typing import Any

from cchc.papers.signing.reports import written
from cchc.records.errors import DomainError
from cchc.tables.limited_process import Bounds, restrain


def main() -> None:
    """Answer the question in the first argument: `{"roots": […], "moment": "…", "bounds": {…}}`."""
    question = json.loads(sys.argv[1])
    restrain(Bounds(**question["bounds"]))
    warnings.simplefilter("ignore")
    logging.disable()  # the library tells its log at length why it does not trust
    sys.stdout.write(json.dumps(answer(question, sys.stdin.buffer.read())) + "\n")


def answer(question: dict[str, Any], content: bytes) -> dict[str, Any]:
    """What was found, or why nothing could be."""
    try:
        from cchc.papers.signing.judging import judge  # after the process was bound

        roots = [b64decode(root) for root in question["roots"]]
        found = judge(content, roots, datetime.fromisoformat(question["moment"]))
    except DomainError as error:
        return {"refused": error.code, "params": dict(error.problems[0].message.params)}
    except Exception:  # noqa: BLE001 - the library meets hostile bytes: whatever it raises means "unreadable"
        return {"refused": "papers.signatures_unreadable", "params": {}}
    return {"signatures": [written(report) for report in found]}


if __name__ == "__main__":
    main()
