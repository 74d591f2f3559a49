"""What waits for a verdict, what was found, what was drawn to be looked at again, who forgets again and again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from cchc.organizations.models import Ancestry, Unit
from cchc.organizations.models.dated import during
from cchc.organizations.queries.units import within
from cchc.organizations.viewers import Viewer
from cchc.oversight.models import DelayVerdict, Finding, KeptDossier, KeptShare, KeptSpell, Recheck
from cchc.oversight.permissions_verdicts import VERIFIERS
from cchc.oversight.queries.charges import ZONE
from cchc.oversight.several import MOST
from cchc.oversight.timetable import timetable_on
from cchc.records.errors import refuse
from cchc.records.months import bounds, last_day

PAGE: Final = 50
_YEAR: Final = timedelta(days=365)


def _in_scope(viewer: Viewer) -> Q:
    """Dossiers of which a spell lies in a unit that one verifies."""
    held = within(viewer.units_held(*VERIFIERS), viewer.day)
    return Q(pk__in=KeptSpell.objects.filter(held).order_by().values("dossier"))


def to_verify(viewer: Viewer, after: int = 0) -> QuerySet[KeptDossier]:
    """Late dossiers whose result is said to have been there earlier, without a verdict; by their number."""
    return _waiting(viewer).filter(pk__gt=after).order_by("pk")[: PAGE + 1]


def _waiting(viewer: Viewer) -> QuerySet[KeptDossier]:
    judged = DelayVerdict.objects.filter(kept=OuterRef("pk"), is_current=True)
    waiting = KeptDossier.objects.filter(_in_scope(viewer), ~Exists(judged), evidenced_at__isnull=False)
    return waiting.filter(late_minutes__gt=0)


def verifiable(viewer: Viewer, after: int, also: Sequence[int]) -> QuerySet[KeptDossier]:
    """The same with their spells and units, and these beside, as long as they wait."""
    waiting = _waiting(viewer).filter(Q(pk__gt=after) | Q(pk__in=also))
    return waiting.prefetch_related("spells__unit").order_by("pk")[: MOST + 1]


def codes_of(viewer: Viewer, keys: Sequence[int]) -> Mapping[int, str]:
    """By key the codes of dossiers in scope. One query."""
    found = KeptDossier.objects.filter(_in_scope(viewer), pk__in=keys).order_by("pk")
    return dict(found.values_list("pk", "code"))


def found_in(viewer: Viewer, month: date) -> QuerySet[DelayVerdict]:
    """The verdicts of a month in scope that count, the newest first."""
    dossiers = KeptDossier.objects.filter(_in_scope(viewer)).order_by().values("pk")
    found = _of_month(month).filter(kept__in=dossiers).select_related("kept", "found_by", "corrects")
    return found.order_by("-found_at", "-pk")


def counted_in(found: QuerySet[DelayVerdict]) -> QuerySet[DelayVerdict, tuple[str, int]]:
    """How many say what."""
    return found.order_by("finding").values_list("finding").annotate(number=Count("pk"))


def to_recheck(viewer: Viewer) -> QuerySet[Recheck]:
    """Drawn and not looked at again yet, under units that one verifies."""
    held = within(viewer.units_held(*VERIFIERS), viewer.day, "draw__unit")
    found = Recheck.objects.filter(held, done_at=None).select_related("verdict__kept", "draw__unit")
    return found.order_by("pk")[:PAGE]


def repeat_forgetters(viewer: Viewer) -> QuerySet[KeptShare, tuple[str, str, int]]:
    """Code, name and number of dossiers of officials charged with several “forgotten” within a year, most first."""
    least = timetable_on(viewer.day.replace(day=1)).value.repeat
    held = within(viewer.units_held(*VERIFIERS), viewer.day)
    forgotten = {
        "dossier__verdicts__is_current": True,
        "dossier__verdicts__finding": Finding.FORGOTTEN,
        "dossier__verdicts__found_at__date__gte": viewer.day - _YEAR,
    }
    shares = KeptShare.objects.filter(held, official__isnull=False, is_overdue=True, **forgotten)
    named = shares.order_by("official__code").values_list("official__code", "official__name")
    counted = named.annotate(number=Count("dossier", distinct=True)).filter(number__gte=least)
    return counted.order_by("-number", "official__code")[:PAGE]


def forgotten_in(unit: Unit, month: date) -> QuerySet[DelayVerdict]:
    """The verdicts “forgotten” of a month, of dossiers that were with units under one, or with itself; each found for
    the first time.
    """
    under = Ancestry.objects.filter(during(last_day(month)), ancestor=unit).order_by().values("descendant")
    dossiers = KeptSpell.objects.filter(unit__in=under).order_by().values("dossier")
    return _of_month(month).filter(kept__in=dossiers, finding=Finding.FORGOTTEN, corrects=None)


def _of_month(month: date) -> QuerySet[DelayVerdict]:
    begins, ends = bounds(month, ZONE)
    return DelayVerdict.objects.filter(found_at__gte=begins, found_at__lt=ends, is_current=True)


def get_kept_to_verify(viewer: Viewer, number: int) -> KeptDossier:
    """With its spells and their units. Raises `oversight.kept_not_found`."""
    found = KeptDossier.objects.filter(_in_scope(viewer), pk=number)
    kept = found.prefetch_related("spells__unit").order_by("pk").first()
    if kept is None:
        raise refuse("oversight.kept_not_found")
    return kept


def get_recheck(viewer: Viewer, number: int) -> Recheck:
    """With the verdict and the dossier's spells. Raises `oversight.recheck_not_found`."""
    held = within(viewer.units_held(*VERIFIERS), viewer.day, "draw__unit")
    found = Recheck.objects.filter(held, pk=number).select_related("verdict__kept", "verdict__found_by", "draw__unit")
    recheck = found.prefetch_related("verdict__kept__spells__unit").order_by("pk").first()
    if recheck is None:
        raise refuse("oversight.recheck_not_found")
    return recheck


def current_findings(kept: Sequence[int]) -> dict[int, str]:
    """By kept dossier what was found. One query."""
    found = DelayVerdict.objects.filter(kept__in=kept, is_current=True).order_by("pk")
    return dict(found.values_list("kept_id", "finding"))
