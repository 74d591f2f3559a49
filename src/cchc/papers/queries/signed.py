"""Signed files: what counts, and what its signatures said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from cchc.audit.canonical import read_canonical
from cchc.papers.models import Paper, SignedFile
from cchc.papers.signing.reports import SignatureReport, read


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed file with what each of its signatures said when it was attached."""

    signed: SignedFile
    reports: tuple[SignatureReport, ...]


def kept_signed(paper: Paper) -> QuerySet[SignedFile]:
    """The newest first: that one counts."""
    return paper.signed_files.select_related("file__blob").order_by("-pk")


def signed_files(kept: Iterable[SignedFile]) -> list[Signed]:
    """With what their signatures said."""
    return [Signed(one, tuple(read(report) for report in read_canonical(one.reports))) for one in kept]
