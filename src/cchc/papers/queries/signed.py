"""Signed files: what counts, and what its signatures said."""

from __future__ import annotations

from dataclasses import dataclass

from cchc.audit.canonical import read_canonical
from cchc.papers.models import Paper, SignedFile
from cchc.papers.signing.reports import SignatureReport, read


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed file with what each of its signatures said when it was attached."""

    signed: SignedFile
    reports: tuple[SignatureReport, ...]


def signed_files(paper: Paper) -> list[Signed]:
    """The newest first: that one counts."""
    files = paper.signed_files.select_related("file__blob").order_by("-pk")
    return [Signed(one, tuple(read(report) for report in read_canonical(one.reports))) for one in files]
