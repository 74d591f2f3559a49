"""The sample province: invented people in real places, marked as such, with work for every desk.

Loaded once for all of the file: it takes seconds.
"""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from fractions import Fraction

import pytest
import time_machine
from django.contrib.auth.password_validation import UserAttributeSimilarityValidator
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime

from cchc.assessments.criteria import set_of
from cchc.assessments.models import Answer, Charge, Motion, Result, Round
from cchc.assessments.queries.results import results_of
from cchc.assessments.queries.sheets import figures_of
from cchc.assessments.queries.years import round_before
from cchc.cli.demo import _is_loopback
from cchc.demo.directives import Sample
from cchc.demo.large_round import Size, load_large_round
from cchc.demo.loading import LOADER, load_shipped_rounds
from cchc.demo.province import load_sample_province, read_sample
from cchc.files.models import Citation, StoredFile
from cchc.followups.models import Addressee, Difficulty, Directive, DirectiveEntry, Task
from cchc.followups.queries.missing import MissingSearch, missing
from cchc.followups.queries.tasks import TaskSearch, counts_of_tasks
from cchc.followups.states import RUNNING
from cchc.followups.subjects import request_types
from cchc.followups.vocabularies import OF_DIRECTIVE
from cchc.interface.hosting.desk import read_desk
from cchc.interface.hosting.navigation import groups_for, known_places
from cchc.interface.together import answer
from cchc.organizations.actions.accounts import open_account
from cchc.organizations.calendars import calendars_of
from cchc.organizations.models import (
    Account,
    Delegation,
    Official,
    OwnCalendar,
    Placement,
    Posting,
    RoleGrant,
    Supervision,
    Unit,
)
from cchc.organizations.passwords import chance_password
from cchc.organizations.roles import roles_over_units
from cchc.organizations.viewers import viewer_of
from cchc.papers.actions.drafts import draft_paper
from cchc.papers.composing import unknown_in
from cchc.papers.examples import known_examples
from cchc.papers.models import LegalBasis, Paper, SignedFile, TextTemplate
from cchc.papers.queries.approvals import to_decide
from cchc.papers.queries.bases import bases_for, doubts
from cchc.papers.queries.templates import versions_for
from cchc.papers.vocabularies import OF_UNIT
from cchc.portal.models import PublishedRound
from cchc.records.errors import DomainError
from cchc.registers.kinds import known_ids
from cchc.registers.models import Register, RegisterEntry
from cchc.registers.queries.entries import EntrySearch, find_entries
from cchc.registers.queries.tasks import count_tasks
from cchc.scoring import evaluate
from cchc.scoring.examples import example_sheet
from tests.factories.organizations import BY_TESTS, NOW, TODAY, official

pytestmark = pytest.mark.django_db
SWITCH = "/dang-nhap/vai/"
PASSWORD = "mat-khau-cua-ban-mau"
FOLLOWING = (
    "kiemsoat",
    "chutichxa",
    "cchcxa",
    "chutichrve",
    "cchcrve",
    "chutichkoi",
    "giamdochcc",
    "motcua",
    "giaiquyet",
    "tiepnhan",
)
AT_WORK = (*FOLLOWING, "chanhvp", "quantri")


@pytest.fixture(scope="module", autouse=True)
def province(filled_once):
    with time_machine.travel(NOW, tick=False):
        load_sample_province(NOW, dict.fromkeys(AT_WORK, PASSWORD))
        yield


def seen_by(username):
    return viewer_of(Account.objects.get(username=username), TODAY)


class TestPlacesAndPeople:
    """All that is invented says so."""

    def test_whoever_is_invented_is_marked(self):
        assert Official.objects.filter(is_sample=False).count() == 0
        samples = Unit.objects.filter(is_sample=True).count()
        assert samples == len(read_sample().units)
        assert Unit.objects.filter(is_sample=False).count() == 63 + 96 + 8 + 10, (
            "provinces, communes, Kon Rẫy, Kon Plông"
        )
        assert set(Account.objects.values_list("username", flat=True).order_by("pk")) == set(AT_WORK)

    def test_every_role_of_the_product_has_somebody(self):
        held = set(RoleGrant.objects.values_list("role", flat=True).distinct().order_by("role"))
        assert held == {role.id for role in roles_over_units()}

    def test_names_of_samples_say_so(self):
        sample = read_sample()
        assert [unit.name.vi for unit in sample.units if "(mẫu)" not in unit.name.vi] == []
        assert len({person.username for person in sample.people}) == len(sample.people)

    def test_every_sample_body_and_the_province_have_a_head_but_one_that_is_left_out_on_purpose(self):
        headed = Posting.objects.on(TODAY).filter(is_head=True).values("unit")
        bodies = Unit.objects.filter(is_sample=True) | Unit.objects.filter(code=read_sample().province)
        assert [unit.code for unit in bodies.exclude(pk__in=headed).order_by("pk")] == ["dak-rve-hcc"]

    def test_no_chance_password_can_be_too_like_a_user_name(self):
        longest = max(len(person.username) for person in read_sample().people)
        length = len(chance_password())
        assert 2 * longest / (longest + length) < UserAttributeSimilarityValidator().max_similarity


class TestEntering:
    """One enters as a sample official in the demonstration, and nowhere else."""

    def test_one_enters_as_a_sample_official_with_all_its_roles(self, settings):
        settings.CCHC_DEMO = True
        client = Client(headers={"host": "127.0.0.1:8000"})
        assert "Vào vai Lê Minh Khoa" in client.get(SWITCH).content.decode()
        assert SWITCH in client.get(reverse("account_login")).content.decode()
        assert client.post(SWITCH, {"username": "quantri"}).status_code == 302
        page = client.get("/tai-khoan/")
        assert page.context["who"].name == "Lê Minh Khoa"
        assert [role["waits"] for role in page.context["roles"]] == [False]
        assert "Phiên này" in client.get(reverse("usersessions_list")).content.decode()
        client.post(SWITCH, {"username": "cchcxa"})
        assert client.get("/tai-khoan/").context["who"].name == "A Lợi"

    def test_outside_the_demonstration_there_is_no_such_way(self, settings):
        client = here = Client(headers={"host": "localhost:8000"})
        assert client.get(SWITCH).status_code == 404
        assert client.post(SWITCH, {"username": "quantri"}).status_code == 404
        assert SWITCH not in client.get(reverse("account_login")).content.decode()
        settings.CCHC_DEMO = True
        for address in ("10.0.0.7", "", "::ffff:10.0.0.7"):
            assert here.post(SWITCH, {"username": "quantri"}, REMOTE_ADDR=address).status_code == 404

    @pytest.mark.parametrize(
        "headers",
        [
            {"host": "demo.mau.gov.vn"},
            {"host": "127.0.0.1", "x-forwarded-for": "203.0.113.7"},
            {"host": "localhost", "forwarded": "for=203.0.113.7"},
            {"host": "localhost", "x-real-ip": "203.0.113.7"},
            {"host": "[::1]", "via": "1.1 proxy"},
        ],
    )
    @pytest.mark.requirement(124)
    def test_behind_a_proxy_or_under_another_name_there_is_no_such_way(self, settings, headers):
        """A proxy on this machine asks from 127.0.0.1 for everybody; a name that leads here may be anybody's."""
        settings.CCHC_DEMO, settings.ALLOWED_HOSTS = True, ["*"]
        assert Client(headers=headers).get(SWITCH).status_code == 404
        assert Client(headers=headers).post(SWITCH, {"username": "quantri"}).status_code == 404
        assert (
            Client(headers={"host": headers["host"].replace("demo.mau.gov.vn", "localhost")}).get(SWITCH).status_code
            == 200
        )

    def test_nobody_enters_as_a_real_official(self, client, settings):
        settings.CCHC_DEMO = True
        open_account(**BY_TESTS, official=official("that"), username="nguoi.that", password=PASSWORD)
        assert client.post(SWITCH, {"username": "nguoi.that"}).status_code == 404
        assert "nguoi.that" not in client.get(SWITCH).content.decode()

    @pytest.mark.parametrize(("host", "is_loopback"), [
        ("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("10.0.0.1", False),
        ("cchc.tinh", False),
    ])  # fmt: skip
    def test_accounts_are_made_only_where_nobody_else_can_reach_them(self, host, is_loopback):
        assert _is_loopback(host) is is_loopback


class TestFindingOnesWay:
    """The header of every role is short, and everything in it opens."""

    def test_no_role_has_more_than_eight_entries_and_each_of_them_opens(self, settings):
        settings.CCHC_DEMO = True
        for username in AT_WORK:
            client = Client(headers={"host": "127.0.0.1:8000"})
            client.post(SWITCH, {"username": username})
            viewer = seen_by(username)
            groups = groups_for(viewer)
            assert 3 <= len(groups) <= 8, username
            for group in groups:
                page = client.get(reverse(group[0].route)).content.decode()
                for place in group:
                    assert client.get(reverse(place.route)).status_code == 200, (username, place.code)
                    assert f'href="{reverse(place.route)}"' in page, (username, place.code)

    def test_every_role_of_the_product_together_has_no_more(self):
        accounts = Account.objects.filter(username__in=AT_WORK).order_by("pk")
        seen = [viewer_of(account, TODAY, used_second_factor=True) for account in accounts]
        everything = dataclasses.replace(seen[0], holds=tuple(hold for viewer in seen for hold in viewer.holds))
        assert {one.code for group in groups_for(everything) for one in group} == set(known_places())
        assert len(groups_for(everything)) == 8


class TestPapers:
    """Real templates and legal bases are marked as unchecked, samples as samples."""

    def test_a_commune_drafts_from_the_templates_and_bases_of_its_province(self):
        commune = Unit.objects.get(code="xa-kon-braih-23497")
        versions = list(versions_for(commune, TODAY))
        assert len(versions) == TextTemplate.objects.filter(is_sample=True).count() == len(known_examples())
        plain = [version for version in versions if version.template.vocabulary == OF_UNIT]
        assert len(plain) == 2, "the others speak of directives, of who is late, of difficulties, of registers"
        for version in plain:
            paper = draft_paper(**BY_TESTS, unit=commune, kind=version.template.kind, template=version)
            assert unknown_in(paper) == ()
        assert paper.issuer == "Ủy ban nhân dân xã Kon Braih"
        bases = list(bases_for(commune, TODAY))
        assert len(bases) == LegalBasis.objects.filter(verified=False).exclude(doubt="").count() == 4
        ended = [basis for basis in bases if any(doubt.is_out_of_force for doubt in doubts(basis, TODAY))]
        assert [(basis.number, basis.replaced_by.number) for basis in ended] == [("110/2004/NĐ-CP", "30/2020/NĐ-CP")]


class TestDirectives:
    """All are marked, and every desk that follows or does has something."""

    def test_every_directive_and_task_is_marked_in_its_words(self):
        assert Directive.objects.filter(is_sample=False).count() == 0
        assert all("(mẫu)" in one.number and "(mẫu)" in one.title for one in Directive.objects.order_by("pk"))
        assert all("(mẫu)" in one.what for one in Task.objects.order_by("pk")), (
            "places are real: lists of tasks say so too"
        )

    @pytest.mark.parametrize("day", range(7))
    def test_people_work_in_office_hours_whenever_the_demonstration_is_set_up(self, day):
        sample = Sample(NOW + timedelta(days=day, hours=11))  # after midnight
        moments = [localtime(sample.ago(days)) for days in (9, 6, 5, 4, 4, 3, 2, 2, 1, 1)]
        assert moments == sorted(moments) and len(set(moments)) == len(moments)
        assert all(one.weekday() < 5 and 7 <= one.hour < 12 for one in moments)
        assert sample.ago(0) <= sample.now

    def test_some_are_done_some_overdue_one_waits_one_was_sent_back(self):
        assert set(Task.objects.values_list("state", flat=True).order_by("pk")) >= {
            "given", "acknowledged", "in_progress", "done_claimed", "returned", "verified",
        }  # fmt: skip
        counts = answer(counts_of_tasks(seen_by("kiemsoat"), TaskSearch(), NOW))
        assert counts.overdue >= 2 and counts.waiting == 1 and counts.unheard >= 2
        assert Difficulty.objects.filter(answered_at=None).exclude(kind="advantage").count() == 2
        assert Difficulty.objects.filter(answered_at__isnull=False).count() == 1
        assert Addressee.objects.filter(acknowledged_at=None, heard_by__lt=NOW).exists()

    @pytest.mark.parametrize("username", FOLLOWING)
    def test_every_desk_that_follows_or_does_has_something(self, username):
        items = read_desk(seen_by(username), NOW).items
        assert [kind.code for kind, _ in items if kind.code.startswith("followups.")]

    def test_the_missing_list_has_all_kinds(self):
        rows = missing(seen_by("kiemsoat"), MissingSearch(), NOW)
        assert {row.kind for row in rows} == {"unread", "unposted", "silent", "unanswered"}


class TestRegisters:
    """All are marked; a plan for ten units; tasks in every state that a head of a register counts."""

    def test_every_register_is_marked_in_its_title(self):
        assert all(one.is_sample and "(mẫu)" in one.title for one in Register.objects.order_by("pk"))

    @pytest.mark.requirement(27)
    def test_a_plan_of_the_year_names_ten_units_with_dates(self):
        plan = Register.objects.get(kind="plan")
        rows = RegisterEntry.objects.filter(register=plan)
        assert len({row.unit_id for row in rows}) == rows.count() == 10
        assert all(row.values["from"] <= row.values["to"] for row in rows)

    @pytest.mark.requirement(41, 115)
    def test_the_remediation_plan_has_tasks_done_running_and_overdue_and_each_commune_sees_its_own(self):
        plan = Register.objects.get(kind="remediation")
        counts = count_tasks(seen_by("kiemsoat"), plan, NOW)
        assert (counts.done, counts.running, counts.overdue) == (1, 2, 1)
        assert [row.unit.code for row in find_entries(seen_by("chutichrve"), plan, EntrySearch())] == [
            "xa-dak-rve-23479"
        ]
        systems = Register.objects.get(kind="shared_systems")
        assert {row.unit.code for row in find_entries(seen_by("cchcxa"), systems, EntrySearch())} == {
            "xa-kon-braih-23497"
        }

    def test_there_is_one_of_every_kind_that_ships(self):
        assert {one.kind for one in Register.objects.order_by("pk")} == set(known_ids())

    @pytest.mark.requirement(35)
    def test_procedures_stand_with_decision_status_and_effective_date(self):
        published = Register.objects.get(kind="procedures")
        rows = RegisterEntry.objects.filter(register=published).order_by("pk")
        assert {row.values["status"] for row in rows} == {"new", "amended", "replaced", "abolished", "standardised"}
        assert all(row.values["decision"] and row.values["effective_on"] for row in rows)
        assert all("(mẫu)" in row.values["procedure"] for row in rows)

    @pytest.mark.requirement(38)
    def test_services_are_marked_per_procedure_and_what_is_not_yet_integrated_was_asked_of_departments(self):
        services = Register.objects.get(kind="integrated_services")
        rows = RegisterEntry.objects.filter(register=services).order_by("pk")
        assert {row.values["integration"] for row in rows if row.values["listed"] == "listed"} == {
            "integrated", "under_way", "not_yet",
        }  # fmt: skip
        counts = count_tasks(seen_by("kiemsoat"), services, NOW)
        assert (counts.done, counts.running, counts.overdue) == (0, 2, 0)

    @pytest.mark.requirement(110)
    def test_weaknesses_name_the_units_concerned_which_see_their_own(self):
        found = Register.objects.get(kind="weaknesses")
        rows = RegisterEntry.objects.filter(register=found).order_by("pk")
        assert rows.count() == len({row.unit_id for row in rows}) == 4
        assert [row.unit.code for row in find_entries(seen_by("chutichkoi"), found, EntrySearch())] == [
            "xa-dak-koi-23485"
        ]
        counts = count_tasks(seen_by("kiemsoat"), found, NOW)
        assert (counts.done, counts.running, counts.overdue) == (1, 2, 0)


class TestFinishedRound:
    """The round of the year before went all the way by everybody's actions; its public page says sample."""

    def test_it_stands_published_and_every_page_says_that_it_is_a_sample(self):
        (published,) = PublishedRound.objects.order_by("pk")
        assert published.is_sample and published.scored_in.is_sample and published.scored_in.state == "published"
        assert "(mẫu)" in published.title_vi and "(mẫu)" in published.scored_in.title
        for address in (f"/ket-qua/{published.slug}/", f"/ket-qua/{published.slug}/ban-tin/"):
            shown = Client().get(address)
            assert shown.status_code == 200
            assert "Dữ liệu mẫu ·" in shown.content.decode(), address

    def test_the_home_page_opens_on_what_was_published_in_earnest(self):
        assert Client().get("/").context["round"].published.is_sample
        load_shipped_rounds(NOW)
        home = Client().get("/")
        assert home.context["round"].published.slug == "kon-ray-2022"
        assert [each.published.year for each in home.context["rounds"]] == [2025, 2022]

    @pytest.mark.requirement(100, 101)
    def test_its_figures_are_those_of_the_evaluator(self, tmp_path):
        scored = Round.objects.get(year=2025)
        sheet = tmp_path / "2025.csv"
        sheet.write_text(example_sheet("sample-commune-2026").read_text("utf-8-sig").replace("2026", "2025"), "utf-8")
        expected = evaluate(set_of(scored), sheet)
        names = {"xã Đăk Rve": "Xã Mẫu 1", "xã Đăk Kôi": "Xã Mẫu 2", "xã Kon Braih": "Phường Mẫu 3"}
        kept = list(Result.objects.filter(sheet__round=scored, stage="council").select_related("sheet"))
        assert len(kept) == len(names)
        for result in kept:
            wanted = expected.of(names[result.sheet.name], "field")
            assert Fraction(result.points) == wanted.points
            assert (result.index, result.rank, result.band) == (wanted.index, wanted.rank, wanted.band.id)

    def test_the_page_of_a_sheet_says_what_was_frozen_also_where_units_are_compared(self):
        scored = Round.objects.get(year=2025)
        for sheet in scored.sheets.select_related("round__organizer", "unit").order_by("place"):
            kept = Result.objects.get(sheet=sheet, stage="council")
            assert figures_of(sheet).scored.of(sheet.pk, "council").index == kept.index

    def test_everybody_did_their_part_and_two_persons_froze_it(self):
        scored = Round.objects.get(year=2025)
        assert set(scored.sheets.values_list("state", "is_late").order_by("pk")) == {
            ("explained", False), ("submitted", False),
        }  # fmt: skip
        assert [motion.outcome for motion in Motion.objects.filter(kind__in=("accept", "own")).order_by("pk")] == [
            "carried", "rejected",
        ]  # fmt: skip
        (freeze,) = scored.freezes.order_by("pk")
        assert (freeze.proposed_by.code, freeze.confirmed_by.code) == ("mau-05", "mau-04")
        (of_braih,) = (row for row in results_of(scored, set_of(scored), 1) if row.sheet.name == "xã Kon Braih")
        assert (of_braih.document, of_braih.field) == (Fraction("95.01"), Fraction("95.41")), "apart on the page"
        appraised = Answer.objects.filter(sheet__round=scored, criterion="3.3.1", stage="document1").order_by("pk")
        assert [answer.written_by.code for answer in appraised] == ["mau-08"] * 3
        (lower,) = (answer for answer in appraised if answer.said)
        assert "(mẫu)" in lower.said["reason"]

    def test_what_was_weak_is_mended_and_the_year_after_stands_beside_it(self):
        scored = Round.objects.get(year=2025)
        tasks = Task.objects.filter(subject_type="assessments.Round", subject_id=str(scored.pk)).order_by("pk")
        assert [task.state for task in tasks] == ["verified", "acknowledged"]
        assert round_before(Round.objects.get(year=2026)) == scored


class TestLargeRound:
    """`cchc demo round`: as many units as one likes, by a set of any size; only beside the samples."""

    def test_communes_that_are_there_come_first_and_invented_ones_say_that_they_are_samples(self):
        laid = load_large_round(actor=LOADER, now=NOW, size=Size(100, 9))
        assert laid.is_sample and "(mẫu)" in laid.title and laid.state == "appraising"
        assert laid.sheets.count() == 100
        invented = laid.sheets.filter(unit__is_sample=True)
        assert invented.count() == 4, "the province has 96"
        assert all("(mẫu)" in sheet.name for sheet in invented.order_by("pk"))
        said = Answer.objects.filter(sheet__round=laid)
        assert (said.filter(stage="self").count(), said.filter(stage="document1").count()) == (900, 90)
        charged = Charge.objects.filter(round=laid).values_list("official__code", flat=True)
        assert list(charged.order_by("pk")) == ["mau-07", "mau-08"]

    def test_the_same_size_again_is_refused_and_writes_nothing(self):
        load_large_round(actor=LOADER, now=NOW, size=Size(3, 2))
        before = Unit.objects.count(), Round.objects.count()
        with pytest.raises(DomainError, match=r"assessments\.round_known"):
            load_large_round(actor=LOADER, now=NOW, size=Size(3, 2))
        assert (Unit.objects.count(), Round.objects.count()) == before


class TestRarerThings:
    """Deputies, supervision, an own calendar, a paper, a shared proof."""

    def test_a_deputy_acts_until_a_day_and_a_department_follows_a_commune(self):
        (deputy,) = Delegation.objects.on(TODAY)
        assert deputy.ends_on > TODAY and "(mẫu)" in deputy.reason
        (followed,) = Supervision.objects.on(TODAY)
        assert (followed.supervisor.code, "mẫu" in followed.source_document) == ("so-noi-vu", True)

    def test_a_head_of_a_commune_also_heads_its_service_centre_beside_the_main_post(self):
        (held,) = Posting.objects.on(TODAY).filter(is_main=False, unit__code="dak-koi-hcc")
        assert (held.unit.code, held.is_head, "mẫu" in held.source_document) == ("dak-koi-hcc", True, True)
        main = held.official.postings.get(is_main=True)
        assert (main.unit.code, main.is_head) == ("xa-dak-koi-23485", True)
        page = Client()
        page.force_login(Account.objects.get(username="quantri"))
        shown = page.get("/don-vi/dak-koi-hcc/").content.decode()
        assert "Đỗ Văn Ưng" in shown and "kiêm nhiệm" in shown

    def test_a_unit_works_by_a_calendar_of_its_own(self):
        kept, unit = OwnCalendar.objects.get(), Unit.objects.get(code="kon-braih-hcc")
        assert calendars_of([unit.pk], TODAY)[unit.pk].id == kept.code and "(mẫu)" in kept.title_vi

    def test_a_paper_is_issued_with_its_copy_and_a_file_proves_two_tasks(self):
        paper = Paper.objects.get(state="issued", kind="report")
        assert paper.is_sample and paper.full_number == "01/BC-UBND"
        assert SignedFile.objects.get(paper=paper).file.blob.kind == "pdf"
        proof = StoredFile.objects.get(name="bang-tong-hop-mau.xlsx")
        cited = Citation.objects.filter(file=proof, ended_at=None, subject_type="followups.Task")
        assert proof.is_sample and cited.count() == 2

    def test_the_page_of_a_directive_lists_the_draft_about_it(self):
        (draft,) = Paper.objects.filter(vocabulary=OF_DIRECTIVE)
        page = Client()
        page.force_login(Account.objects.get(username="kiemsoat"))
        shown = page.get(f"/van-ban-chi-dao/{draft.about}/").content.decode()
        assert draft.is_sample and f"/van-ban/{draft.pk}/" in shown

    def test_a_proposal_waits_for_the_head_of_the_provincial_office(self):
        assert [one.paper.full_number for one in to_decide(seen_by("chanhvp"))] == ["01/TTr-UBND"]

    @pytest.mark.requirement(110, 120)
    def test_a_proposal_and_a_paper_laid_for_approval_are_tasks_with_deadlines(self):
        asked = Task.objects.filter(subject_type__in=request_types(), state__in=RUNNING).order_by("subject_type")
        assert [(one.subject_type, one.working_days, one.leader.code) for one in asked] == [
            ("followups.Difficulty", 5, "mau-09"),
            ("followups.Difficulty", 4, "mau-11"),
            ("papers.ApprovalRequest", 7, "mau-22"),
        ]

    @pytest.mark.requirement(116)
    def test_a_directive_was_corrected_with_a_reason(self):
        (line,) = DirectiveEntry.objects.filter(step="correct")
        assert line.directive.title.endswith("trên địa bàn tỉnh (mẫu)") and "bản đã ký" in line.text

    def test_peoples_committees_and_departments_have_their_symbols(self):
        symbols = dict(Placement.objects.on(TODAY).order_by("pk").values_list("unit__code", "symbol"))
        assert (symbols["quang-ngai"], symbols["xa-kon-braih-23497"], symbols["so-noi-vu"]) == ("UBND", "UBND", "SNV")
