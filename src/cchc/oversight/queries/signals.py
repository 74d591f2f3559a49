"""Questions to the record in a month of a unit, or of a dossier, with what was answered last."""

from __future__ import annotations

from django.db.models import OuterRef, Q, QuerySet, Subquery

from cchc.organizations.queries.units import within
from cchc.oversight.models import KeptSignal, SignalAnswer
from cchc.oversight.queries.board import Asked
from cchc.records.errors import refuse


def signals_in(asked: Asked) -> QuerySet[KeptSignal]:
    """The newest first."""
    unknown = Q(unit=None) & within(Q(ancestor=asked.unit), asked.day, "source__unit")
    found = KeptSignal.objects.filter(within(Q(ancestor=asked.unit), asked.day) | unknown, month=asked.month)
    if asked.procedure:
        found = found.filter(dossier__procedure=asked.procedure)
    return _with_answers(found).order_by("-pk")


def signals_of(dossier: int) -> QuerySet[KeptSignal]:
    """Of one dossier, in the order of their moments."""
    return _with_answers(KeptSignal.objects.filter(dossier=dossier)).order_by("at", "pk")


def signals_after(found: QuerySet[KeptSignal], last: KeptSignal | None) -> QuerySet[KeptSignal]:
    """The rest of the list."""
    return found if last is None else found.filter(pk__lt=last.pk)


def get_signal(number: int) -> KeptSignal:
    """Raises `oversight.signal_not_found`."""
    found = KeptSignal.objects.select_related("source", "source__unit", "dossier", "official", "unit")
    one = found.filter(pk=number).order_by("pk").first()
    if one is None:
        raise refuse("oversight.signal_not_found")
    return one


def answers_to(signal: KeptSignal) -> QuerySet[SignalAnswer]:
    """All of them, the newest first."""
    found = SignalAnswer.objects.filter(
        source=signal.source_id, code=signal.dossier.code, kind=signal.kind, at=signal.at
    )  # fmt: skip
    return found.select_related("answered_by").order_by("-pk")


def _with_answers(found: QuerySet[KeptSignal]) -> QuerySet[KeptSignal]:
    answers = SignalAnswer.objects.filter(
        source=OuterRef("source"), code=OuterRef("dossier__code"), kind=OuterRef("kind"), at=OuterRef("at")
    )
    last = Subquery(answers.order_by("-pk").values("text")[:1])
    return found.annotate(answer=last).select_related("dossier", "official")
