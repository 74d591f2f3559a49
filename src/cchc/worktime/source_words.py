"""The source of a rule, and whether somebody has checked it, as messages."""

from __future__ import annotations

from cchc.records.errors import Message
from cchc.records.sources import Source, Verification


def source_message(source: Source | None) -> Message:
    """The document with its date, article and address; or that none is given."""
    if source is None:
        return Message("worktime.no_source")
    parts = (source.document, source.on, _article(source.article), source.url)
    return Message("worktime.by_source", {"parts": [part for part in parts if part]})


def verification_message(verification: Verification | None) -> Message:
    """Verified, or why not; what says nothing of it is not verified."""
    if verification is not None and verification.verified:
        return Message("worktime.is_verified")
    return Message("worktime.not_verified", {"doubt": verification.doubt_told if verification else None})


def _article(article: str | None) -> Message | str | None:
    """`112` as an article, `112.1` as its clause; `Phụ lục 2` as it is."""
    if article is None or not article[0].isdigit():
        return article
    number, point, clause = article.partition(".")
    if point and clause.isdigit():
        return Message("worktime.clause", {"number": number, "clause": clause})
    return Message("worktime.article", {"number": article})
