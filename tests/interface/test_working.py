"""Components of daily work and of paper: every state says what it is and what comes next; all is escaped."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from cchc.interface.shapes import (
    CountedDay,
    Evidence,
    HeatCell,
    HeatRow,
    Job,
    Letter,
    Link,
    OutboxItem,
    Panel,
    Paper,
    WhySheet,
)

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
BAD = '<zz onload="x">'
DAYS = [CountedDay(date(2026, 11, 22), 0, "nghỉ", "Lịch"), CountedDay(date(2026, 11, 23), 480)]
SHEET = WhySheet("Hồ sơ", NOON, NOON, 480, "một ngày", "Điều 2", DAYS)


def rendered(text: str, language: str = "vi", **values: object) -> str:
    with translation.override(language):
        return Template("{% load comparing paper working %}" + text).render(Context(values))


def matrix(*rows: HeatRow) -> str:
    return rendered("{% heat_matrix criteria rows 'Bảng' %}", criteria=[Link("TC 1")], rows=rows)


def test_every_cell_of_a_matrix_has_its_number_and_step():
    page = matrix(HeatRow("A", [HeatCell(79, "/a")]), HeatRow("B", [HeatCell(80)]))
    assert '<td class="num heat heat-4"><a href="/a">79</a></td>' in page
    assert '<td class="num heat heat-5">80</td>' in page


def test_a_unit_that_is_not_locked_has_dashes_without_colour():
    page = matrix(HeatRow("C", [HeatCell(None)], note="chưa khóa"))
    assert '<td class="num heat">–</td>' in page
    assert "chưa khóa" in page


def test_small_multiples_mark_the_own_unit_and_repeat_all_figures_in_the_table():
    panels = [Panel("A", [1, None]), Panel("B", [2, 3], is_own=True)]
    page = rendered("{% small_multiples s p 0 4 'Chỉ số' decimals=0 %}", s=panels, p=["2021", "2022"])
    assert page.count('<li class="is-own">') == page.count('<tr class="is-own">') == 1
    assert page.count('<td class="num">') == 4
    assert 'class="own-behind"' in page
    assert "từ 0 đến 4" in page


@pytest.mark.parametrize(
    ("state", "words", "is_handed_out"),
    [
        ("ready", "trang 2/3", True),
        ("text", "Không tạo được ảnh trang", True),
        ("scanning", "Đang kiểm tra", False),
        ("unsafe", "có mã độc", False),
        ("missing", "Chưa có tài liệu kiểm chứng", False),
    ],
)
def test_evidence_says_its_state_and_is_handed_out_only_when_safe(state, words, is_handed_out):
    file = Evidence("e", "BC.pdf", state, page=2, pages=3, image="/i", text="t", download="/d")
    page = rendered("{% evidence f %}điểm{% endevidence %}", f=file)
    assert words in page
    assert "điểm" in page
    assert ('href="/d"' in page) is is_handed_out
    assert ("<img" in page) is (state == "ready")


def test_a_zoom_that_no_style_knows_is_a_programming_error():
    with pytest.raises(ValueError, match="zoom"):
        rendered("{% evidence f %}{% endevidence %}", f=Evidence("e", zoom=130))


def test_letters_keep_their_order_and_errata_stand_under_what_they_correct():
    erratum = Letter("erratum", "VP", NOON, "sai cột", before="340", after="200")
    sent = [Letter("notice", "VP", NOON, "một", errata=[erratum]), Letter("reply", "B", NOON, "hai")]
    page = rendered("{% letters l 'đơn vị' minutes=960 due_at=d %}{% endletters %}", l=sent, d=NOON)
    words = ["đơn vị", "còn 2 ngày làm việc", "Thông báo", "một", "Đính chính", "340", "200", "Phản hồi", "hai"]
    places = [page.index(word) for word in words]
    assert places == sorted(places)


def test_an_unknown_kind_of_letter_is_a_programming_error():
    with pytest.raises(KeyError):
        rendered("{% letters l 'x' %}{% endletters %}", l=[Letter("gossip", "", NOON, "")])


@pytest.mark.parametrize(
    ("done", "total", "said", "percent"),
    [
        (0, 250, "Đã xong 0 %", "0 %"),
        (24, 250, "Đã xong 0 %", "9 %"),
        (25, 250, "Đã xong 10 %", "10 %"),
        (249, 250, "Đã xong 90 %", "99 %"),
    ],
)
def test_a_job_is_announced_at_every_tenth(done, total, said, percent):
    page = rendered("{% job j %}", j=Job("j", "Chấm", done, total, cancel="/c", refresh="?r"))
    assert f'data-says="{said}"' in page
    assert f"{done}/{total}" in page
    assert f">{percent}<" in page
    assert 'action="/c"' in page
    assert 'hx-get="?r"' in page


@pytest.mark.parametrize("state", ["finished", "cancelled", "failed"])
def test_a_job_that_does_not_run_asks_no_more(state):
    page = rendered("{% job j %}", j=Job("j", "Chấm", 7, 7, state, cancel="/c", refresh="?r", result=Link("KQ", "/kq")))
    assert "hx-get" not in page
    assert 'action="/c"' not in page
    assert 'href="/kq"' in page


def test_a_job_that_waits_has_no_figures_yet_and_asks_on():
    page = rendered("{% job j %}", j=Job("j", "Xuất", 0, None, "waiting", cancel="/c", refresh="?r"))
    assert 'data-says="Đang chờ đến lượt"' in page
    assert "<progress" not in page and "%" not in page
    assert 'hx-get="?r"' in page and 'action="/c"' in page


def test_a_job_of_unknown_length_runs():
    page = rendered("{% job j %}", j=Job("j", "Xuất", 7, None, "running", refresh="?r"))
    assert 'data-says="Đang chạy"' in page and "<progress" not in page


def test_a_job_of_nothing_is_done():
    assert Job("j", "t", 0, 0).percent == 100


ITEMS = [
    OutboxItem("một", "refused", NOON, "Quá lớn.", "Chụp lại."),
    OutboxItem("hai", "held"),
    OutboxItem("ba", "received", NOON),
]


def test_the_outbox_counts_and_shows_each_item_with_its_state():
    page = rendered("{% outbox 'o' items True send='/gui' %}", items=ITEMS)
    for words in ("Bị từ chối: 1", "Lưu trên máy, chưa gửi: 1", "Máy chủ đã nhận: 1", "Quá lớn. Chụp lại."):
        assert words in page
    assert page.index("một") < page.index("hai") < page.index("ba")
    assert 'action="/gui"' in page


def test_without_a_network_a_sentence_stands_in_place_of_the_button():
    page = rendered("{% outbox 'o' items False send='/gui' %}", items=ITEMS)
    assert "/gui" not in page
    assert "Chưa gửi được vì không có mạng" in page


def test_nothing_to_send_offers_nothing():
    page = rendered("{% outbox 'o' items True send='/gui' %}", items=ITEMS[2:])
    assert "/gui" not in page
    assert "Không còn mục nào" in rendered("{% outbox 'o' items True %}", items=[])


def test_a_due_date_is_explained_day_by_day_and_adds_up():
    page = rendered("{% why_sheet s %}", s=SHEET)
    assert "Không tính: nghỉ" in page
    assert "Lịch" in page
    assert "bằng thời gian cho phép" in page
    assert "Căn cứ chưa xác minh" not in page


def test_days_that_do_not_add_up_and_skips_without_source_are_said():
    days = [replace(DAYS[0], source=""), CountedDay(date(2026, 11, 23), 479)]
    page = rendered("{% why_sheet s %}", s=replace(SHEET, days=days))
    assert "khác thời gian cho phép" in page
    assert "Căn cứ chưa xác minh" in page


def paper(word: str = "x") -> Paper:
    return Paper(word, word, word, word, word, f"https://a.vn/{word}", word, word)


def test_a_printed_list_repeats_head_address_and_hash():
    page = rendered(
        "{% printed_list p h 'Danh sách' %}<tr><td>1</td><td>2</td></tr>{% endprinted_list %}",
        p=replace(paper("ab12"), agency="UBND xã"), h=["#STT", "Hồ sơ"],
    )  # fmt: skip
    head, foot = page.split("<thead>")[1].split("</thead>")[0], page.split("<tfoot")[1].split("</tfoot>")[0]
    assert "UBND xã" in head
    assert "https://a.vn/ab12" in foot
    assert ">ab12</code>" in foot
    assert '<th scope="col" class="num">STT</th>' in head


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("{% evidence v %}{{ w }}{% endevidence %}", [Evidence(BAD, BAD, "text", text=BAD, download=BAD)]),
        ("{% evidence v %}{% endevidence %}", [Evidence(BAD, BAD, pages=2, image=BAD, next=BAD)]),
        ("{% letters v w %}{% endletters %}", [[Letter("reply", BAD, NOON, BAD, [Link(BAD, BAD)], BAD, BAD)]]),
        ("{% job v %}", [Job(BAD, BAD, 1, 2, "failed", BAD, BAD, BAD, BAD, Link(BAD, BAD))]),
        ("{% outbox w v True send=w %}", [[OutboxItem(BAD, "refused", None, BAD, BAD, BAD)]]),
        ("{% why_sheet v %}", [replace(SHEET, subject=BAD, days=[CountedDay(date(2026, 1, 1), 1, BAD, BAD)])]),
        ("{% slip v %}{{ w }}{% endslip %}", [paper(BAD)]),
        ("{% printed_list v h w %}{% endprinted_list %}", [paper(BAD)]),
        ("{% heat_matrix c v w w %}", [[HeatRow(BAD, [HeatCell(1, BAD)], BAD, BAD)]]),
        ("{% small_multiples v h 0 1 w w %}", [[Panel(BAD, [1], BAD)]]),
    ],
)  # fmt: skip
def test_what_comes_from_outside_is_escaped(text, values):
    for value in values:
        page = rendered(text, v=value, w=BAD, h=[BAD], c=[Link(BAD, BAD)])
        assert "<zz" not in page
        assert "&lt;zz" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["page=2&zoom=200", "page=-1&zoom=x", "page=999999999&zoom=99999", "done=abc", "done=250"]
)
def test_the_gallery_answers_whatever_the_address_says(client, query):
    assert client.get(f"/thanh-phan/?{query}").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/thanh-phan/phieu/", "/en/thanh-phan/danh-sach/"])
def test_a_printed_form_names_its_own_address(client, address):
    assert f"http://testserver{address}" in client.get(address).content.decode()
