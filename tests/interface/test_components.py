"""Components say what they are told, escape what they are given, and always join colour with icon and word."""

from datetime import UTC, datetime, timedelta

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from cchc.interface.shapes import Link, Reason, Step
from cchc.interface.templatetags.components import STATUS_WORDS

DUE = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


def rendered(text: str, language: str = "vi", **values: object) -> str:
    with translation.override(language):
        return Template("{% load components asking %}" + text).render(Context(values))


@pytest.mark.parametrize("status", sorted(set(STATUS_WORDS) - {"neutral"}))
def test_a_chip_joins_icon_and_word(status):
    chip = rendered("{% chip status %}", status=status)
    assert f"#i-{status}" in chip
    assert str(STATUS_WORDS[status])
    assert "<a" not in chip


def test_every_icon_that_is_used_is_drawn():
    from django.template.loader import get_template

    sprite = get_template("interface/sprite.html").render()
    for status in STATUS_WORDS:
        assert f'id="i-{status}"' in sprite


def test_an_unknown_status_is_a_programming_error():
    with pytest.raises(KeyError):
        rendered("{% chip 'purple' %}")


@pytest.mark.parametrize(
    "text",
    [
        "{% chip 'ok' word %}",
        "{% button word %}",
        "{% refusal word word %}",
        "{% notice title=word %}{{ word }}{% endnotice %}",
        "{% empty 'empty' word %}{{ word }}{% endempty %}",
        "{% table word note=word %}{{ word }}{% endtable %}",
        "{% measure word word word word %}{{ word }}{% endmeasure %}",
        "{% diff word word word word %}",
        "{% confirm 'k' word word word reason=word error=word %}{{ word }}{% endconfirm %}",
        "{% stepper 'n' word 2 value=word error=word %}",
        "{% pager word previous=word next=word %}",
    ],
)
def test_what_comes_from_outside_is_escaped(text):
    page = rendered(text, word='<zz onload="x">')
    assert "<zz" not in page
    assert "&lt;zz" in page


@pytest.mark.parametrize(
    ("value", "most", "width"),
    [
        ("91.24", "100", "91.24%"),
        ("0", "100", "0.00%"),
        ("120", "100", "100.00%"),
        ("-5", "100", "0.00%"),
        ("1", "3", "33.33%"),
        ("1", "0", "0.00%"),
    ],
)
def test_a_bar_starts_at_zero_and_stays_inside(value, most, width):
    from decimal import Decimal

    drawn = rendered("{% bar value most %}", value=Decimal(value), most=Decimal(most))
    assert f'class="value" width="{width}"' in drawn


def test_an_interval_from_zero_is_drawn():
    assert "whisker" in rendered("{% bar 1 100 0 3 %}")
    assert "whisker" not in rendered("{% bar 1 100 %}")


@pytest.mark.parametrize(
    ("arguments", "words", "status"),
    [
        ("960 due", "còn 2 ngày làm việc", "ok"),
        ("100 due", "còn 1 giờ 40 phút", "soon"),
        ("100 due now=due", "đến hạn 16:30 hôm nay", "soon"),
        ("-200 due now=due", "quá hạn 3 giờ 20 phút", "overdue"),
        ("0 due now=sunday", "đã quá hạn", "overdue"),
        ("960 due paused=True", "Tạm dừng tính thời hạn", "paused"),
    ],
)
def test_a_countdown_gives_working_time_and_the_date(arguments, words, status):
    text = rendered("{% countdown " + arguments + " %}", due=DUE, sunday=DUE + timedelta(days=2))
    assert words in text
    assert f"is-{status}" in text
    assert "16:30, 25/11/2026" in text


def test_a_timeline_also_speaks():
    steps = [Step("Thẩm định", "C", 480, 680, corrections=["sửa"]), Step("Ký", "Chờ", 240, 60, suspended=180)]
    text = rendered("{% timeline steps %}", steps=steps)
    assert "11 giờ 20 phút / 8 giờ" in text
    assert "quá hạn 3 giờ 20 phút" in text
    assert "tạm dừng 3 giờ" in text
    assert "sửa" in text


def test_a_timeline_of_nothing_is_empty():
    assert "<li>\n    <span" not in rendered("{% timeline steps %}", steps=[])


def test_reasons_nest():
    text = rendered("{% reasons r %}", r=[Reason("a", "1", children=[Reason("b", children=[Reason("c", source="d")])])])
    assert text.count("<details>") == 2
    assert "d</span>" in text


def test_the_last_breadcrumb_is_the_page():
    text = rendered("{% breadcrumbs links %}", links=[Link("Trang chủ", "/"), Link("Đây", "/day/")])
    assert 'href="/"' in text
    assert '<span aria-current="page">Đây</span>' in text


def test_a_sentence_stands_where_an_action_is_impossible():
    text = rendered("{% refusal 'Chưa khóa.' 'Khóa trước.' %}")
    assert "disabled" not in text
    assert "Chưa khóa. Khóa trước." in text


class Small(forms.Form):
    name = forms.CharField(label="Tên", help_text="Đủ họ tên")


def test_an_error_is_said_above_and_at_the_field():
    form = Small({"name": ""})
    summary, field = rendered("{% error_summary form %}", form=form), rendered("{% field form.name %}", form=form)
    assert 'href="#id_name"' in summary
    assert 'id="id_name_error"' in field
    assert 'aria-describedby="id_name_helptext id_name_error"' in field
    assert 'aria-invalid="true"' in field


def test_no_summary_without_errors():
    assert "error-summary" not in rendered("{% error_summary form %}", form=Small({"name": "A"}))


def test_the_reason_is_kept_on_error():
    text = rendered("{% confirm 'k' 't' 'e' 's' reason='Đã ghi' error='Quá ngắn' %}{% endconfirm %}")
    assert ">Đã ghi</textarea>" in text
    assert "<dialog" in text
    assert " open>" in text


MANY = (
    "".join(f'<input name="f{number}">' for number in range(3)) + '<select name="kind" data-unfiltered="open"></select>'
)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/", ""),
        ("/?f0=a&f1=&f2=c", "2 đang dùng"),
        ("/?kind=open&page=2&hidden=x", ""),
        ("/?kind=all&f0=a", "2 đang dùng"),
    ],
)
def test_folded_filters_say_how_many_are_in_use(rf, address, said):
    content = MANY + '<input type="hidden" name="hidden" value="x">'
    bar = rendered("{% filters 'Lọc' '/' %}" + content + "{% endfilters %}", request=rf.get(address))
    assert f'id="results-in-use">{said}</span>' in bar and "#results-in-use:innerHTML" in bar


def test_few_filters_are_not_folded(rf):
    bar = rendered(
        "{% filters 'Lọc' '/' %}" + MANY.replace("select", "p") + "{% endfilters %}", request=rf.get("/?f0=a")
    )
    assert "<details" not in bar and "in-use" not in bar
