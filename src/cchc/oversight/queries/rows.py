"""The shares behind a figure of the board, and dossiers with all that was kept of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from cchc.organizations.queries.units import name_on
from cchc.oversight.figures import Figure
from cchc.oversight.models import DelayVerdict, KeptDossier, KeptShare, KeptSpell
from cchc.oversight.queries.board import Asked, shares_of
from cchc.oversight.shown_words import OFFICIAL, OWN, UNNAMED
from cchc.records.errors import refuse

ALONE, UNPLACED = "1", "ten"
SIDES: Final = {
    "nguoi": Q(holder_kind=OFFICIAL),
    "chung": Q(holder_kind__in=UNNAMED),
    "khac": ~Q(holder_kind__in=OWN),
}
"""Whose minutes: of officials, of nobody in person, of whom was waited for."""


@dataclass(frozen=True, slots=True)
class AskedHolder:
    """Whose shares: of a `kind`, of an official by `code` or of a `name` that a log gives, in exactly the unit `place`;
    `alone`: of the unit itself without those below (ALONE), or of the `unit_name` that no register knows (UNPLACED).
    """

    kind: str = ""
    code: str = ""
    name: str = ""
    place: str = ""
    alone: str = ""
    unit_name: str = ""
    side: str = ""

    def condition(self, asked: Asked) -> Q:
        """On shares."""
        found = SIDES.get(self.side, Q())
        if self.kind:
            found &= Q(holder_kind=self.kind)
        if self.code or self.name:
            found &= Q(official__code=self.code) if self.code else Q(official=None, holder_name=self.name)
        elif self.kind == OFFICIAL:
            found &= Q(official=None, holder_name="")
        if self.place:
            found &= Q(unit__code=self.place)
        if self.alone == UNPLACED:
            return found & Q(unit=None, unit_name=self.unit_name)
        return found & Q(unit=asked.unit) if self.alone == ALONE else found


def shares_behind(asked: Asked, figure: Figure, holder: AskedHolder) -> QuerySet[KeptShare]:
    """Exactly those that a figure counts, the newest first, each with its dossier, `unit_said`, and the `finding` of a
    verifier about the dossier, None where there is none.
    """
    found = shares_of(asked).filter(figure.shares, holder.condition(asked))
    verdicts = DelayVerdict.objects.filter(kept=OuterRef("dossier"), is_current=True).order_by()
    found = found.annotate(unit_said=name_on(asked.day), finding=Subquery(verdicts.values("finding")[:1]))
    return found.select_related("dossier", "official").order_by("-pk")


def shares_after(found: QuerySet[KeptShare], last: KeptShare | None) -> QuerySet[KeptShare]:
    """The rest of the list."""
    return found if last is None else found.filter(pk__lt=last.pk)


def spells_after(found: QuerySet[KeptSpell], last: KeptSpell | None) -> QuerySet[KeptSpell]:
    """The rest of a list of stretches."""
    return found if last is None else found.filter(pk__lt=last.pk)


def get_kept(number: int) -> KeptDossier:
    """A dossier with its spells in order, their officials and units. Two queries.

    Raises `oversight.dossier_not_found`.
    """
    spells = KeptSpell.objects.select_related("official", "unit").order_by("place")
    found = KeptDossier.objects.filter(pk=number).select_related("source", "own")
    one: Any = found.prefetch_related(Prefetch("spells", spells)).order_by("pk").first()
    if one is None:
        raise refuse("oversight.dossier_not_found")
    kept: KeptDossier = one
    return kept
