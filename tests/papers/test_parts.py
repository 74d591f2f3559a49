"""A template says which parts a paper has to have; a draft says which are empty still, and is not issued before."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from cchc.documents.blocks import Heading, Paragraph
from cchc.documents.text import plain
from cchc.organizations.models import Official
from cchc.papers.actions.drafts import change_draft, draft_paper
from cchc.papers.actions.issuing import Issuing, hindrances, issue_paper
from cchc.papers.actions.templates import make_template
from cchc.papers.composing import Texts, draft_document, texts_of
from cchc.papers.examples import known_examples
from cchc.papers.filling import fill
from cchc.papers.models import Paper
from cchc.papers.parts import empty_parts, missing_parts, open_hints
from cchc.papers.texts import parse
from cchc.records.errors import DomainError
from cchc.records.sources import Source
from tests.factories import papers
from tests.factories.clients import client_of
from tests.factories.organizations import BY_TESTS, LONG_AGO, TODAY, grant, official, unit

YEARLY = "mau-bao-cao-cchc-nam"
PARTS = (
    "Kết quả từng nhiệm vụ của kế hoạch", "Tồn tại, hạn chế theo từng lĩnh vực", "Phương hướng và giải pháp",
    "Kiến nghị, đề xuất",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        ("# Kết quả [bắt buộc]\nĐã xong.", ()),
        ("# Kết quả [bắt buộc]", ("Kết quả",)),
        ("# Kết quả [bắt buộc]\n[Nêu kết quả.]", ("Kết quả",)),
        ("# Kết quả [bắt buộc]\n## Chỉ đạo", ("Kết quả",)),
        ("# Kết quả [bắt buộc]\n## Chỉ đạo\nĐã xong.", ()),
        ("# Kết quả [bắt buộc]\n# Tồn tại\nCòn chậm.", ("Kết quả",)),
        ("# Kết quả\n# Tồn tại [bắt buộc]\n- Còn chậm", ()),
        ("# Kết quả [bắt buộc]\n{unit.parts}", ("Kết quả",)),
        ("# Kết quả", ()),
    ],
)
def test_a_required_part_is_empty_where_only_headings_hints_and_empty_lists_stand(
    text: str, empty: tuple[str, ...]
) -> None:
    assert empty_parts((), parse(text), {"unit.parts": ()}) == empty


def test_what_the_template_requires_counts_though_the_draft_dropped_the_mark() -> None:
    template = parse("# Kết quả [bắt buộc]\n# Kiến nghị [bắt buộc]")
    assert missing_parts(template, parse("# kết quả\nĐã xong.")) == ("Kiến nghị",)
    assert empty_parts(template, parse("# Kết quả\n# Kiến nghị\nKhông có."), {}) == ("Kết quả",)


def test_the_mark_is_not_printed_and_a_hint_stands_in_its_brackets() -> None:
    lines = parse("# Kết quả [bắt buộc]\n[Nêu kết quả.]\n\\[Nêu nguyên văn.]")
    printed = [plain(block.words) for block in fill(lines, {}) if isinstance(block, Heading | Paragraph)]
    assert printed == ["1. Kết quả", "[Nêu kết quả.]", "[Nêu nguyên văn.]./."]
    assert open_hints(lines) == ("Nêu kết quả",)


@pytest.fixture
def yearly(db: None) -> Paper:
    """A commune's report of the year, drafted from the shipped sample."""
    province = unit("tinh", name="tỉnh Mẫu")
    commune = unit("xa", province, name="xã Mẫu")
    grant(official("cb", "Y Ngọc", commune), "reform_officer", commune)
    example = known_examples()[YEARLY]
    template = make_template(
        **BY_TESTS, code=example.code, unit=province, kind=example.kind, vocabulary=example.vocabulary,
        name=example.name, texts=example.texts, starts_on=LONG_AGO, source=Source(example.source),
    )  # fmt: skip
    paper = draft_paper(**BY_TESTS, unit=commune, kind="report", template=template.versions.get())
    return say(paper, texts_of(paper))


def say(paper: Paper, texts: Texts) -> Paper:
    return change_draft(
        **BY_TESTS, paper=paper, texts=texts, frame=replace(papers.FRAME, symbol=paper.symbol), bases=[]
    )


def written(text: str) -> str:
    """The same with words in the place of every hint."""
    return "\n".join("Không có." if line.startswith("[") else line for line in text.split("\n"))


def codes(paper: Paper) -> dict[str, str]:
    return {one.code: str(one.message.params.get("parts", "")) for one in hindrances(paper, Issuing(TODAY))}


@pytest.mark.requirement(46, 119)
def test_the_yearly_report_names_the_parts_that_are_empty_and_is_not_issued_before(yearly: Paper) -> None:
    found = codes(yearly)
    assert found["papers.parts_empty"] == "; ".join(PARTS)
    page = client_of(Official.objects.get()).get(reverse("papers:paper", args=[yearly.pk]))
    text = page.content.decode()
    assert all(part in text for part in PARTS) and "Chưa viết nội dung của các phần bắt buộc" in text
    with pytest.raises(DomainError) as refused:
        issue_paper(**BY_TESTS, paper=yearly, issuing=Issuing(TODAY))
    assert "papers.parts_empty" in {one.code for one in refused.value.problems}
    texts = texts_of(yearly)
    cut = texts.text.replace("# Kiến nghị, đề xuất [bắt buộc]\n", "")
    assert codes(say(yearly, replace(texts, text=cut)))["papers.parts_missing"] == "Kiến nghị, đề xuất"
    whole = say(yearly, replace(texts, text=written(texts.text)))
    assert "papers.parts_empty" not in codes(whole) and "papers.parts_missing" not in codes(whole)
    assert "[bắt buộc]" not in str(draft_document(whole, [], TODAY))
    assert issue_paper(**BY_TESTS, paper=whole, issuing=Issuing(TODAY)).number == 1
