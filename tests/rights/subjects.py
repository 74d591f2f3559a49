"""The things that permissions are asked about, in every state: one function for each room."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from cchc.apologies.models import Letter
from cchc.apologies.states import LETTER
from cchc.audit.actors import Actor
from cchc.dossiers.models import ActualCompletion, Advice, Dossier, StepInstance
from cchc.dossiers.states import DOSSIER
from cchc.files.models import BlobState, StoredFile
from cchc.followups.models import Difficulty, Directive, Task
from cchc.followups.permissions import FOLLOW_UP
from cchc.followups.states import STEPS_OF_REQUESTS, TASK
from cchc.interface.hosting.audited import known_audited
from cchc.interface.hosting.picking import get_pick_kind
from cchc.interface.models import Job
from cchc.notices.models import Delivery, Notice
from cchc.organizations.actions.units import give_supervision
from cchc.organizations.exporting.kinds import export_kind
from cchc.organizations.exporting.standing import standing_of
from cchc.organizations.models import Export, RegisterImport, Unit
from cchc.organizations.viewers import Hold, Viewer
from cchc.papers.models import ApprovalRequest, BasesImport, LegalBasis, Paper, TextTemplate
from cchc.papers.states import PAPER
from cchc.procedures.models import CatalogueImport, Procedure, Publication
from cchc.records.sources import Source
from cchc.registers.models import EntriesImport, Register
from cchc.registers.states import REGISTER
from tests.factories.files import cited, stored
from tests.factories.followups import task as given_task
from tests.factories.organizations import BY_TESTS, LONG_AGO, TODAY, grant, official, unit
from tests.files.samples import pdf
from tests.rights.delays import oversight
from tests.rights.rounds import assessments
from tests.rights.stage import ENDED_ON, RELATIONS, Stage, Subject

ENDS = ("open", "ended")


def _paper(number: int) -> bytes:
    """A PDF with a content of its own for every number."""
    return pdf() + f"\n% {number}\n".encode()


_ABOUT_NOTHING = (
    "may_see_units",
    "may_read_disclosures",
    "may_read_retention",
    "may_read_changes",
    "may_check_chain",
    "may_run_retention",
    "may_import",
)


def _holder(stage: Stage, state: str, where: str) -> Any:
    """Works in the own unit, and holds a role over the unit there."""
    code = f"{state}-{where}"
    person = stage.other.__class__.objects.filter(code=code).first()
    if person is None:
        person = official(code, works_in=stage.places["own"])
        if state != "holds_nothing":
            days = {"ends_on": ENDED_ON} if state == "held_once" else {}
            grant(person, "unit_head", stage.places[where], covers_subtree=state == "holds_below", **days)
    return person


def _exports(stage: Stage) -> Mapping[str, Subject]:
    """`mine` was asked for with what the viewer holds now (`call`), `before` with something else."""

    def table(state: str, where: str) -> tuple[object, ...]:
        who = stage.other if state == "others" else stage.me
        return (Export(asked_by=who, standing="" if state == "mine" else "x"),)

    return {
        "may_export": Subject(lambda state, where: (export_kind("organizations.register"),)),
        "may_take_export": Subject(table, ("mine", "before", "others"), deputies=False),
    }


def organizations(stage: Stage) -> Mapping[str, Subject]:
    def of_unit(state: str, where: str) -> tuple[Unit] | None:
        place = (stage.places if state == "open" else stage.ended).get(where)
        return None if place is None else (place,)

    def of_person(state: str, where: str) -> tuple[object, ...]:
        return (stage.people[where if state == "works" else f"{where}-left"],)

    def disclosed(state: str, where: str) -> tuple[object, ...]:
        return (stage.me,) if state == "oneself" else of_person(state, where)

    def with_contact(state: str, where: str) -> tuple[object, ...]:
        return (stage.other, stage.places[where] if state == "works" else None)

    def right(state: str, where: str) -> tuple[object, ...]:
        return (stage.me if state == "oneself" else stage.other, stage.places[where])

    holder = partial(_holder, stage)

    def account(state: str, where: str) -> tuple[object, ...]:
        return (stage.me if state == "oneself" else holder(state, where), stage.places["own"])

    def deputy(state: str, where: str) -> tuple[object, ...]:
        if state == "for_oneself":
            return (stage.me, stage.places[where])
        if state == "for_oneself_by":
            return (stage.me, stage.places["own"], stage.people[where])
        return (stage.other, stage.places[where], stage.me if state == "oneself_as_deputy" else stage.people["own"])

    def imported(state: str, where: str) -> tuple[object, ...]:
        return (RegisterImport(uploaded_by=stage.me if state == "mine" else stage.other),)

    holds = ("holds_nothing", "holds", "holds_below", "held_once")
    units = Subject(of_unit, ENDS)
    return {
        "may_found_unit": units,
        "may_change_unit": units,
        "may_manage_people": units,
        "may_set_supervision": units,
        "may_read_audit": units,
        "may_read_audit_of_person": Subject(of_person, ("works", "left")),
        "may_read_disclosures_of": Subject(disclosed, ("works", "left", "oneself"), deputies=False),
        **dict.fromkeys(_ABOUT_NOTHING, Subject(lambda state, where: ())),
        "may_see_contact": Subject(
            with_contact, ("works", "left"), viewers={"oneself": lambda: Viewer(TODAY, stage.other)}, deputies=False
        ),
        "may_manage_rights": Subject(right, ("others", "oneself"), deputies=False),
        "may_end_posting": Subject(right, ("others", "oneself"), deputies=False),
        "may_hand_on": Subject(lambda state, where: (holder(state, where),), holds),
        "may_open_account": Subject(account, holds),
        "may_restore_account": Subject(account, (*holds, "oneself")),
        "may_delegate": Subject(
            deputy, ("for_another", "for_oneself", "for_oneself_by", "oneself_as_deputy"), deputies=False
        ),
        **_exports(stage),
        "may_follow_import": Subject(imported, ("mine", "others"), deputies=False),
    }  # fmt: skip


def papers(stage: Stage) -> Mapping[str, Subject]:
    def paper(state: str, where: str) -> tuple[Paper]:
        return (Paper(unit=stage.places[where], state=state),)

    def basis(state: str, where: str) -> tuple[LegalBasis]:
        return (
            LegalBasis(unit=stage.places[where], starts_on=LONG_AGO, ends_on=None if state == "open" else ENDED_ON),
        )

    def handed_in(state: str, where: str) -> tuple[BasesImport]:
        return (BasesImport(unit=stage.places[where], uploaded_by=stage.me if state == "mine" else stage.other),)

    def asked(state: str, where: str) -> tuple[ApprovalRequest]:
        unit = stage.places["own" if state == "of_my_unit" else "elsewhere"]
        drafted = Paper(unit=unit, drafted_by=stage.me if state == "drafted_by_me" else stage.other)
        drafted.issued_by = stage.me if state == "issued_by_me" else stage.other
        who, verdict = stage.me if state == "asked_by_me" else stage.other, "approved" if state == "decided" else ""
        return (ApprovalRequest(paper=drafted, to=stage.places[where], asked_by=who, verdict=verdict),)

    def asked_there(state: str, where: str) -> tuple[ApprovalRequest]:
        who = stage.me if state.endswith("asked_by_me") else stage.other
        verdict = "approved" if state.startswith("decided") else ""
        of = Paper(unit=stage.places[where])
        return (ApprovalRequest(paper=of, to=stage.places["parent"], asked_by=who, verdict=verdict),)

    of_papers = Subject(paper, tuple(state.id for state in PAPER.states))
    of_units = Subject(lambda state, where: (stage.places[where],))
    names = (
        "ask_approval",
        "see_paper",
        "change_paper",
        "discard_paper",
        "issue_paper",
        "attach_signed",
        "withdraw_paper",
    )
    return {
        "may_see_papers": Subject(lambda state, where: ()),
        "may_draft_paper": of_units,
        "may_write_templates": of_units,
        "may_write_template": Subject(lambda state, where: (TextTemplate(unit=stage.places[where]),)),
        "may_keep_bases": of_units,
        "may_change_basis": Subject(basis, ENDS),
        "may_decide_approval": Subject(
            asked, ("waiting", "asked_by_me", "drafted_by_me", "issued_by_me", "of_my_unit", "decided"), deputies=False
        ),
        "may_take_back_approval": Subject(
            asked_there, ("waiting", "asked_by_me", "decided", "decided_asked_by_me"), deputies=False
        ),
        "may_follow_bases_import": Subject(handed_in, ("mine", "others"), deputies=False),
        **{f"may_{name}": of_papers for name in names},
    }


_TASK, _DIRECTIVE = (Task._meta.label, "7"), (Directive._meta.label, "5")
"""The task that is asked about, and the directive that gave it."""
_ASKED = "asked"
"""Beside the states of tasks: one that asks for an answer, by the unit that would follow it otherwise."""


def _person(
    stage: Stage, who: Any, *holds: Hold, works_in: str = "", follows: tuple[str, str] | None = None
) -> Callable[[], Viewer]:
    postings = frozenset({stage.places[works_in].pk} if works_in else ())
    duties = frozenset({(FOLLOW_UP, *follows)} if follows else ())
    return lambda: Viewer(TODAY, who, holds=holds, postings=postings, duties=duties)


def _assigned(stage: Stage) -> dict[str, Callable[[], Viewer]]:
    """Who is assigned to follow the task or its directive, and who is not; none of them holds a role."""
    person = partial(_person, stage)
    return {
        "assigned": person(official("pc-viec"), works_in="own", follows=_TASK),
        "assigned_below": person(official("pc-duoi"), works_in="child", follows=_DIRECTIVE),
        "assigned_to_directive": person(official("pc-van-ban"), works_in="own", follows=_DIRECTIVE),
        "assigned_claimant": person(stage.deputy, works_in="own", follows=_TASK),
        "assigned_leader": person(stage.other, works_in="own", follows=_TASK),
        "unassigned": person(official("khong-pc"), works_in="own"),
        "assigned_to_another": person(official("pc-khac"), works_in="own", follows=(Task._meta.label, "8")),
        "assigned_and_moved": person(official("pc-roi"), works_in="elsewhere", follows=_TASK),
    }


def _around_tasks(stage: Stage) -> dict[str, Callable[[], Viewer]]:
    """The leader, whoever reported it done, and others who stand to the task in a way of their own."""
    follows = Hold("procedure_control_officer", stage.places["own"].pk, True)
    next_to = Hold("unit_head", stage.places["sibling"].pk, False)
    office = unit("van-phong-don-doc", stage.places["parent"], "office")
    give_supervision(
        **BY_TESTS, supervisor=office, unit=stage.places["sibling"], starts_on=TODAY, source=Source("QĐ 1")
    )
    person = partial(_person, stage)
    return {
        "leader": person(stage.other),
        "leader_who_follows": person(stage.other, follows, works_in="own"),
        "claimant_who_follows": person(stage.deputy, follows),
        "supervisor": person(official("don-doc"), Hold("procedure_control_officer", office.pk, False)),
        "neighbour": person(stage.people["sibling"], next_to, works_in="sibling"),
        "deputy_in_one_role": lambda: replace(
            stage.viewers["nobody"], official=stage.deputy, principal=stage.other, in_single_roles=True
        ),
        "leader_for_a_colleague": lambda: Viewer(
            TODAY, stage.other, stage.people["own"], (follows,), postings=frozenset({stage.places["own"].pk})
        ),
    }


def followups(stage: Stage) -> Mapping[str, Subject]:
    """Tasks and directives are owned `where`; the own unit follows them, its neighbour what the own unit owns."""
    watchers = dict.fromkeys(RELATIONS, stage.places["own"]) | {"own": stage.places["sibling"]}

    def task(state: str, where: str) -> Task:
        claimant, subject = stage.deputy if state == "done_claimed" else None, _DIRECTIVE
        if state == _ASKED:
            state, subject = TASK.first, (Difficulty._meta.label, "9")
        return Task(
            pk=int(_TASK[1]), owner=stage.places[where], watcher=watchers[where], leader=stage.other, state=state,
            claimed_by=claimant, subject_type=subject[0], subject_id=subject[1],
        )  # fmt: skip

    def taken(state: str, where: str) -> tuple[object, ...]:
        step, _, at = state.partition("@")
        return (task(at, where), TASK.step(step))

    def posted(state: str, where: str) -> tuple[object, ...]:
        made = Directive(pk=int(_DIRECTIVE[1]), unit=stage.places["own"], watcher=watchers[where])
        return (made, stage.places[where])

    def to_assign(state: str, where: str) -> tuple[object, ...]:
        about, _, whom = state.partition("+")
        subject = task("given", where) if about == "task" else posted(state, where)[0]
        return (subject, stage.me if whom == "oneself" else stage.people["own"])

    assigned = _assigned(stage)
    people = assigned | _around_tasks(stage)
    states = (*(state.id for state in TASK.states), _ASKED)
    of_tasks = Subject(lambda state, where: (task(state, where),), states, viewers=people, deputies=False)
    steps = tuple(f"{step.id}@{source}" for step in TASK.steps for source in step.sources)
    steps += tuple(f"{step}@{_ASKED}" for step in STEPS_OF_REQUESTS)
    of_units = Subject(lambda state, where: (stage.places[where],))
    return {
        "may_see_tasks": Subject(lambda state, where: ()),
        "may_work_on": of_tasks,
        "may_follow": of_tasks,
        "may_urge": of_tasks,
        "may_verify": of_tasks,
        "may_take_step": Subject(taken, steps, viewers=people, deputies=False),
        "may_issue_directive": of_units,
        "may_lay_before": Subject(
            lambda state, where: (Paper(unit=stage.places[where], state=state),),
            ("issued", "withdrawn"),
            viewers={
                "writer_of_the_province": _person(
                    stage, official("soan"), Hold("reform_officer", stage.places["parent"].pk, True), works_in="parent"
                )
            },
        ),
        "may_acknowledge": of_units,
        "may_follow_directive": Subject(
            lambda state, where: posted(state, where)[:1], viewers=assigned, deputies=False
        ),
        "may_assign": Subject(
            to_assign, ("directive", "task", "directive+oneself", "task+oneself"), viewers=people, deputies=False
        ),
        "may_note_posting": Subject(posted, viewers=assigned, deputies=False),
    }


def registers(stage: Stage) -> Mapping[str, Subject]:
    def register(state: str, where: str) -> Register:
        return Register(keeper=stage.places[where], state=state)

    def handed_in(state: str, where: str) -> tuple[EntriesImport]:
        uploader = stage.me if state == "mine" else stage.other
        return (EntriesImport(register=register("open", where), uploaded_by=uploader),)

    states = tuple(state.id for state in REGISTER.states)
    return {
        "may_see_registers": Subject(lambda state, where: ()),
        "may_open_register": Subject(lambda state, where: (stage.places[where],)),
        "may_keep_register": Subject(lambda state, where: (register(state, where),), states),
        "may_follow_entries_import": Subject(handed_in, ("mine", "others"), deputies=False),
    }


def procedures(stage: Stage) -> Mapping[str, Subject]:
    def handed_in(state: str, where: str) -> tuple[CatalogueImport]:
        uploader = stage.me if state == "mine" else stage.other
        return (CatalogueImport(keeper=stage.places[where], uploaded_by=uploader),)

    return {
        "may_follow_catalogue_import": Subject(handed_in, ("mine", "others"), deputies=False),
        "may_see_procedures": Subject(lambda state, where: ()),
        "may_note_publications": Subject(lambda state, where: ()),
        "may_note_publication": Subject(lambda state, where: (stage.places[where],)),
        "may_strike_publication": Subject(lambda state, where: (Publication(unit=stage.places[where]),)),
        "may_keep_procedures": Subject(lambda state, where: (stage.places[where],)),
        "may_keep_procedure": Subject(lambda state, where: (Procedure(keeper=stage.places[where]),)),
    }


def dossiers(stage: Stage) -> Mapping[str, Subject]:
    """Dossiers are received and settled in the unit there; of their steps the viewer has those that are `+mine`."""

    def dossier(where: str) -> Dossier:
        return Dossier(pk=1, unit=stage.places[where], settling_unit=stage.places[where])

    def worked_on(state: str, where: str) -> tuple[object, ...]:
        act, _, whose = state.partition("+")
        holder = stage.me if whose else stage.other
        step = StepInstance(dossier=dossier(where), unit=stage.places[where], role="settling_official", holder=holder)
        return (step, act)

    def asked(state: str, where: str) -> tuple[object, ...]:
        """Of an official, of the unit there, of a body outside; `+mine`: of me, or at a step that I have."""
        of, _, whose = state.partition("+")
        me = stage.me if whose else stage.other
        step = StepInstance(
            dossier=dossier(where), unit=stage.places[where], holder=me if of == "body" else stage.other
        )
        if of == "official":
            return (Advice(step=step, official=me),)
        return (Advice(step=step, unit=stage.places[where]) if of == "unit" else Advice(step=step, body="Công an"),)

    def claimed(state: str, where: str) -> tuple[object, ...]:
        step = StepInstance(dossier=dossier(where), unit=stage.places[where], role="settling_official")
        return (ActualCompletion(step=step, claimed_by=stage.me if state == "mine" else stage.other),)

    by_holder = ("complete", "release", "send_back", "claim_completion")
    return {
        "may_see_dossiers": Subject(lambda state, where: ()),
        "may_receive": Subject(lambda state, where: (stage.places[where],)),
        "may_note_paper": Subject(lambda state, where: (stage.places[where],)),
        "may_see_targets": Subject(lambda state, where: ()),
        "may_set_targets": Subject(lambda state, where: ()),
        "may_set_target": Subject(lambda state, where: (stage.places[where],)),
        "may_act": Subject(
            lambda state, where: (dossier(where), state), (*(step.id for step in DOSSIER.steps), "pay", "waive")
        ),
        "may_note_absence": Subject(
            lambda state, where: (stage.me if state == "mine" else stage.colleague_of(where),), ("mine", "else")
        ),
        "may_lead": Subject(lambda state, where: ()),
        "may_remind": Subject(lambda state, where: worked_on("take", where)[:1]),
        "may_reassign": Subject(lambda state, where: ()),
        "may_see_archive": Subject(lambda state, where: ()),
        "may_archive": Subject(lambda state, where: (dossier(where),)),
        "may_correct": Subject(lambda state, where: (dossier(where),)),
        "may_see_failures": Subject(lambda state, where: ()),
        "may_send_again": Subject(lambda state, where: (dossier(where),)),
        "may_ask_advice": Subject(lambda state, where: worked_on(state, where)[:1], ("held", "held+mine")),
        "may_answer_advice": Subject(asked, ("official", "official+mine", "unit", "body", "body+mine")),
        "may_file_paper": Subject(lambda state, where: (dossier(where),)),
        "may_file_result": Subject(lambda state, where: (dossier(where),)),
        "may_file_claim": Subject(claimed, ("-", "mine")),
        "may_work": Subject(worked_on, ("take", "assign", *by_holder, *(f"{act}+mine" for act in by_holder))),
    }


def feedback(stage: Stage) -> Mapping[str, Subject]:
    """Dossiers are received and settled in the unit there."""
    return {
        "may_handle_rating_form": Subject(
            lambda state, where: (Dossier(pk=1, unit=stage.places[where], settling_unit=stage.places[where]),)
        ),
        "may_see_ratings": Subject(lambda state, where: ()),
        "may_see_ratings_of": Subject(lambda state, where: (stage.places[where],)),
        "may_read_words": Subject(lambda state, where: (stage.places[where],)),
    }


def slips(stage: Stage) -> Mapping[str, Subject]:
    """Dossiers received and settled in the unit there, and its registers."""

    def dossier(state: str, where: str) -> tuple[object, ...]:
        return (Dossier(pk=1, unit=stage.places[where], settling_unit=stage.places[where]),)

    return {
        "may_number_form": Subject(dossier),
        "may_close_book": Subject(lambda state, where: (stage.places[where],)),
    }


def files(stage: Stage) -> Mapping[str, Subject]:
    """A stranger's file, uploaded in the unit there; cited for that unit where the state says so."""
    kept: dict[tuple[str, str], StoredFile] = {}
    states = (*(blob.value for blob in BlobState), "safe+cited", "safe+uncited", "quarantined+cited")

    def file(state: str, where: str) -> StoredFile:
        if (state, where) not in kept:
            made = stored(_paper(len(kept)), by=stage.other, works_in=stage.places[where])
            made.blob.state, _, cited_for = state.partition("+")
            if cited_for:
                citation = cited(made, ("organizations.Unit", made.unit_id))
                if cited_for == "uncited":
                    end(citation)
            kept[state, where] = made
        return kept[state, where]

    def cited_there(state: str, where: str) -> tuple[object, ...]:
        return (file(state, where), ("organizations.Unit", str(stage.places[where].pk)))

    def citation(state: str, where: str) -> tuple[object, ...]:
        return (file(state, where).citations.get(),)

    def copied(state: str, where: str) -> tuple[object, ...]:
        """The same content uploaded once more: by me, or by somebody of another unit."""
        copies = {"alone": (None, ""), "copy_mine": (stage.me, "own"), "copy_below": (stage.people["child"], "child"),
                  "copy_elsewhere": (stage.people["elsewhere"], "elsewhere")}  # fmt: skip
        by, there = copies[state]
        number = len(copies) * RELATIONS.index(where) + list(copies).index(state) + 1000
        first = stored(_paper(number), by=stage.other, works_in=stage.places[where])
        if by is not None:
            stored(_paper(number), by=by, works_in=stage.places[there])
        return (first,)

    uploader = {"uploader": lambda: Viewer(TODAY, stage.other)}

    def of_files(states: tuple[str, ...], make: Any = lambda state, where: (file(state, where),)) -> Subject:
        return Subject(make, states, viewers=uploader, all_roles_at=())

    shown = of_files(("safe", "safe+cited", "safe+uncited"))
    return {
        "may_upload": Subject(lambda state, where: (), where=("own",)),
        "may_see_file": shown,
        "may_open_file": of_files(states),
        "may_describe_file": shown,
        "may_judge_file": shown,
        "may_release_file": of_files(("alone", "copy_mine", "copy_below", "copy_elsewhere"), copied),
        "may_cite_file": of_files(("safe", "safe+cited"), cited_there),
        "may_cite_for": of_files(
            ("safe",), lambda state, where: (("organizations.Unit", str(stage.places[where].pk)),)
        ),
        "may_uncite_file": of_files(("safe+cited",), citation),
    }


def end(citation: Any) -> None:
    """The file is no longer cited there."""
    from cchc.files.actions import uncite
    from tests.factories.organizations import BY_TESTS

    uncite(**BY_TESTS, citation=citation, reason="Nhầm")


def notices(stage: Stage) -> Mapping[str, Subject]:
    def notice(state: str, where: str) -> tuple[object, ...]:
        return (Notice(recipient=stage.me if state == "mine" else stage.other),)

    def delivery(state: str, where: str) -> tuple[object, ...]:
        """The mail of a task that somebody there leads, as if it stood so; an address there is, or none."""
        standing, _, address = state.partition("+")
        leader = stage.people[where]
        mails = Delivery.objects.filter(notice__recipient=leader).exclude(channel="in_app")
        if not mails.exists():
            given_task(stage.places[where], leader, stage.places["own" if where == "elsewhere" else "elsewhere"])
        mail = mails.select_related("notice__recipient").get()
        mail.state, mail.why = standing, ""
        mail.notice.recipient.email = "ten@mau.gov.vn" if address else ""
        return (mail,)

    to_deputy = {"deputy_of_recipient": lambda: Viewer(TODAY, stage.deputy, stage.other)}
    return {
        "may_be_told": Subject(lambda state, where: (), where=("own",)),
        "may_read_notice": Subject(notice, ("mine", "others"), ("own",), to_deputy, deputies=False),
        "may_read_deliveries": Subject(lambda state, where: (), where=("own",)),
        "may_send_again": Subject(
            delivery, ("failed+address", "failed", "queued+address", "sent+address", "held+address")
        ),
    }


def interface(stage: Stage) -> Mapping[str, Subject]:
    """`may_follow_job` is asked by an actor, as the room knows no viewers of its own: see `call`."""

    def job(state: str, where: str) -> tuple[object, ...]:
        asked_by = {"mine": stage.me.code, "others": stage.other.code, "scheduled": "system:schedule"}
        return (Job(requested_by=asked_by[state]),)

    def history(state: str, where: str) -> tuple[object, ...]:
        if state == "unknown_type":
            return (None, stage.places[where])
        return (known_audited()["organizations.Unit"], None if state == "no_object" else stage.places[where])

    def picked(state: str, where: str) -> tuple[object, ...]:
        return (get_pick_kind("interface.sample" if state == "sample" else "organizations.official"),)

    namesake = {"called_schedule": lambda: Viewer(TODAY, official("schedule"))}
    return {
        "may_use_desk": Subject(lambda state, where: (), where=("own",)),
        "may_pick": Subject(picked, ("sample", "official"), where=("own",)),
        "may_follow_job": Subject(job, ("mine", "others", "scheduled"), ("own",), namesake, deputies=False),
        "may_read_history": Subject(history, ("of_unit", "unknown_type", "no_object")),
    }


def apologies(stage: Stage) -> Mapping[str, Subject]:
    """Letters of dossiers received and settled in the unit there; of their steps the viewer had none."""

    def dossier(where: str) -> Dossier:
        return Dossier(pk=1, unit=stage.places[where], settling_unit=stage.places[where])

    acts = tuple(step.id for step in LETTER.steps)
    return {
        "may_see_apologies": Subject(lambda state, where: ()),
        "may_record_mistake": Subject(lambda state, where: (dossier(where),)),
        "may_draft": Subject(lambda state, where: (dossier(where),)),
        "may_act_on": Subject(lambda state, where: (Letter(dossier=dossier(where)), state), acts),
    }


_OFFICE = (organizations, papers, followups, registers, procedures, dossiers, slips, apologies, feedback)
ROOMS: Mapping[str, Callable[[Stage], Mapping[str, Subject]]] = {
    one.__name__: one for one in (*_OFFICE, oversight, assessments, files, notices, interface)
}


def call(room: str, name: str, ask: Callable[..., Any], viewer: Viewer, arguments: tuple[object, ...]) -> Any:
    """Ask as views do."""
    if (room, name) == ("interface", "may_follow_job"):
        actor: Actor | None = viewer.actor() if viewer.is_signed_in else None
        return ask(actor, *arguments)
    if (room, name) == ("organizations", "may_take_export") and not arguments[0].standing:
        arguments[0].standing = standing_of(viewer)  # what the viewer held when the table was asked for
        try:
            return ask(viewer, *arguments)
        finally:
            arguments[0].standing = ""
    return partial(ask, viewer)(*arguments)
