"""Papers about directives, about who is late, about difficulties: numbers of the day, and no text that breaks them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import translation

from cchc.demo.papers import load_sample_papers
from cchc.documents.blocks import Band, Items, Table
from cchc.documents.docx_writing import write_docx
from cchc.documents.pdf_writing import write_pdf
from cchc.documents.xlsx_writing import write_xlsx
from cchc.followups import panels
from cchc.followups.actions.directives import acknowledge_directive
from cchc.followups.actions.tasks import answer_difficulty, claim_done, raise_difficulty
from cchc.followups.deadlines import Deadline
from cchc.followups.models import Difficulty, Directive, Task
from cchc.followups.queries.difficulties import DifficultySearch
from cchc.followups.vocabularies import OF_BEHIND, OF_DIFFICULTIES, OF_DIRECTIVE, VOCABULARIES
from cchc.followups.vocabularies.difficulties import about_difficulties
from cchc.organizations.models import Unit
from cchc.papers.actions.drafts import discard_draft, draft_paper, renew_values
from cchc.papers.actions.issuing import Issuing, hindrances
from cchc.papers.composing import draft_document, kept_values, layout_of, unknown_in, unprintable, values_of_paper
from cchc.papers.models import Paper, TextTemplate
from cchc.papers.queries.templates import version_on
from cchc.papers.vocabulary import known_vocabularies
from cchc.records.errors import DomainError
from tests.factories.clients import client_of
from tests.factories.followups import claimed, directive, step, task
from tests.factories.organizations import BY_TESTS, NOW, TODAY, grant, official, unit

pytestmark = [pytest.mark.django_db, pytest.mark.requirement(70, 126)]
DAY = timedelta(days=1)
LATER = NOW + 30 * DAY
THAT_DAY = TODAY + 30 * DAY
HOSTILE = "{unit.name} }} # Điều 1. \\ =1+1\n- <b>x</b> & ☑ \u202e {{bases}}"


@pytest.fixture(autouse=True)
def today(settings, tmp_path):
    settings.CCHC_DATA = tmp_path
    with time_machine.travel(LATER, tick=False) as traveller:
        yield traveller


@pytest.fixture
def sent(people) -> Directive:
    """To two communes: one has done its task and raised a difficulty, the other is behind with everything."""
    made = directive(people.province, [people.commune, people.other], people.office, posting_wanted=True)
    deadline = Deadline(TODAY, due_on=TODAY + 4 * DAY)
    first = task(people.commune, people.chairman, people.office, "Rà soát", subject=made, deadline=deadline)
    task(people.other, people.other_chairman, people.office, "Rà soát", subject=made, deadline=deadline)
    acknowledge_directive(**BY_TESTS, directive=made, unit=people.commune)
    raised(first, "difficulty", "Thiếu máy quét")
    raised(first, "advantage", "Dân ủng hộ")
    now = Task.objects.get(pk=first.pk)
    claim_done(**BY_TESTS, task=now, expected_version=now.version, proof="Báo cáo 12/BC-UBND", done_on=TODAY)
    step(first, "verify", "Đã xem")
    return made


def raised(given: Task, kind: str, text: str) -> Difficulty:
    now = Task.objects.get(pk=given.pk)
    return raise_difficulty(**BY_TESTS, task=now, expected_version=now.version, kind=kind, text=text)


def gathered(vocabulary: str, unit: Unit, about: str = "", day: date = THAT_DAY):
    return VOCABULARIES[vocabulary].gathered(unit, day, about)


def rows(table: Table):
    return [row[1:] for row in table.rows if not isinstance(row, Band)]


def drafted(code: str, unit: Unit, about: str) -> Paper:
    version = version_on(TextTemplate.objects.get(code=code), TODAY)
    return draft_paper(
        **BY_TESTS | {"now": LATER}, unit=unit, kind=version.template.kind, template=version, about=about
    )


def listed_at(person, made: Directive) -> list[Paper]:
    """The papers that a directive's page lists to somebody."""
    page = client_of(person).get(f"/van-ban-chi-dao/{made.pk}/")
    return [row for panel, given in page.context["panels"] for row in given["rows"]]


def test_the_page_of_a_directive_lists_the_papers_about_it_that_the_reader_may_see(people, sent, monkeypatch):
    load_sample_papers(people.province, NOW, TODAY)
    other = directive(people.province, [people.commune], people.office, number="9/UBND")
    about = drafted("mau-cong-van-don-doc-van-ban", people.office, str(sent.pk))
    narrowed = about_difficulties(DifficultySearch(directive=sent))
    raised_at = drafted("mau-bao-cao-kho-khan", people.office, narrowed)
    drafted("mau-cong-van-don-doc-van-ban", people.office, str(other.pk))
    drafted("mau-bao-cao-kho-khan", people.office, "")
    drafted("mau-cong-van-don-doc", people.office, "")
    assert listed_at(people.officer, sent) == [raised_at, about]
    assert listed_at(people.chairman, sent) == [], "drafts of others"
    monkeypatch.setattr(panels, "_MOST_PAPERS", 1)
    page = client_of(people.officer).get(f"/van-ban-chi-dao/{sent.pk}/").content.decode()
    assert f"/van-ban/{raised_at.pk}/" in page and f"/van-ban/{about.pk}/" not in page and "Mọi văn bản" in page
    discard_draft(**BY_TESTS | {"now": LATER}, paper=raised_at, reason="Trùng")
    assert listed_at(people.officer, sent) == [about]


@pytest.mark.requirement(57, 116)
def test_a_directive_is_told_with_the_numbers_of_the_day(people, sent):
    told = gathered(OF_DIRECTIVE, people.office, str(sent.pk))
    numbers = {name: told[name] for name in told if isinstance(told[name], int)}
    assert numbers == {
        "addressees.number": 2, "addressees.heard": 1, "tasks.given": 2, "tasks.done": 1, "tasks.running": 1,
        "tasks.overdue": 1, "tasks.waiting": 0, "behind.number": 4, "difficulties.number": 1, "proposals.number": 0,
        "advantages.number": 1,
    }  # fmt: skip
    assert told["tasks.share"] == "50,0 %"
    assert told["directive.cited"] == "văn bản số 2624/UBND-TTHCC ngày 23 tháng 11 năm 2026 của UBND tỉnh Mẫu"
    assert rows(told["units.table"]) == [
        ("xã Ẵng Một", "Đã tiếp nhận", 1, 1, 0, 0), ("xã Hai", "Chưa", 1, 0, 1, 1),
    ]  # fmt: skip
    assert ("xã Hai", "2624/UBND-TTHCC", "Chưa xác nhận tiếp nhận văn bản") in [
        row[:3] for row in rows(told["behind.table"])
    ]
    assert ("xã Hai", "Rà soát", "Quá hạn thực hiện", TODAY + 4 * DAY, 26) in rows(told["behind.table"])
    assert told["behind.units"] == ("Ủy ban nhân dân xã Ẵng Một", "Ủy ban nhân dân xã Hai")
    assert [row[1] for row in rows(told["difficulties.table"])] == ["Thiếu máy quét"]
    assert told["proposals.table"].rows == (Band("Không có"),)


def test_the_same_is_told_whatever_language_the_writer_reads(people, sent):
    with translation.override("en"):
        assert gathered(OF_DIRECTIVE, people.office, str(sent.pk)) == gathered(
            OF_DIRECTIVE, people.office, str(sent.pk)
        )
        table = gathered(OF_DIRECTIVE, people.office, str(sent.pk))["tasks.table"]
    assert {row[3] for row in rows(table)} == {"Đã hoàn thành", "Mới giao, quá hạn 26 ngày"}


def test_a_unit_is_told_of_its_own_affairs_alone(people, sent):
    own = gathered(OF_DIRECTIVE, people.commune, str(sent.pk))
    assert (own["tasks.given"], own["addressees.number"]) == (1, 1)
    assert [row[0] for row in rows(own["units.table"])] == ["xã Ẵng Một"]
    others = gathered(OF_DIFFICULTIES, people.other)
    assert others["raised.number"] == 0
    stranger = unit("xa-ba", people.province, name="xã Ba")
    for about in (str(sent.pk), "999", "x", "-1"):
        with pytest.raises(DomainError, match="directive_not_found"):
            gathered(OF_DIRECTIVE, stranger, about)
        with pytest.raises(DomainError, match="directive_not_found"):
            VOCABULARIES[OF_DIRECTIVE].name_of(stranger, TODAY, about)


@pytest.mark.requirement(55, 62)
def test_who_is_behind_is_listed_as_of_a_day_once_for_each_thing(people, sent):
    told = gathered(OF_BEHIND, people.office)
    kinds = {kind: told[f"behind.{kind}"] for kind in ("overdue", "unread", "unposted", "silent")}
    assert kinds == {"overdue": 1, "unread": 1, "unposted": 2, "silent": 0}, "an overdue task is not named twice"
    assert (told["behind.number"], told["behind.units_number"]) == (4, 2)
    assert rows(told["behind.by_unit"]) == [("xã Ẵng Một", 0, 0, 1, 0, 1), ("xã Hai", 1, 1, 1, 0, 3)]
    narrowed = gathered(OF_BEHIND, people.office, "xa-mot")
    assert (narrowed["behind.number"], narrowed["behind.of"]) == (1, "xã Ẵng Một")
    earlier = gathered(OF_BEHIND, people.office, day=TODAY)
    assert earlier["behind.number"] == 0 and earlier["behind.units"] == ()
    assert earlier["behind.table"].rows == (Band("Không có"),)


@pytest.mark.requirement(110, 115)
def test_difficulties_are_compiled_as_the_page_is_narrowed(people, sent):
    (difficulty,) = Difficulty.objects.filter(kind="difficulty")
    answer_difficulty(**BY_TESTS, difficulty=difficulty, answer="Điều chuyển")
    told = gathered(OF_DIFFICULTIES, people.office)
    assert (told["raised.number"], told["raised.answered"], told["raised.waiting"]) == (2, 1, 0)
    assert rows(told["difficulties.table"]) == [("xã Ẵng Một", "Thiếu máy quét", "Rà soát", "Điều chuyển")]
    asked = DifficultySearch(under=people.other, directive=sent, start=TODAY, end=TODAY)
    about = about_difficulties(asked)
    assert len(about) <= 100
    narrowed = gathered(OF_DIFFICULTIES, people.office, about)
    assert narrowed["raised.number"] == 0
    assert narrowed["raised.period"] == "từ ngày 23/11/2026 đến ngày 23/11/2026"
    whole = gathered(OF_DIFFICULTIES, people.office, about_difficulties(DifficultySearch(under=people.commune)))
    assert whole["raised.number"] == 2
    tomorrow = about_difficulties(DifficultySearch(start=TODAY + DAY))
    assert gathered(OF_DIFFICULTIES, people.office, tomorrow)["raised.number"] == 0


@pytest.mark.parametrize("about", ["x", "d;", "u0;d1;", "f2026-13-40;", "u999999;", "'", "d1;d2;"])
def test_a_list_of_difficulties_that_no_page_names_is_refused(people, about):
    with pytest.raises(DomainError, match="difficulties_not_found"):
        gathered(OF_DIFFICULTIES, people.office, about)


@pytest.mark.requirement(94)
@pytest.mark.long
@pytest.mark.parametrize("code", ["don-doc-van-ban", "don-doc", "bao-cao-thuc-hien-van-ban", "bao-cao-kho-khan"])
def test_what_people_typed_never_breaks_a_sample_paper_in_any_format(people, code):
    load_sample_papers(people.province, NOW, TODAY)
    code = f"mau-{'cong-van-' if code.startswith('don-doc') else ''}{code}"
    made = directive(
        people.province, [people.commune, people.other], people.office, number="1/{x} ☑", posting_wanted=True
    )
    Directive.objects.filter(pk=made.pk)
    given = task(people.commune, people.chairman, people.office, HOSTILE, subject=made)
    for kind in ("difficulty", "proposal", "advantage"):
        raised(given, kind, HOSTILE)
    step(given, "acknowledge", "")
    step(given, "report", HOSTILE)
    vocabulary = TextTemplate.objects.get(code=code).vocabulary
    paper = drafted(code, people.office, str(made.pk) if vocabulary == OF_DIRECTIVE else "")
    assert unknown_in(paper) == ()
    document = draft_document(paper, [], TODAY)
    layout = layout_of(document, TODAY)
    assert unprintable(document, layout) == (), "no sign that somebody typed keeps a paper from being issued"
    problems = {one.message.code for one in hindrances(paper, Issuing(LATER.date()))}
    assert problems <= {"papers.no_signer"}
    plain = draft_document(drafted_without(code, paper), [], TODAY)
    assert [type(block) for block in document.blocks] == [type(block) for block in plain.blocks]
    for write in (write_docx, write_pdf, write_xlsx):
        assert write(document, layout)


def drafted_without(code: str, paper: Paper) -> Paper:
    """The same text with the samples of its vocabulary: what the author meant."""
    paper.values = kept_values(known_vocabularies()[paper.vocabulary].samples())
    return paper


def test_every_name_of_a_vocabulary_is_gathered_and_has_a_sample_of_its_kind(people, sent):
    about = {OF_DIRECTIVE: str(sent.pk), OF_BEHIND: "", OF_DIFFICULTIES: ""}
    kinds = {"table": Table, "list": tuple, "number": int, "date": date, "text": str}
    for name, vocabulary in VOCABULARIES.items():
        told = gathered(name, people.office, about[name])
        words = {word.name: word for word in vocabulary.words}
        assert set(told) <= set(words) and set(words) - set(told) <= {"unit.symbol"}, name
        for word in words.values():
            assert isinstance(word.sample, kinds[word.kind]), word.name
            assert told.get(word.name) is None or isinstance(told[word.name], kinds[word.kind]), word.name


def test_a_draft_is_begun_on_the_page_of_what_it_is_about(people, sent):
    load_sample_papers(people.province, NOW, TODAY)
    officer = client_of(people.officer)
    for page, vocabulary in (
        (f"/van-ban-chi-dao/{sent.pk}/", OF_DIRECTIVE), ("/nhiem-vu/chua-bao-cao/?don-vi=xa-hai", OF_BEHIND),
        ("/kho-khan/?loai=difficulty&tu=20/11/2026", OF_DIFFICULTIES),
    ):  # fmt: skip
        ways = officer.get(page).context["drafting"]
        way = next(one.url for one in ways if "/van-phong/" in one.url)
        start = officer.get(way)
        assert {version.template.vocabulary for version in start.context["versions"]} == {vocabulary}
        assert officer.post(way, {"mau": start.context["versions"][0].pk}).status_code == 302
        paper = Paper.objects.latest("pk")
        assert (paper.unit, paper.vocabulary) == (people.office, vocabulary)
        assert officer.get(f"/van-ban/{paper.pk}/").status_code == 200
    other = version_on(TextTemplate.objects.get(code="mau-bao-cao-cchc-nam"), TODAY)
    assert officer.post(way, {"mau": other.pk}).status_code == 404, "a template that speaks of something else"
    assert (
        not officer.get("/van-ban/soan/van-phong/").context["versions"][0].template.vocabulary.startswith("followups")
    )


def test_an_addressee_reports_on_its_own_part_and_who_may_not_draft_is_offered_nothing(people, sent):
    clerk = client_of(people.clerk)
    (way,) = clerk.get(f"/van-ban-chi-dao/{sent.pk}/").context["drafting"]
    assert "/xa-mot/" in way.url
    assert clerk.post(way.url, {"loai": "report"}).status_code == 302
    paper = Paper.objects.latest("pk")
    assert values_of_paper(paper)["tasks.given"] == 1
    assert client_of(people.chairman).get(f"/van-ban-chi-dao/{sent.pk}/").context["drafting"] == []
    stranger = official("xb1", "Vũ Ba", unit("xa-ba", people.province, name="xã Ba"))
    grant(stranger, "reform_officer", Unit.objects.get(code="xa-ba"))
    assert client_of(stranger).get(f"/van-ban/soan/xa-ba/?ve={OF_DIRECTIVE}&so={sent.pk}").status_code == 404


def test_the_numbers_are_those_of_the_day_until_they_are_gathered_anew(people, sent):
    load_sample_papers(people.province, NOW, TODAY)
    paper = drafted("mau-bao-cao-thuc-hien-van-ban", people.office, str(sent.pk))
    late = Task.objects.get(owner=people.other)
    claimed(late)
    step(late, "verify", "Đã xem")
    assert values_of_paper(paper)["tasks.done"] == 1
    renewed = renew_values(**BY_TESTS | {"now": LATER}, paper=paper)
    assert values_of_paper(renewed)["tasks.done"] == 2


def test_the_letter_that_urges_addresses_the_bodies_that_are_behind(people, sent):
    load_sample_papers(people.province, NOW, TODAY)
    document = draft_document(drafted("mau-cong-van-don-doc", people.office, ""), [], TODAY)
    assert document.addressees == ("Ủy ban nhân dân xã Ẵng Một", "Ủy ban nhân dân xã Hai")
    assert sum(isinstance(block, Table) for block in document.blocks) == 2
    assert not any(isinstance(block, Items) for block in document.blocks)
