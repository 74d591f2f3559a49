"""The sample round of the year before, carried to its end: scored, appraised, explained, decided, frozen, published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from importlib import resources
from typing import Any, Final

from django.utils.timezone import make_aware

from cchc.assessments.actions.answers import NEW, Said, accept_answers, write_answer
from cchc.assessments.actions.approving import Decision, answer_review, approve_result, ask_review
from cchc.assessments.actions.charges import give_charge
from cchc.assessments.actions.council import (
    Proposal,
    SessionFacts,
    cast_vote,
    conclude_motion,
    decide_exclusions,
    give_opinion,
    hold_session,
    put_motion,
)
from cchc.assessments.actions.findings import Found, accept_finding, enter_finding, join_team
from cchc.assessments.actions.freezing import confirm_freeze, propose_freeze
from cchc.assessments.actions.remedies import give_remedies
from cchc.assessments.actions.rounds import Founding, move_on
from cchc.assessments.actions.sheets import answer_question, ask_question, submit_explanations, submit_sheet
from cchc.assessments.actions.visits import plan_visits
from cchc.assessments.criteria import set_of
from cchc.assessments.exclusions import exclusions
from cchc.assessments.models import Answer, Question, Round, Session, Sheet
from cchc.assessments.policies import is_given_by_others
from cchc.assessments.queries.sheets import whole
from cchc.assessments.visits import Planned
from cchc.demo.directives import Sample, actor_at, unit_of
from cchc.demo.opening import open_sample, write_own
from cchc.followups.actions.giving import Order
from cchc.followups.actions.tasks import claim_done, take_step
from cchc.followups.deadlines import Deadline
from cchc.followups.models import Task
from cchc.organizations.models import Official
from cchc.portal.frozen import PublicFacts, publish_frozen
from cchc.records.schema import Fields, as_count, as_date, as_entries, as_items, as_local_text, as_text, reading
from cchc.records.yaml_text import Node, read_yaml
from cchc.scoring import load
from cchc.scoring.criteria import CriteriaSet
from cchc.scoring.examples import example_figures
from cchc.scoring.loading import load_bytes
from cchc.scoring.sheets import Stage
from cchc.scoring.writing import to_yaml

_FILE: Final = "past_round.yaml"
_DAY: Final = timedelta(days=1)
_HOUR: Final = time(9, 30)
Days = tuple[date, date]


def load_past_round(now: datetime) -> Round:
    """The round, from its opening to the public page and what followed."""
    content = (resources.files("cchc.demo") / _FILE).read_bytes()
    with reading(read_yaml(content, f"cchc/demo/{_FILE}")) as fields:
        past = _Past(fields)
        past.score()
        past.appraise()
        past.explain()
        past.deliberate()
        past.publish()
        past.look_again()
        _remedy(now, past.round, fields.need("remedy"))
        return past.round


def moved_to(year: int, criteria: CriteriaSet) -> CriteriaSet:
    """The sample set as it would have been issued for another year: its days and its name say that year."""
    text = to_yaml(criteria).replace(str(criteria.validity.start.year), str(year))
    return load_bytes(text, f"{criteria.id}, {year}")


class _Past:
    """Each step on the days of its phase, by whose step it is."""

    def __init__(self, fields: Fields) -> None:
        self._fields = fields
        self._set_id, self._year = as_text(fields.need("criteria")), as_count(fields.need("year"))
        self._days = {phase: _first_and_last(node) for phase, node in _entries(fields.need("phases")).items()}
        self._people, self._charges = _texts(fields.need("people")), _texts(fields.need("charges"))
        self._reasons, self._reason = _texts(fields.need("reasons")), as_text(fields.need("reason"))
        self._units = [_texts(node) for node in as_items(fields.need("units"))]
        self._names = {one["as"]: one["unit"] for one in self._units}
        self._set = load(self._set_id)

    @property
    def round(self) -> Round:
        """As it stands now."""
        return Round.objects.select_related("organizer").get(pk=self._key)

    def score(self) -> None:
        """Opened, scored by the units themselves, submitted by their heads."""
        begins, own = self._days["self"][0], self._figures("self")
        papers = {kind: _founding(node) for kind, node in _entries(self._fields.need("papers")).items()}
        opened = open_sample(
            self._by("secretary", begins), self._fields, year=self._year, criteria=moved_to(self._year, self._set),
            phases=self._days, papers=papers, units=[one["unit"] for one in self._units],
        )  # fmt: skip
        self._key = opened.pk
        for one in self._units:
            on = date.fromisoformat(one["on"])
            sheet = self._sheet(one["unit"])
            write_own(_by(one["officer"], on), sheet, own[one["as"]])
            submit_sheet(**_by(one["head"], on), sheet=sheet, expected_version=sheet.version)

    def appraise(self) -> None:
        """The documents, what was found on site, what units are asked."""
        begins = self._move("appraise", "document1")
        for code, official in self._charges.items():
            who = Official.objects.get(code=official)
            give_charge(**self._by("secretary", begins), round_=self.round, official=who, starts_on=begins, code=code)
        self._write("document1", begins)
        self._accept_the_rest(begins)
        finding = _texts(self._fields.need("findings"))
        self._visit(finding["code"], date.fromisoformat(finding["on"]))
        for node in as_items(self._fields.need("questions")):
            one = _texts(node)
            by = _by(self._appraiser(one["code"]), self._days["document1"][1])
            ask_question(**by, sheet=self._sheet(one["unit"]), code=one["code"], text=one["text"])

    def explain(self) -> None:
        """Units are given the results and answer; whoever asked lets it stand."""
        self._move("explain", "explanation")
        answers, ends = (
            [_texts(node) for node in as_items(self._fields.need("questions"))],
            self._days["explanation"][1],
        )
        for one in answers:
            sheet, by = self._sheet(one["unit"]), _by(one["by"], ends)
            question = Question.objects.select_related("sheet__round").get(sheet=sheet, criterion=one["code"])
            answer_question(**by, question=question, text=one["answer"])
            submit_explanations(**by, sheet=sheet, expected_version=sheet.version)
        begins = self._move("reappraise", "document2")
        for one in answers:
            self._say(self._sheet(one["unit"]), one["code"], "document2", {}, begins)

    def deliberate(self) -> None:
        """The council votes about some, decides what was taken out, and two persons freeze the result."""
        self._move("deliberate", "council")
        held = _texts(self._fields.need("session"))
        on = date.fromisoformat(held["on"])
        seats = [Official.objects.get(code=self._people[seat]) for seat in ("chair", "secretary", "member")]
        secretary = self._by("secretary", on)
        session = hold_session(**secretary, round_=self.round, facts=SessionFacts(on, held["place"], seats))
        for node in as_items(self._fields.need("motions")):
            self._decide(_texts(node), session, on)
        reason = as_text(self._fields.need("exclusions"))
        for code, out in self._taken_out():
            decide_exclusions(**secretary, sheets=out, code=code, confirmed=True, reason=reason, session=session)
        ends, round_ = self._days["council"][1], self.round
        freeze = propose_freeze(**self._by("secretary", ends), round_=round_, expected_version=round_.version)
        confirm_freeze(**self._by("chair", ends), freeze=freeze)

    def publish(self) -> None:
        """Approved by a decision, public on the next day."""
        with reading(self._fields.need("decision")) as fields:
            on = as_date(fields.need("on"))
            decision = Decision(as_text(fields.need("number")), on, as_text(fields.need("signer")))
        round_ = self.round
        approve_result(
            **self._by("authority", on), round_=round_, decision=decision, expected_version=round_.version
        )  # fmt: skip
        called, round_ = as_local_text(self._fields.need("public")), self.round
        publish_frozen(
            **self._by("authority", on + _DAY), round_=round_, expected_version=round_.version,
            facts=PublicFacts(called.vi, called.en or "", "commune"),
        )  # fmt: skip

    def look_again(self) -> None:
        """A unit asks for a review; the council answers."""
        one, (begins, ends) = _texts(self._fields.need("review")), self._days["review"]
        asked = ask_review(
            **_by(one["by"], begins), sheet=self._sheet(one["unit"]), code=one["code"], text=one["text"]
        )  # fmt: skip
        answer_review(**self._by("secretary", ends), asked=asked, granted=False, answer=one["answer"])

    def _accept_the_rest(self, on: date) -> None:
        """Whoever appraises has looked at everything: what was not changed is accepted as it stands."""
        sheets = {sheet.pk: sheet for sheet in whole(self.round)[0].select_related("round__organizer", "unit")}
        said = Answer.objects.filter(sheet__in=sheets, stage="document1").values_list("criterion", "sheet")
        looked_at = set(said.order_by("pk"))
        for criterion in self._set.criteria:
            rest = [(one, NEW) for key, one in sheets.items() if (criterion.code, key) not in looked_at]
            if rest and not is_given_by_others(criterion):
                by = _by(self._appraiser(criterion.code), on)
                accept_answers(**by, sheets=rest, code=criterion.code, stage="document1")

    def _visit(self, code: str, on: date) -> None:
        """What is found on site: a finding where points come on top, else an answer of the field check."""
        inspector = Official.objects.get(code=self._people["inspector"])
        join_team(
            **self._by("secretary", self._days["field"][0]), round_=self.round, official=inspector, duty="inspector",
            starts_on=self._days["field"][0],
        )  # fmt: skip
        self._plan()
        for unit, figures in self._figures("field").items():
            seen, sheet = figures.pop(code), self._sheet(self._names[unit])
            found = Found(code, on, seen["reason"], Decimal(seen["points"].replace(",", ".")), is_deduction=False)
            finding = enter_finding(**self._by("inspector", on), sheet=sheet, found=found)
            accept_finding(**_by(self._appraiser(code), on + _DAY), finding=finding)
            for one, texts in figures.items():
                self._say(sheet, one, "field", texts, on + _DAY)

    def _plan(self) -> None:
        """When the team comes to which unit."""
        planned = []
        for node in as_items(self._fields.need("visits")):
            one = _texts(node)
            day = date.fromisoformat(one["on"])
            planned.append(Planned(self._sheet(one["unit"]), day, one["half"], note=one["note"]))
        plan_visits(**self._by("secretary", self._days["field"][0]), round_=self.round, planned=planned)

    def _decide(self, one: Mapping[str, str], session: Session, on: date) -> None:
        sheet, code, member = self._sheet(one["unit"]), one["code"], self._by("member", on - _DAY)
        give_opinion(**member, sheet=sheet, code=code, agrees=one["kind"] == "accept", **_differing(one))
        proposal = Proposal(one["kind"], one["reason"])
        motion = put_motion(**self._by("secretary", on), sheet=sheet, code=code, proposal=proposal, session=session)
        for vote in ("for", "against"):
            for official in one.get(vote, "").split():
                cast_vote(**_by(official, on), motion=motion, vote=vote)
        conclude_motion(**self._by("secretary", on), motion=motion)

    def _taken_out(self) -> Iterator[tuple[str, list[Sheet]]]:
        """By criterion, the sheets in which it was taken out of the maximum."""
        found, answers = whole(self.round)
        sheets = list(found.select_related("round__organizer"))
        for one in exclusions(set_of(self.round), sheets, answers):
            yield one.criterion.code, [row.sheet for row in one.out]

    def _write(self, stage: Stage, on: date) -> None:
        for unit, figures in self._figures(stage).items():
            sheet = self._sheet(self._names[unit])
            for code, texts in figures.items():
                self._say(sheet, code, stage, texts, on)

    def _say(self, sheet: Sheet, code: str, stage: Stage, texts: Mapping[str, str], on: date) -> None:
        """By who appraises it; what surveys and statistics came to by the secretary, without a reason."""
        others = is_given_by_others(self._set.criterion(code))
        who = self._people["secretary"] if others else self._appraiser(code)
        reason = {} if others or not texts else {"reason": self._reasons.get(code, self._reason)}
        said = Said(reason | dict(texts))
        write_answer(**_by(who, on), sheet=sheet, code=code, stage=stage, said=said, expected_version=NEW)

    def _appraiser(self, code: str) -> str:
        return self._charges.get(code.split(".", maxsplit=1)[0], self._charges[""])

    def _move(self, step: str, phase: str) -> date:
        on, round_ = self._days[phase][0], self.round
        move_on(**self._by("secretary", on), round_=round_, step=step, expected_version=round_.version)
        return on

    def _figures(self, stage: Stage) -> dict[str, dict[str, Mapping[str, str]]]:
        """Of the sample sheet, its days in the year of the round."""
        made_for, year = str(self._set.validity.start.year), str(self._year)
        return {
            unit: {
                code: {name: text.replace(made_for, year) for name, text in texts.items()}
                for code, texts in criteria.items()
            }
            for unit, criteria in example_figures(self._set_id, stage).items()
        }

    def _sheet(self, unit: str) -> Sheet:
        return Sheet.objects.select_related("round__organizer", "unit").get(round=self._key, unit=unit_of(unit))

    def _by(self, seat: str, on: date) -> dict[str, Any]:
        return _by(self._people[seat], on)


def _remedy(now: datetime, round_: Round, node: Node) -> None:
    """Tasks for the units that are weak at a criterion: taken in hand by their heads, one done and verified."""
    with reading(node) as fields:
        sample, heads, done = Sample(now), _texts(fields.need("heads")), as_text(fields.need("done"))
        ago, watcher = as_count(fields.need("days_ago")), unit_of(as_text(fields.need("watcher")))
        given = _at(sample.ago(ago), as_text(fields.need("verifier")))
        due_on = sample.day(-as_count(fields.need("due_in")))
        order = Order(as_text(fields.need("what")), Deadline(sample.day(ago), due_on=due_on), watcher)
        sheets = list(round_.sheets.filter(unit__code__in=heads).select_related("unit").order_by("place"))
        for task in give_remedies(
            **given, round_=round_, code=as_text(fields.need("code")), sheets=sheets, order=order
        ):  # fmt: skip
            head = heads[task.owner.code]
            taken = take_step(
                **_at(sample.ago(ago - 1), head), task=task, step="acknowledge", expected_version=task.version
            )  # fmt: skip
            if task.owner.code == done:
                _finish(sample, taken, head, fields)


def _finish(sample: Sample, task: Task, head: str, fields: Fields) -> None:
    reported, checked = sample.ago(8), sample.ago(6)
    claimed = claim_done(
        **_at(reported, head), task=task, expected_version=task.version, proof=as_text(fields.need("proof")),
        done_on=sample.day(8),
    )  # fmt: skip
    by = _at(checked, as_text(fields.need("verifier")))
    text = as_text(fields.need("checked"))
    take_step(**by, task=claimed, step="verify", expected_version=claimed.version, text=text)


def _differing(one: Mapping[str, str]) -> dict[str, Any]:
    """What a slip says that does not agree: other points, and why."""
    return {} if one["kind"] == "accept" else {"points": one["points"], "reason": one["reason"]}


def _at(moment: datetime, official: str) -> dict[str, Any]:
    return {"actor": actor_at(official, moment), "now": moment}


def _by(official: str, on: date) -> dict[str, Any]:
    return _at(make_aware(datetime.combine(on, _HOUR)), official)


def _entries(node: Node) -> Mapping[str, Node]:
    return as_entries(node).entries


def _texts(node: Node) -> dict[str, str]:
    return {key: as_text(value) for key, value in _entries(node).items()}


def _first_and_last(node: Node) -> Days:
    with reading(node) as fields:
        return as_date(fields.need("from")), as_date(fields.need("to"))


def _founding(node: Node) -> Founding:
    with reading(node) as fields:
        return Founding(as_text(fields.need("number")), as_date(fields.need("on")))
