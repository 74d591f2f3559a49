"""Rounds and sheets, about which permissions of scoring are asked."""

from __future__ import annotations

from collections.abc import Mapping

from cchc.assessments.models import AnswersImport, Charge, Round, Sheet
from cchc.organizations.viewers import Viewer
from tests.factories.assessments import SMALL
from tests.factories.organizations import LONG_AGO, TODAY
from tests.rights.stage import Stage, Subject

NUMBER = 7


def assessments(stage: Stage) -> Mapping[str, Subject]:
    """`…_there`: who has that duty at the very round."""

    def of_round(state: str, where: str) -> tuple[object, ...]:
        return (Round(pk=NUMBER, organizer=stage.places[where]),)

    def of_sheet(state: str, where: str) -> tuple[object, ...]:
        holder = stage.places["own" if state == "of_my_council" else "elsewhere"]
        round_ = Round(pk=NUMBER, organizer=holder)
        return (Sheet(pk=1, round=round_, unit=stage.places[where], group="Cấp xã"),)

    def appraised(state: str, where: str) -> tuple[object, ...]:
        (sheet,) = of_sheet("of_my_council", where)
        assert isinstance(sheet, Sheet)
        who = stage.me if state == "charged" else stage.other
        charge = Charge(round=sheet.round, official=who, code="1", group="Cấp xã", starts_on=LONG_AGO)
        return (sheet, "1.1", SMALL, [charge])

    def there(duty: str) -> Viewer:
        mine = frozenset({stage.places["own"].pk})
        return Viewer(TODAY, stage.me, duties=frozenset({(duty, "assessments.Round", str(NUMBER))}), postings=mine)

    def handed_in(state: str, where: str) -> tuple[object, ...]:
        uploader, into = stage.me if state.startswith("mine") else stage.other, state.partition("_")[2]
        (sheet,) = of_sheet("of_my_council", where)
        assert isinstance(sheet, Sheet)
        (round_,) = of_round("", where)
        return (AnswersImport(round=round_, sheet=sheet if into == "sheet" else None, uploaded_by=uploader),)

    by_duty = {
        "secretary_there": lambda: there("council_secretary"),
        "appraiser_there": lambda: there("appraiser"),
        "inspector_there": lambda: there("inspector"),
        "team_head_there": lambda: there("team_head"),
    }
    rounds = Subject(of_round, viewers=by_duty)
    sheets = Subject(of_sheet, ("of_my_council", "of_others"), viewers=by_duty)
    return {
        "may_see_rounds": Subject(lambda state, where: ()),
        "may_open_round": Subject(lambda state, where: (stage.places[where],)),
        **dict.fromkeys(("may_arrange_round", "may_see_whole_round", "may_ask_opinions", "may_propose_freeze"), rounds),
        **dict.fromkeys(("may_confirm_freeze", "may_approve_result", "may_plan_visits"), rounds),
        **dict.fromkeys(
            (
                "may_see_sheet",
                "may_fill_in",
                "may_submit",
                "may_give_points",
                "may_rule",
                "may_enter_findings",
                "may_vote",
            ),
            sheets,
        ),
        "may_follow_answers_import": Subject(
            handed_in, ("mine_sheet", "mine_round", "others_sheet"), viewers=by_duty, deputies=False
        ),
        "may_appraise": Subject(appraised, ("charged", "others"), viewers=by_duty),
    }
