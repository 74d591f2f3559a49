"""A day or number that was typed as machines write it is read as officials do: on pages, in fields, in workbooks."""

from __future__ import annotations

from django.utils.html import strip_tags

from cchc.assessments.importing.layout import in_words, is_same, meant
from cchc.assessments.models import Round
from cchc.scoring.loading import load
from tests.assessments.conftest import Council
from tests.assessments.test_pages import by, page
from tests.factories.assessments import SET, begun, write


def test_pages_and_fields_show_day_month_year(council: Council) -> None:
    round_: Round = begun(council.province, {council.first: "Cấp xã"}, load(SET))
    sheet = round_.sheets.get()
    write(sheet, "1.1.1", issued_on="2026-01-31")
    own = page(by(council.head), "sheet", sheet.pk) + page(by(council.secretary), "criterion", round_.pk, "1.1.1")
    assert 'value="31/01/2026"' in own
    assert "Ngày ban hành kế hoạch: 31/01/2026" in strip_tags(own)
    assert "2026-01-31" not in own


def test_a_workbook_has_the_same_day_and_takes_it_for_the_same() -> None:
    asked = meant(load(SET).criterion("1.1.1"), "issued_on")
    assert in_words(asked, "2026-01-31") == "31/01/2026"
    assert in_words(asked, "chưa") == "chưa"
    assert is_same(asked, "2026-01-31", "31/01/2026") and not is_same(asked, "2026-01-31", "01/02/2026")


def test_a_number_has_the_decimal_sign_of_the_country() -> None:
    criteria = load(SET)
    ratio = meant(criteria.criterion("8.1"), "ratio")
    assert in_words(ratio, "0.87") == "0,87"
    assert is_same(ratio, "0.87", "0,87") and not is_same(ratio, "0.87", "0,88")
    reason = meant(criteria.criterion("8.1"), "reason")
    assert in_words(reason, "1.5") == "1.5"
