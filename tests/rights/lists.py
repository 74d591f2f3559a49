"""Lists of a month, their entries and notices, that permissions are asked about."""

from __future__ import annotations

from collections.abc import Mapping

from cchc.organizations.models import Official
from cchc.oversight.models import (
    DelayVerdict,
    KeptDossier,
    KeptSpell,
    ListedItem,
    ListedOfficial,
    ListNotice,
    MonthlyList,
    Recheck,
    RecheckDraw,
)
from cchc.oversight.states_lists import MONTHLY_LIST
from tests.rights.stage import Stage, Subject


def of_lists(stage: Stage) -> Mapping[str, Subject]:
    """Of the unit there; `mine` name or tell the official who asks."""

    def list_(where: str) -> MonthlyList:
        return MonthlyList(pk=1, unit=stage.places[where])

    def item(state: str, where: str) -> tuple[object, ...]:
        named = stage.me if state == "mine" else stage.other
        return (ListedItem(pk=1, listed=ListedOfficial(pk=1, list=list_(where), official=named)),)

    def notice(state: str, where: str) -> tuple[object, ...]:
        return (ListNotice(pk=1, list=list_(where), recipient=stage.me if state == "mine" else stage.other),)

    def kept(held_by: Official, where: str) -> KeptDossier:
        dossier, spells = KeptDossier(pk=1), KeptSpell.objects.none()
        spells._result_cache = [KeptSpell(dossier=dossier, official=held_by, unit=stage.places[where])]
        dossier._prefetched_objects_cache = {"spells": spells}
        return dossier

    def late(state: str, where: str) -> tuple[object, ...]:
        return (kept(stage.me if state == "mine" else stage.other, where),)

    def drawn(state: str, where: str) -> tuple[object, ...]:
        verdict = DelayVerdict(kept=kept(stage.other, where), found_by=stage.me if state == "mine" else stage.other)
        return (Recheck(draw=RecheckDraw(unit=stage.places[where]), verdict=verdict),)

    acts = tuple(step.id for step in MONTHLY_LIST.steps)
    whose = ("mine", "else")
    return {
        "may_see_lists": Subject(lambda state, where: ()),
        "may_see_list": Subject(lambda state, where: (list_(where),)),
        "may_draft_list": Subject(lambda state, where: (stage.places[where],)),
        "may_move_list": Subject(lambda state, where: (list_(where), state), acts),
        "may_see_item": Subject(item, whose),
        "may_reply": Subject(item, whose),
        "may_decide": Subject(item, whose),
        "may_see_list_notice": Subject(notice, whose),
        "may_acknowledge": Subject(notice, whose),
        "may_see_verdicts": Subject(lambda state, where: ()),
        "may_verify": Subject(late, whose),
        "may_draw": Subject(lambda state, where: (stage.places[where],)),
        "may_recheck": Subject(drawn, whose),
    }
