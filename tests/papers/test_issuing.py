"""The act of issuing: numbers, what stands in the way, what is frozen, and what becomes of it later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from threading import Thread

import pytest
from django.db import IntegrityError, connection, transaction

from cchc.audit.models import AuditEvent
from cchc.audit.queries import verify_chain
from cchc.audit.testing import unrecorded_for_tests
from cchc.papers.actions.drafts import change_draft, discard_draft, draft_paper
from cchc.papers.actions.issuing import Issuing, issue_paper, replace_paper, withdraw_paper
from cchc.papers.composing import frozen_document
from cchc.papers.models import NumberSeries, Paper, PaperState
from cchc.papers.policies import may_become
from cchc.papers.queries.papers import gaps_in, series_of
from cchc.papers.states import PAPER
from cchc.records.errors import DomainError
from cchc.records.sources import Validity
from tests.factories import papers
from tests.factories.organizations import BY_TESTS, TODAY, official, unit

DAY = timedelta(days=1)


@pytest.fixture
def commune(db):
    return unit("xa", unit("tinh", name="tỉnh Mẫu"), name="xã Mẫu")


def issue(paper, on=TODAY, **more):
    return issue_paper(**BY_TESTS, paper=paper, issuing=Issuing(on, **more))


def refused(code):
    return pytest.raises(DomainError, match=code.replace(".", r"\."))


@pytest.mark.requirement(94)
def test_issuing_gives_number_and_day_and_freezes_what_was_said(commune):
    paper = issue(papers.draft(commune, papers.basis(commune)))
    document = frozen_document(paper)
    assert (paper.full_number, paper.issued_on, paper.year) == ("01/BC-UBND", TODAY, 2026)
    assert (document.number.value, document.on, document.is_draft) == (1, TODAY, False)
    assert document.signatures[0].on_behalf[1].whom == "Chủ tịch"
    assert AuditEvent.objects.filter(kind="papers.paper_issued", subject_id=str(paper.pk)).count() == 1


def test_an_issued_paper_is_never_changed(commune):
    paper = issue(papers.draft(commune))
    with refused("papers.no_draft_any_more"):
        change_draft(**BY_TESTS, paper=paper, texts=papers.TEXTS, frame=papers.FRAME, bases=[])
    with refused("papers.no_draft_any_more"):
        issue(paper)
    with refused("papers.no_draft_any_more"):
        discard_draft(**BY_TESTS, paper=paper, reason="x")


def test_what_was_tampered_with_is_not_shown_as_issued(commune):
    paper = issue(papers.draft(commune))
    with unrecorded_for_tests():
        Paper.objects.filter(pk=paper.pk).update(content=paper.content.replace("hoàn thành", "chưa xong"))
    paper.refresh_from_db()
    with refused("papers.content_changed"):
        frozen_document(paper)


def test_numbers_start_at_01_each_year_and_run_by_symbol_and_unit(commune):
    others = unit("xa-khac", commune.placements.get().parent)
    letter = replace(papers.FRAME, symbol="UBND")
    numbers = [
        issue(papers.draft(commune), date(2025, 12, 30)).full_number,
        issue(papers.draft(commune), date(2025, 12, 31)).full_number,
        issue(papers.draft(commune), date(2026, 1, 1)).full_number,
        issue(papers.draft(commune, frame=letter, kind="letter"), TODAY).full_number,
        issue(papers.draft(others), TODAY).full_number,
        issue(papers.draft(commune), TODAY).full_number,
    ]
    assert numbers == ["01/BC-UBND", "02/BC-UBND", "01/BC-UBND", "01/UBND", "01/BC-UBND", "02/BC-UBND"]


@pytest.mark.parametrize(
    ("on", "more", "code"),
    [
        (TODAY + DAY, {}, "papers.issued_in_future"),
        (TODAY - DAY, {}, "papers.dated_before_last"),
        (TODAY, {"number": 1}, "papers.number_taken"),
        (TODAY, {"number": 3}, "papers.leaves_gap"),
        (TODAY - DAY, {"number": 2}, "papers.dated_before_last"),
    ],
)
def test_numbers_that_are_refused(commune, on, more, code):
    papers.issued(commune)
    draft = papers.draft(commune)
    with refused(code):
        issue(draft, on, **more)
    draft.refresh_from_db()
    assert (draft.state, draft.number) == ("draft", None)
    assert series_of(commune, "BC-UBND", 2026).last == 1


def test_numbers_given_elsewhere_are_known_as_gaps_and_can_be_filled(commune):
    papers.issued(commune)
    assert issue(papers.draft(commune), number=5, leaves_gap=True).number == 5
    series = series_of(commune, "BC-UBND", 2026)
    assert gaps_in(series) == [2, 3, 4]
    assert issue(papers.draft(commune), TODAY - DAY, number=3).number == 3
    assert issue(papers.draft(commune)).number == 6
    assert gaps_in(series_of(commune, "BC-UBND", 2026)) == [2, 4]


def test_a_discarded_draft_takes_no_number(commune):
    first, second = papers.draft(commune), papers.draft(commune)
    discard_draft(**BY_TESTS, paper=first, reason="Trùng")
    assert issue(second).number == 1
    assert not NumberSeries.objects.exclude(last=1).exists()


def test_everything_that_stands_in_the_way_is_told_at_once(commune):
    text = replace(papers.TEXTS, text="Dùng ☃ cho {unit.symbol}")
    frame = replace(papers.FRAME, signer_name="")
    draft = papers.draft(commune, papers.expired(commune), texts=text, frame=frame)
    with pytest.raises(DomainError) as caught:
        issue(draft)
    assert {found.code for found in caught.value.problems} == {
        "papers.no_signer", "papers.names_unknown", "papers.bases_without_place", "papers.unprintable",
        "papers.bases_out_of_force",
    }  # fmt: skip
    with refused("papers.nothing_said"):
        issue(draft_paper(**BY_TESTS, unit=commune, kind="report"))


@pytest.mark.requirement(95)
def test_an_expired_basis_has_to_be_accepted_knowingly(commune):
    draft = papers.draft(commune, papers.expired(commune))
    with refused("papers.bases_out_of_force"):
        issue(draft)
    assert issue(draft, accepts_expired=True).number == 1


def test_a_basis_is_judged_by_the_day_of_the_paper(commune):
    ending = papers.basis(commune, validity=Validity(date(2020, 3, 5), date(2025, 6, 30)))
    with refused("papers.bases_out_of_force"):
        issue(papers.draft(commune, ending), date(2025, 7, 1))
    assert issue(papers.draft(commune, ending), date(2025, 6, 30)).number == 1


def test_withdrawn_and_replaced_papers_keep_their_numbers(commune):
    first, second = papers.issued(commune), papers.issued(commune)
    with refused("papers.no_reason"):
        withdraw_paper(**BY_TESTS, paper=first, reason="")
    replaced = replace_paper(**BY_TESTS, paper=first, by=second, reason="Sai số liệu")
    withdrawn = withdraw_paper(**BY_TESTS, paper=second, reason="Ban hành nhầm")
    assert [(one.state, one.number) for one in (replaced, withdrawn)] == [("replaced", 1), ("withdrawn", 2)]
    assert replaced.replaced_by == second
    assert papers.issued(commune).number == 3
    with refused("papers.not_in_force"):
        withdraw_paper(**BY_TESTS, paper=replaced, reason="Lần nữa")


def test_a_paper_is_replaced_by_another_issued_one_of_its_unit(commune):
    first = papers.issued(commune)
    others = papers.issued(unit("xa-khac", commune.placements.get().parent))
    for other, code in (
        (first, "papers.replaced_by_itself"),
        (others, "papers.replaced_by_others"),
        (papers.draft(commune), "papers.no_draft_any_more|papers.not_in_force"),
    ):
        with pytest.raises(DomainError, match=code):
            replace_paper(**BY_TESTS, paper=first, by=other, reason="x")


def test_what_each_state_allows_is_the_table_and_nothing_else():
    allowed = {
        (state, step.id)
        for state in PaperState
        for step in PAPER.steps
        if may_become(Paper(state=state.value), step.id)
    }
    assert allowed == {
        ("draft", "edit"), ("draft", "issue"), ("draft", "discard"),
        ("issued", "attach"), ("issued", "ask_approval"), ("issued", "withdraw"), ("issued", "replace"),
    }  # fmt: skip
    assert {state.id for state in PAPER.states} == set(PaperState)


@pytest.mark.parametrize(
    "changes", [{"number": 7}, {"state": "issued"}, {"state": "replaced"}, {"state": "lost"}, {"content": "{}"}]
)
def test_the_database_holds_number_and_state_together(commune, changes):
    draft = papers.draft(commune)
    with unrecorded_for_tests(), pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=draft.pk).update(**changes)


@pytest.mark.usefixtures("committed_database")
@pytest.mark.requirement(94)
def test_many_at_once_leave_no_gap_and_no_twin():
    """5 threads, 4 drafts each; every second one is discarded first by its own thread."""
    place = unit("xa", unit("tinh"))
    official("vt", "Văn Thư", place)
    drafts = [papers.draft(place) for _ in range(20)]
    failed: list[BaseException] = []

    def work(mine: list[Paper]) -> None:
        try:
            for paper in mine:
                if paper.pk % 2:
                    discard_draft(**BY_TESTS, paper=paper, reason="Trùng")
                else:
                    issue(paper)
        except BaseException as error:  # noqa: BLE001 - told to the test's own thread
            failed.append(error)
        finally:
            connection.close()

    threads = [Thread(target=work, args=(drafts[start::5],)) for start in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    numbers = sorted(Paper.objects.exclude(number=None).order_by("pk").values_list("number", flat=True))
    assert numbers == list(range(1, 11))
    assert verify_chain().is_valid


@pytest.mark.usefixtures("committed_database")
def test_the_same_draft_issued_by_many_at_once_gets_one_number():
    paper = papers.draft(unit("xa", unit("tinh")))
    answers: list[str] = []

    def work() -> None:
        try:
            issue(paper)
            answers.append("issued")
        except DomainError as error:
            answers.append(error.code)
        finally:
            connection.close()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["issued"] + ["papers.no_draft_any_more"] * 3
    assert series_of(paper.unit, "BC-UBND", 2026).last == 1
