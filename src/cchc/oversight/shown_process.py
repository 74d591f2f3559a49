"""Where time goes, as the page shows it: every number with the way to its stretches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from cchc.oversight.addresses import query_of
from cchc.oversight.models import KeptSpell
from cchc.oversight.queries.board import Asked
from cchc.oversight.queries.process import Hand, Process, spells_again, spells_handed_over, spells_in
from cchc.oversight.shown_dossier import step_said, who_had
from cchc.oversight.shown_words import OFFICIAL, OWN, kind_name, role_said

STEP, HAND_OVER, AGAIN = "buoc", "chuyen", "lam-lai"
_LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class ProcessLine:
    """What it is called, the number that opens its stretches, and minutes beside it."""

    name: str
    more: str
    number: int
    url: str
    minutes: Sequence[int]


@dataclass(frozen=True, slots=True)
class SpellLine:
    """A stretch in words, with its dossier."""

    spell: KeptSpell
    step: str
    who: str
    role: str
    url: str


def to_process(asked: Asked) -> str:
    """The page with these filters."""
    return f"{reverse('oversight:process')}?{query_of(asked)}"


def _to_spells(asked: Asked, kind: str, **more: str) -> str:
    return f"{reverse('oversight:spells')}?{query_of(asked, xem=kind, **more)}"


def step_lines(asked: Asked, found: Process) -> list[ProcessLine]:
    """Minutes: worked, waiting, over the limit, late."""
    return [
        ProcessLine(
            step_said(one.step), one.procedure_name or one.procedure, one.spells,
            _to_spells(asked, STEP, tt=one.procedure, buoc=one.step),
            (one.working, one.waiting, one.overrun, one.late),
        )
        for one in found.steps
    ]  # fmt: skip


def hand_over_lines(asked: Asked, found: Process) -> list[ProcessLine]:
    """Minutes: how long the next one had it."""
    return [
        ProcessLine(
            _called(one.giver), _called(one.taker), one.number,
            _to_spells(asked, HAND_OVER, **_hand("tu", one.giver), **_hand("den", one.taker)), (one.minutes,),
        )
        for one in found.hand_overs
    ]  # fmt: skip


def _hand(side: str, hand: Hand) -> dict[str, str]:
    return {f"{side}-loai": hand.kind, f"{side}-ma": hand.code, f"{side}-ten": hand.name}


def rework_lines(asked: Asked, found: Process) -> list[ProcessLine]:
    """Minutes: how long it took again."""
    return [
        ProcessLine(
            f"{step_said(one.back_from)} → {step_said(one.step)}", one.procedure_name or one.procedure, one.number,
            _to_spells(asked, AGAIN, tt=one.procedure, buoc=one.step, tu=one.back_from), (one.minutes,),
        )
        for one in found.rework
    ]  # fmt: skip


def _called(hand: Hand) -> str:
    return hand.name if hand.kind == OFFICIAL and hand.name else kind_name(hand.kind)


def asked_spells(request: HttpRequest, asked: Asked) -> QuerySet[KeptSpell]:
    """Those behind a number; `xem` says of which sort."""
    said = {name: request.GET.get(name, "")[:_LONGEST].replace("\0", "") for name in (
        "xem", "tt", "buoc", "tu", "tu-loai", "tu-ma", "tu-ten", "den-loai", "den-ma", "den-ten"
    )}  # fmt: skip
    if said["xem"] == HAND_OVER:
        found = _handed_over(asked, said)
    elif said["xem"] == AGAIN:
        found = spells_again(asked).filter(back_from=said["tu"], step=said["buoc"], dossier__procedure=said["tt"])
    else:
        found = spells_in(asked).filter(is_event=True, holder_kind__in=OWN)
        found = found.filter(step=said["buoc"], dossier__procedure=said["tt"])
    return found.select_related("dossier", "official").order_by("-pk")


def _handed_over(asked: Asked, said: dict[str, str]) -> QuerySet[KeptSpell]:
    giver = {"giver_kind": said["tu-loai"], "giver_code": said["tu-ma"], "giver_name": said["tu-ten"]}
    taker = {"holder_kind": said["den-loai"], "taker_code": said["den-ma"], "taker_name": said["den-ten"]}
    return spells_handed_over(asked).filter(**giver, **taker)


def spell_line(spell: KeptSpell) -> SpellLine:
    """With the way to its dossier."""
    url = reverse("oversight:dossier", args=[spell.dossier_id])
    return SpellLine(spell, step_said(spell.step), who_had(spell), role_said(spell.role), url)
