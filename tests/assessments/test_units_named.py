"""Which units stay behind, by name: without rating forms, with few online dossiers; strengths by field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

import pytest
from django.test import Client
from django.urls import reverse

from cchc.assessments.actions.rounds import move_on
from cchc.assessments.actions.sheets import submit_sheet
from cchc.assessments.models import Round, Sheet
from cchc.assessments.queries.sheets import figures_of
from cchc.assessments.vocabularies import OF_ROUND
from cchc.documents.blocks import Block, Heading, Items
from cchc.documents.text import plain
from cchc.papers.actions.drafts import draft_paper
from cchc.papers.actions.templates import make_template
from cchc.papers.composing import draft_document
from cchc.papers.examples import known_examples
from cchc.papers.vocabulary import vocabulary_of
from cchc.records.sources import Source
from tests.assessments.conftest import Council, sheets_of
from tests.factories.assessments import begun, frozen, now_of, small_set, write
from tests.factories.clients import client_of
from tests.factories.organizations import BY_TESTS, LONG_AGO, TODAY

BEHIND = small_set(
    "behind",
    """
  - code: "1"
    title: {vi: Cơ chế một cửa, en: One-stop}
    criteria:
      - code: "1.1"
        title: {vi: Phát phiếu đánh giá việc giải quyết thủ tục hành chính, en: Rating forms handed out}
        max: 2
        rule: {kind: yes_no}
      - code: "1.2"
        title: {vi: Công khai thủ tục hành chính, en: Procedures posted}
        max: 3
        rule: {kind: yes_no}
  - code: "2"
    title: {vi: Hiện đại hóa hành chính, en: Modernisation}
    criteria:
      - code: "2.1"
        title: {vi: Hồ sơ dịch vụ công trực tuyến, en: Online dossiers}
        max: 5
        inputs:
          online: {label: {vi: Hồ sơ nộp trực tuyến, en: Filed online}, kind: count}
          dossiers: {label: {vi: Hồ sơ tiếp nhận, en: Received}, kind: count}
        rule:
          kind: formula
          cases:
            - {when: online >= 50 and online / dossiers >= 0.5, points: max}
            - {when: online >= 50 or online / dossiers >= 0.5, points: max / 2}
            - {otherwise: "0"}
""",
)
"""A criterion with thresholds of volume (50 dossiers) and of share (half of all), in the language of every set."""

SAID: Mapping[str, tuple[str, str, str]] = {
    "Xã Mẫu 1": ("yes", "60", "100"),
    "Xã Mẫu 2": ("no", "30", "40"),
    "Phường Mẫu 3": ("no", "20", "100"),
}


@pytest.fixture
def behind(council: Council) -> Round:
    """Appraised as declared: who hands out no rating forms, who stays under a threshold."""
    round_ = begun(council.province, dict.fromkeys((council.first, council.second, council.third), "Cấp xã"), BEHIND)
    for sheet in sheets_of(round_):
        forms, online, dossiers = SAID[sheet.name]
        write(sheet, "1.1", answer=forms)
        write(sheet, "1.2", answer="yes")
        write(sheet, "2.1", online=online, dossiers=dossiers, note="Số liệu cổng dịch vụ công")
        submit_sheet(**BY_TESTS, sheet=sheet, expected_version=Sheet.objects.get(pk=sheet.pk).version)
    return move_on(**BY_TESTS, round_=round_, step="appraise", expected_version=now_of(round_).version)


def council_decides(round_: Round, council: Council) -> Round:
    move_on(**BY_TESTS, round_=round_, step="deliberate", expected_version=now_of(round_).version)
    return frozen(round_, council.secretary, council.chair)


def rows(client: Client, round_: Round, code: str, wanted: str) -> list[str]:
    """The units that the grid of one criterion shows with that filter."""
    address = reverse("assessments:criterion", args=[round_.pk, code])
    text = client.get(address, {"loc": wanted}).content.decode()
    return re.findall(r'<a id="ban-\d+"[^>]*>([^<]+)</a>', text)


@pytest.mark.requirement(21)
def test_units_without_rating_forms_are_listed_in_the_grid_the_analysis_and_the_report(
    council: Council, behind: Round
) -> None:
    secretary = client_of(council.secretary)
    assert rows(secretary, behind, "1.1", "khong-diem") == ["Xã Mẫu 2", "Phường Mẫu 3"]
    assert rows(secretary, behind, "1.2", "khong-diem") == []
    text = secretary.get(reverse("assessments:analysis", args=[behind.pk])).content.decode()
    by_criterion = text[text.index('id="by-criterion"') :]
    row = next(part for part in by_criterion.split("<tr>") if "1.1 Phát phiếu đánh giá" in part)
    assert re.findall(r"\?tc=1\.1\">([^<]+)<", row) == ["Xã Mẫu 2", "Phường Mẫu 3"]
    words = vocabulary_of(OF_ROUND)
    assert "analysis.without" not in words.gathered(council.province, TODAY, str(behind.pk))  # may still change
    now = council_decides(behind, council)
    said = words.gathered(council.province, TODAY, str(now.pk))
    assert said["analysis.without"] == (
        "1.1 Phát phiếu đánh giá việc giải quyết thủ tục hành chính: Xã Mẫu 2, Phường Mẫu 3",
        "2.1 Hồ sơ dịch vụ công trực tuyến: Phường Mẫu 3",
    )


@pytest.mark.requirement(22)
@pytest.mark.parametrize(
    ("online", "dossiers", "points"),
    [
        ("50", "100", 5),
        ("49", "98", Fraction(5, 2)),  # the share is reached, the volume not
        ("50", "101", Fraction(5, 2)),  # the volume is reached, the share not
        ("49", "99", 0),
        ("0", "1", 0),
    ],
)
def test_online_dossiers_are_held_against_a_share_and_a_volume(
    council: Council, online: str, dossiers: str, points: Fraction
) -> None:
    round_ = begun(council.province, {council.first: "Cấp xã"}, BEHIND)
    (sheet,) = sheets_of(round_)
    write(sheet, "2.1", online=online, dossiers=dossiers)
    leaf = figures_of(sheet).leaf("self", "2.1")
    assert leaf is not None and leaf.points == points


@pytest.mark.requirement(22)
def test_the_grid_shows_which_units_are_below_the_thresholds_with_both_figures(council: Council, behind: Round) -> None:
    secretary = client_of(council.secretary)
    assert rows(secretary, behind, "2.1", "chua-toi-da") == ["Xã Mẫu 2", "Phường Mẫu 3"]
    assert rows(secretary, behind, "2.1", "khong-diem") == ["Phường Mẫu 3"]
    text = secretary.get(reverse("assessments:criterion", args=[behind.pk, "2.1"])).content.decode()
    assert "chưa đạt điểm tối đa" in text and "không có điểm" in text
    row = next(part for part in text.split("<tr>") if ">Xã Mẫu 2<" in part)
    assert 'Hồ sơ nộp trực tuyến: <span class="figure">30</span>' in row
    assert 'Hồ sơ tiếp nhận: <span class="figure">40</span>' in row and ">2,5<" in row.replace("\n", "")
    assert "≥ 50" in text and "≥ 0,5" in text  # the thresholds in words


@pytest.mark.requirement(105, 110)
def test_the_drafted_report_says_strengths_by_field_and_weaknesses_with_the_units(
    council: Council, behind: Round
) -> None:
    example = known_examples()["mau-bao-cao-hoi-dong"]
    template = make_template(
        **BY_TESTS, code=example.code, unit=council.province, kind=example.kind, vocabulary=example.vocabulary,
        name=example.name, texts=example.texts, starts_on=LONG_AGO, source=Source(example.source),
    )  # fmt: skip
    now = council_decides(behind, council)
    paper = draft_paper(
        **BY_TESTS, unit=council.province, kind="report", template=template.versions.get(), about=str(now.pk)
    )
    blocks = draft_document(paper, [], TODAY).blocks
    assert under(blocks, "Ưu điểm") == ["Cơ chế một cửa: 1.2 Công khai thủ tục hành chính (3/3 đơn vị đạt điểm cao)."]
    assert under(blocks, "Tồn tại") == [
        "Cơ chế một cửa: 1.1 Phát phiếu đánh giá việc giải quyết thủ tục hành chính (Xã Mẫu 2, Phường Mẫu 3);",
        "Hiện đại hóa hành chính: 2.1 Hồ sơ dịch vụ công trực tuyến (Phường Mẫu 3).",
    ]


def under(blocks: tuple[Block, ...], heading: str) -> list[str]:
    """The members of the list under a heading."""
    place = next(at for at, one in enumerate(blocks) if isinstance(one, Heading) and heading in plain(one.words))
    listed = blocks[place + 1]
    assert isinstance(listed, Items)
    return [plain(one) for one in listed.items]
