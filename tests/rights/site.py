"""A province with its people signed in, and one thing of every kind, for asking every address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import translation

from cchc.assessments.actions.approving import ask_review
from cchc.assessments.actions.council import Proposal, SessionFacts, hold_session, put_motion
from cchc.assessments.actions.findings import Found, enter_finding, join_team
from cchc.assessments.actions.freezing import propose_freeze
from cchc.assessments.actions.imports import hand_in_answers
from cchc.assessments.actions.measures import bind_measure
from cchc.assessments.actions.reasons import keep_reason
from cchc.assessments.actions.rounds import move_on
from cchc.assessments.actions.sheets import ask_question
from cchc.assessments.actions.visits import plan_visits
from cchc.assessments.models import Round, Sheet
from cchc.assessments.visits import Planned
from cchc.dossiers.actions import pausing
from cchc.dossiers.actions.advising import Asked, ask_advice
from cchc.dossiers.actions.intake import receive
from cchc.dossiers.actions.working import complete, take_up
from cchc.dossiers.models import Dossier, DossierEvent, StepInstance
from cchc.dossiers.reasons import REASONS
from cchc.feedback.actions.handing_out import hand_out
from cchc.followups.actions.assigning import assign_follow_up
from cchc.followups.actions.directives import note_posting
from cchc.followups.actions.tasks import raise_difficulty
from cchc.followups.models import Directive, Task
from cchc.notices.actions.delivering import note_outcome
from cchc.notices.carriers import REFUSED
from cchc.notices.models import Delivery, Notice
from cchc.organizations.actions.accounts import open_account
from cchc.organizations.actions.imports import hand_in_import
from cchc.organizations.actions.people import change_official, post_official
from cchc.organizations.actions.rights import delegate
from cchc.organizations.actions.units import Standing, choose_calendar, give_supervision, place_unit
from cchc.organizations.models import Account, Export, Official, RegisterImport, RoleGrant, Unit
from cchc.organizations.viewers import actor_of
from cchc.papers.actions.approvals import ask_approval
from cchc.papers.actions.basis_imports import hand_in_bases
from cchc.procedures.actions.imports import hand_in_catalogue
from cchc.procedures.models import Procedure
from cchc.records.sources import Source
from cchc.registers.actions.imports import hand_in_entries
from cchc.registers.actions.registers import close_register
from cchc.registers.importing.layout import roles
from cchc.registers.models import Register
from tests.factories import apologies, assessments, dossiers, papers, procedures, registers
from tests.factories.files import cited, stored
from tests.factories.followups import claimed, directive, step, task
from tests.factories.jobs import do_job
from tests.factories.organizations import BY_TESTS, NOW, TODAY, grant, official, unit
from tests.files.samples import pdf
from tests.rights.site_dossiers import OfDossiers
from tests.rights.site_lists import OfLists
from tests.rights.site_logs import OfLogs


def signed_in(person: Official, **headers: str) -> Client:
    """As after a sign-in with a second factor."""
    account = Account.objects.filter(official=person).first() or open_account(
        **BY_TESTS, official=person, username=f"{person.code}.ten"
    )
    client = Client(headers=headers)
    client.force_login(account)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa"}]
    session.save()
    return client


@dataclass(frozen=True)
class Site(OfDossiers, OfLists, OfLogs):
    """The province's office follows what the commune does; the administrator looks after both."""

    province: Unit
    office: Unit
    commune: Unit
    people: Mapping[str, Official]

    def client(self, who: str) -> Client:
        """`public` is not signed in."""
        return Client() if who == "public" else signed_in(self.people[who])

    def arguments(self, about: str) -> tuple[object, ...]:
        """What stands in the address of the thing that a table calls `about`."""
        if about == "-":
            return ()
        kind, *more = about.split()
        made: Callable[..., tuple[object, ...]] = getattr(self, f"_{kind}")
        return made(*more)

    def _unit(self, *asked: str) -> tuple[object, ...]:
        return (self.commune.code, *asked)

    def _office(self) -> tuple[object, ...]:
        return (self.office.code,)

    def _official(self) -> tuple[object, ...]:
        return (self.people["clerk"].code,)

    def _beside(self) -> tuple[object, ...]:
        return self._posted(is_main=False, starts_on=TODAY)

    def _to_come(self) -> tuple[object, ...]:
        return self._posted(starts_on=TODAY + timedelta(days=1))

    def _posted(self, **given: Any) -> tuple[object, ...]:
        clerk = self.people["clerk"]
        return (clerk.code, post_official(**BY_TESTS, official=clerk, unit=self.office, post="Phó", **given).pk)

    def _owner(self) -> tuple[object, ...]:
        """Of an account."""
        return (self._account.official.code,)

    def _grant(self) -> tuple[object, ...]:
        return (self.people["clerk"].code, self._held.pk)

    def _supervision(self) -> tuple[object, ...]:
        given = give_supervision(
            **BY_TESTS, supervisor=self.office, unit=self.commune, starts_on=TODAY, source=Source("QĐ 1")
        )
        return (self.commune.code, given.pk)

    def _calendar_to_come(self) -> tuple[object, ...]:
        tomorrow = TODAY + timedelta(days=1)
        return (self.commune.code, choose_calendar(**BY_TESTS, unit=self.commune, calendar="vn", starts_on=tomorrow).pk)

    def _name_to_come(self) -> tuple[object, ...]:
        standing = Standing("commune", "xã Mới", self.province)
        made = place_unit(**BY_TESTS, unit=self.commune, standing=standing, starts_on=TODAY + timedelta(days=1))
        return (self.commune.code, made.pk)

    def _name_now(self) -> tuple[object, ...]:
        return (self.commune.code, self.commune.placements.get().pk)

    def _post_now(self) -> tuple[object, ...]:
        clerk = self.people["clerk"]
        return (clerk.code, clerk.postings.get().pk)

    def _delegation(self) -> tuple[object, ...]:
        return (self.people["clerk"].code, self._delegated.pk)

    def _history(self, _of: str, kind: str) -> tuple[object, ...]:
        things: dict[str, tuple[str, Callable[[], Any]]] = {
            "unit": ("organizations.Unit", lambda: self.commune),
            "official": ("organizations.Official", lambda: self.people["clerk"]),
            "grant": ("organizations.RoleGrant", lambda: self._held),
            "account": ("organizations.Account", lambda: self._account),
            "delegation": ("organizations.Delegation", lambda: self._delegated),
            "draft": ("papers.Paper", lambda: papers.draft(self.commune)),
        }
        code, thing = things[kind]
        return (code, thing().pk)

    def _import(self) -> tuple[object, ...]:
        return (self._imported.pk,)

    def _table(self) -> tuple[object, ...]:
        return ("organizations.register",)

    def _written(self, _what: str) -> tuple[object, ...]:
        """A table that the administrator had written, whose job is done."""
        with translation.override("vi"):
            client = self.client("administrator")
            client.post(reverse("organizations:export-ask", args=self._table()))
        made = Export.objects.select_related("job").latest("pk")
        assert made.job is not None
        do_job(made.job)
        return (made.pk,)

    def _job(self) -> tuple[object, ...]:
        return (self._imported.checking_id,)

    def _file(self, page: str = "") -> tuple[object, ...]:
        file = stored(pdf(), by=self.people["colleague"], works_in=self.commune)
        return (file.pk, 1) if page else (file.pk,)

    def _cited_for(self) -> tuple[object, ...]:
        return ("organizations.Unit", self.commune.pk)

    def _citation(self) -> tuple[object, ...]:
        file = stored(pdf(), by=self.people["colleague"], works_in=self.commune)
        return (cited(file, ("organizations.Unit", self.commune.pk)).pk,)

    def _draft(self, form: str = "") -> tuple[object, ...]:
        paper = papers.draft(self.commune)
        return (paper.pk, "xlsx") if form else (paper.pk,)

    def _issued(self, form: str = "") -> tuple[object, ...]:
        paper = papers.issued(self.commune)
        return (paper.pk, "xlsx") if form else (paper.pk,)

    def _asked(self) -> tuple[object, ...]:
        below = unit("phong-kinh-te", self.commune, "office")
        return (ask_approval(**BY_TESTS, paper=papers.issued(below), to=self.commune).pk,)

    def _laid(self) -> tuple[object, ...]:
        return (ask_approval(**BY_TESTS, paper=papers.issued(self.commune), to=self.province).pk,)

    def _template(self) -> tuple[object, ...]:
        return (papers.template(self.commune).code,)

    def _basis(self) -> tuple[object, ...]:
        return (papers.basis(self.commune).pk,)

    def _bases(self) -> tuple[object, ...]:
        headings = "Loại văn bản;Ngày ban hành;Tên, trích yếu\n".encode()
        given = {"unit": self.commune, "file": "can-cu.csv", "content": headings, "official": self.people["clerk"]}
        return (hand_in_bases(**BY_TESTS, **given).pk,)

    def _csv(self) -> tuple[object, ...]:
        return ("csv",)

    def _pick(self) -> tuple[object, ...]:
        return ("organizations.unit",)

    def _task(self, step_slug: str = "") -> tuple[object, ...]:
        return (self._given.pk, step_slug) if step_slug else (self._given.pk,)

    def _acknowledged(self, step_slug: str) -> tuple[object, ...]:
        return (step(self._given, "acknowledge", "").pk, step_slug)

    def _claimed(self, step_slug: str) -> tuple[object, ...]:
        return (claimed(self._given).pk, step_slug)

    def _difficulty(self) -> tuple[object, ...]:
        given = step(self._given, "acknowledge", "")
        raised = raise_difficulty(
            **BY_TESTS, task=given, expected_version=given.version, kind="difficulty", text="Thiếu máy"
        )
        return (raised.pk,)

    def _directive(self, *of_unit: str) -> tuple[object, ...]:
        issued: Directive = directive(self.office, [self.commune])
        return (issued.pk, self.commune.code) if of_unit else (issued.pk,)

    def _posting(self) -> tuple[object, ...]:
        issued = directive(self.office, [self.commune])
        where = {"unit": self.commune, "place": "Trang xã", "link": "", "posted_on": TODAY}
        return (note_posting(**BY_TESTS, directive=issued, **where).pk,)

    def _assignment(self) -> tuple[object, ...]:
        days = {"official": self.people["officer"], "starts_on": TODAY, "ends_on": None, "reason": "Đúng lĩnh vực"}
        return (assign_follow_up(**BY_TESTS, subject=self._given, **days).pk,)

    def _register(self) -> tuple[object, ...]:
        return (self._kept.pk,)

    def _closed_register(self) -> tuple[object, ...]:
        return (close_register(**BY_TESTS, register=self._kept, expected_version=1).pk,)

    def _entry(self) -> tuple[object, ...]:
        return (registers.entry(self._kept, self.commune).pk,)

    def _entries(self) -> tuple[object, ...]:
        of_entries = roles(self._kept.definition)
        headings = ";".join(names[0] for names in of_entries.values()).encode()
        given = {"file": "so.csv", "content": headings, "official": self.people["clerk"]}
        return (hand_in_entries(**BY_TESTS, register=self._kept, **given).pk,)

    def _procedure(self) -> tuple[object, ...]:
        return (procedures.procedure(self.commune).code,)

    def _procedures_file(self) -> tuple[object, ...]:
        given = {"file": "thu-tuc.yaml", "content": b"procedures: []", "official": self.people["officer"]}
        return (hand_in_catalogue(**BY_TESTS, keeper=self.commune, **given).pk,)

    def _publication(self) -> tuple[object, ...]:
        version = procedures.published(procedures.recorded(self.commune))
        return (procedures.posted(version, self.commune).pk,)

    def _drafted(self) -> tuple[object, ...]:
        return (procedures.drafted(procedures.recorded(self.commune)).pk,)

    def _version(self) -> tuple[object, ...]:
        return (procedures.published(procedures.recorded(self.commune)).pk,)

    def _counter(self, code: str = "") -> tuple[object, ...]:
        if code == "received":
            assert self._births
            return (self.commune.code,)
        return (self.commune.code, self._births.code) if code else (self.commune.code,)

    def _dossier(self, *slug: str) -> tuple[object, ...]:
        given = {"unit": self.commune, "procedure": self._births, "intake": dossiers.intake(self._births)}
        return (receive(**BY_TESTS, **given, receiver=self.people["receiver"]).pk, *slug)

    def _dossier_step_alone(self) -> tuple[object, ...]:
        return self._dossier_step("")[:1]

    def _advice(self) -> tuple[object, ...]:
        (number,) = self._dossier_step_alone()
        step = StepInstance.objects.select_related("dossier").get(pk=number)
        given = {"question": "Có thuộc diện miễn không?", "working_days": 1, "asked": Asked(body="Công an xã")}
        return (ask_advice(**BY_TESTS, step=step, expected_version=step.dossier.version, **given).pk,)

    def _dossier_step(self, slug: str) -> tuple[object, ...]:
        (number,) = self._dossier()
        return (StepInstance.objects.get(dossier=number, step="receive").pk, slug)

    def _waiting_dossier(self, slug: str) -> tuple[object, ...]:
        given = {"reason_code": next(iter(REASONS["ask_supplement"])), "asked": "Thiếu giấy chứng sinh"}
        dossier = self._received()
        pausing.ask_supplement(**BY_TESTS, dossier=dossier, expected_version=dossier.version, **given)
        return (dossier.pk, slug)

    def _dossier_act(self) -> tuple[object, ...]:
        (number, _slug) = self._waiting_dossier("")
        return (number, DossierEvent.objects.get(dossier=number, act="ask_supplement").pk)

    def _suspended_dossier(self, slug: str) -> tuple[object, ...]:
        given = {"reason_code": next(iter(REASONS["suspend"])), "reason": "Chờ xác minh"}
        dossier = self._received()
        pausing.suspend(**BY_TESTS, dossier=dossier, expected_version=dossier.version, **given)
        return (dossier.pk, slug)

    def _settled_dossier(self, slug: str) -> tuple[object, ...]:
        dossier = self._received()
        for id_ in ("receive", "settle", "sign", "return"):
            self._done(dossier, id_)
        return (dossier.pk, slug)

    def _letter(self, *slug: str) -> tuple[object, ...]:
        until = {("ky",): "approved", ("gui",): "signed"}.get(slug, "drafted")
        return (apologies.letter_of_tests(self._received(), until).pk, *slug)

    def _mistaken_dossier(self) -> tuple[object, ...]:
        mistake = apologies.mistake_of_tests(self._received())
        return (mistake.dossier_id, f"sai-sot-{mistake.pk}")

    def _rateable(self) -> tuple[object, ...]:
        return self._settled_dossier("")[:1]

    def _handed_out(self) -> tuple[object, ...]:
        return (hand_out(**BY_TESTS, dossier=self._received(), way="paper").dossier_id,)

    def _later_step(self, slug: str) -> tuple[object, ...]:
        dossier = self._received()
        self._done(dossier, "receive")
        return (self._held_step(dossier, "settle").pk, slug)

    def _received(self) -> Dossier:
        (number,) = self._dossier()
        return Dossier.objects.get(pk=number)

    def _held_step(self, dossier: Dossier, id_: str) -> StepInstance:
        """Taken from the queue by the receiving officer, whatever the role."""
        step = dossiers.step_of(dossier, id_)
        if step.holder_id is None:
            given = {"official": self.people["receiver"], "expected_version": step.dossier.version}
            take_up(**BY_TESTS, step=step, **given)
        return dossiers.step_of(dossier, id_)

    def _done(self, dossier: Dossier, id_: str) -> None:
        step = self._held_step(dossier, id_)
        result = dossiers.RESULT if id_ == "sign" else None
        complete(**BY_TESTS, step=step, expected_version=step.dossier.version, result=result)

    @cached_property
    def _births(self) -> Procedure:
        return dossiers.catalogue(self.province)[dossiers.BIRTH]

    def _province(self) -> tuple[object, ...]:
        return (self.province.code,)

    def _round(self, *step: str) -> tuple[object, ...]:
        return (assessments.prepared(self.province, {self.commune: "Cấp xã"}).pk, *step)

    def _begun_round(self, *code: str) -> tuple[object, ...]:
        return (self._scoring.pk, *code)

    def _appraised_sheet(self, *code: str) -> tuple[object, ...]:
        (sheet,) = assessments.appraising(self._scoring, self.people["appraiser"])
        return (sheet.pk, *code)

    def _appraised_round(self) -> tuple[object, ...]:
        self._appraised_sheet()
        return (self._scoring.pk,)

    def _answers(self) -> tuple[object, ...]:
        headings = "Mã tiêu chí;Chỉ tiêu;Giá trị".encode()
        given = {"file": "bang.csv", "content": headings, "official": self.people["clerk"]}
        return (hand_in_answers(**BY_TESTS, round_=self._scoring, sheet=self._scoring.sheets.get(), **given).pk,)

    def _appraised_row(self, code: str) -> tuple[object, ...]:
        (key,) = self._appraised_sheet()
        return (self._scoring.pk, code, key)

    def _charge(self) -> tuple[object, ...]:
        self._appraised_sheet()
        return (self._scoring.charges.get().pk,)

    def _round_duty(self) -> tuple[object, ...]:
        given = {"round_": self._scoring, "official": self.people["inspector"], "starts_on": TODAY}
        return (self._scoring.pk, join_team(**BY_TESTS, **given, duty="inspector").pk)

    def _kept_reason(self) -> tuple[object, ...]:
        self._appraised_sheet()
        kept = keep_reason(**BY_TESTS, round_=self._scoring, code="1.1", text="Báo cáo chậm")
        return (kept.pk,)

    def _binding(self) -> tuple[object, ...]:
        given = {"code": "1.1", "input": "done", "measure": "dossiers_late"}
        return (bind_measure(**BY_TESTS, round_=self._scoring, **given).pk,)

    def _measured_sheet(self) -> tuple[object, ...]:
        (sheet,) = self._scoring.sheets.order_by("place")
        return (sheet.pk, *self._binding())

    def _open_question(self) -> tuple[object, ...]:
        question = self._question()
        round_ = assessments.now_of(self._scoring)
        move_on(**BY_TESTS, round_=round_, step="explain", expected_version=round_.version)
        return question

    def _explained_sheet(self) -> tuple[object, ...]:
        self._open_question()
        return (self._scoring.sheets.get().pk,)

    def _found_sheet(self) -> tuple[object, ...]:
        self._finding()
        return (self._scoring.sheets.get().pk,)

    def _finding(self) -> tuple[object, ...]:
        (sheet,) = assessments.appraising(self._scoring, self.people["appraiser"])
        given = {"round_": self._scoring, "official": self.people["inspector"], "starts_on": TODAY}
        join_team(**BY_TESTS, **given, duty="inspector")
        found = Found("1.1", date(2026, 11, 2), "Sổ theo dõi trống", Decimal(1), is_deduction=True)
        return (enter_finding(**BY_TESTS, sheet=sheet, found=found).pk,)

    def _visit(self) -> tuple[object, ...]:
        (sheet,) = self._scoring.sheets.select_related("round__organizer", "unit")
        planned = [Planned(sheet, date(2026, 12, 16))]
        (visit,) = plan_visits(**BY_TESTS, round_=self._scoring, planned=planned)
        return (visit.pk,)

    def _visited_round(self) -> tuple[object, ...]:
        self._visit()
        return (self._scoring.pk,)

    def _question(self) -> tuple[object, ...]:
        (sheet,) = assessments.appraising(self._scoring, self.people["appraiser"])
        return (ask_question(**BY_TESTS, sheet=sheet, code="1.1", text="Vì sao chậm?").pk,)

    def _scored_round(self) -> tuple[object, ...]:
        return (assessments.before_the_council(self._scoring).pk,)

    def _proposed_round(self) -> tuple[object, ...]:
        round_ = assessments.before_the_council(self._scoring)
        given = {"actor": actor_of(self.people["secretary"], day=TODAY), "now": NOW}
        return (propose_freeze(**given, round_=round_, expected_version=round_.version).round_id,)

    def _frozen_round(self, *more: str) -> tuple[object, ...]:
        return (self._frozen.pk, *more)

    def _approved_round(self) -> tuple[object, ...]:
        return (assessments.approved(self._frozen).pk,)

    def _approval(self) -> tuple[object, ...]:
        return (assessments.approved(self._frozen).approvals.get().pk,)

    def _review(self) -> tuple[object, ...]:
        (sheet,) = assessments.review_days(self._frozen).sheets.select_related("round__organizer", "unit")
        return (ask_review(**BY_TESTS, sheet=sheet, code="1.1", text="Đã có đủ báo cáo").pk,)

    def _item(self) -> tuple[object, ...]:
        round_ = assessments.before_the_council(self._scoring)
        return (round_.pk, round_.sheets.get().pk, "1.1")

    def _motion(self) -> tuple[object, ...]:
        sheet = self._sheet_before_the_council()
        proposal = Proposal("accept", "Giữ điểm thẩm định")
        return (put_motion(**BY_TESTS, sheet=sheet, code="1.1", proposal=proposal).pk,)

    def _session(self) -> tuple[object, ...]:
        facts = SessionFacts(TODAY, "Phòng họp 1", [self.people["chair"]])
        return (hold_session(**BY_TESTS, round_=self._sheet_before_the_council().round, facts=facts).pk,)

    def _sheet_before_the_council(self) -> Sheet:
        round_ = assessments.before_the_council(self._scoring)
        return round_.sheets.select_related("round__organizer", "unit").get()

    def _sheet(self, *cell: str) -> tuple[object, ...]:
        return (self._scoring.sheets.get().pk, *cell)

    def _submitted_sheet(self) -> tuple[object, ...]:
        (sheet,) = assessments.submitted(self._scoring)
        return (sheet.pk,)

    def _notice(self) -> tuple[object, ...]:
        return (Notice.objects.get(recipient=self._given.leader, due_at__isnull=False).pk,)

    def _delivery(self) -> tuple[object, ...]:
        head = self.people["head"]
        change_official(**BY_TESTS, official=head, name=head.name, email="chu-tich@mau.gov.vn", phone="")
        mail = Delivery.objects.exclude(channel="in_app").get(notice=self._notice()[0])
        note_outcome(**BY_TESTS, deliveries=[mail.pk], result=REFUSED)
        return (mail.pk,)

    @cached_property
    def _given(self) -> Task:
        return task(self.commune, self.people["head"], self.office)

    @cached_property
    def _scoring(self) -> Round:
        return assessments.begun(self.province, {self.commune: "Cấp xã"})

    @property
    def _frozen(self) -> Round:
        return assessments.frozen(self._scoring, self.people["secretary"], self.people["chair"])

    @cached_property
    def _kept(self) -> Register:
        return registers.register(self.commune)

    @property
    def _held(self) -> RoleGrant:
        return RoleGrant.objects.get(official=self.people["clerk"])

    @cached_property
    def _account(self) -> Account:
        signed_in(self.people["clerk"])
        return Account.objects.get(official=self.people["clerk"])

    @cached_property
    def _delegated(self) -> Any:
        days = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=7), "reason": "Đi công tác"}
        return delegate(**BY_TESTS, principal=self.people["clerk"], deputy=self.people["colleague"], **days)

    @cached_property
    def _imported(self) -> RegisterImport:
        person = self.people["administrator"]
        by = BY_TESTS | {"actor": actor_of(person)}
        return hand_in_import(**by, file="don-vi.csv", content=b"", official=person)


def build_site() -> Site:
    """The people are named by what they may do."""
    province = unit("tinh", name="tỉnh Mẫu")
    office, commune = unit("van-phong", province, "office"), unit("xa", province, name="xã Mẫu")
    people = {
        "administrator": official("quan-tri", works_in=office),
        "auditor": official("xem-nhat-ky", works_in=office),
        "officer": official("kiem-soat", works_in=office),
        "chief": official("chanh-van-phong", works_in=office),
        "clerk": official("cai-cach", works_in=commune),
        "head": official("chu-tich", works_in=commune, is_head=True),
        "colleague": official("dong-nghiep", works_in=commune),
        "receiver": official("tiep-nhan", works_in=commune),
        "signer": official("lanh-dao-ky", works_in=commune),
        "secretary": official("thu-ky", works_in=office),
        "inspector": official("kiem-tra", works_in=office),
        "appraiser": official("tham-dinh", works_in=office),
        "chair": official("chu-tich-hoi-dong", works_in=office),
        "authority": official("chu-tich-tinh", works_in=province),
        "stranger": official("nguoi-la", works_in=unit("tinh-khac", name="tỉnh Khác")),
    }
    grant(people["administrator"], "administrator", province, covers_subtree=True)
    grant(people["officer"], "procedure_control_officer", province, covers_subtree=True)
    grant(people["auditor"], "auditor", province, covers_subtree=True)
    grant(people["chief"], "unit_head", office)
    grant(people["secretary"], "council_secretary", province)
    grant(people["chair"], "council_chair", province)
    grant(people["authority"], "approving_authority", province)
    grant(people["clerk"], "reform_officer", commune)
    for role in ("receiving_officer", "one_stop_head"):
        grant(people["receiver"], role, commune)
    grant(people["signer"], "signing_leader", commune)
    grant(people["head"], "unit_head", commune)
    return Site(province, office, commune, people)
