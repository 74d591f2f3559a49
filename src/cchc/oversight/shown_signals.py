"""Questions to the record in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import polars as pl
from django.urls import reverse

from cchc.interface.errors import current_language
from cchc.ledger.findings import FOUND, in_words
from cchc.oversight.models import KeptSignal
from cchc.oversight.queries.charges import ZONE


@dataclass(frozen=True, slots=True)
class SignalLine:
    """A question: its sentence, whom it names, what was answered last."""

    signal: KeptSignal
    reason: str
    who: str
    answer: str
    url: str
    answer_url: str


def signal_lines(signals: Iterable[KeptSignal]) -> list[SignalLine]:
    """In the same order."""
    listed = list(signals)
    rows = [
        (one.kind, one.dossier.code, _who(one) or None, _at(one.at), one.step or None, one.count, _at(one.other_at))
        for one in listed
    ]
    reasons = in_words(pl.DataFrame(rows, schema=FOUND, orient="row"), "signal", ZONE, current_language())["reason"]
    return [
        SignalLine(
            one, reason or one.kind, _who(one), getattr(one, "answer", "") or "",
            reverse("oversight:dossier", args=[one.dossier_id]), reverse("oversight:answer", args=[one.pk]),
        )
        for one, reason in zip(listed, reasons, strict=True)
    ]  # fmt: skip


def _who(signal: KeptSignal) -> str:
    return signal.official.name if signal.official else signal.holder_name


def _at(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp()) // 60
