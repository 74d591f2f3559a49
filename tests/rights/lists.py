"""Lists of a month, their entries and notices, that permissions are asked about."""

from __future__ import annotations

from collections.abc import Mapping

from cchc.oversight.models import ListedItem, ListedOfficial, ListNotice, MonthlyList
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
    }
