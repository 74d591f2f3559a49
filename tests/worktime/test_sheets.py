"""Tables of exceptional days as officials fill them in: what is understood, and what is refused at its cell."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from openpyxl.chart import BarChart

from cchc.records.errors import DomainError, Unreadable
from cchc.records.sources import Source, Verification
from cchc.records.text import LocalText
from cchc.records.words import say_problem
from cchc.tables.writing import Column, SheetToWrite, write_xlsx
from cchc.worktime.exchange import calendar_of, found_in, written
from cchc.worktime.rules import CalendarRules, DayException
from cchc.worktime.windows import Window
from tests.worktime.written_rules import shipped

BASE = shipped("vn")
SMALL = shipped("vn-example-commune")
HEADING = "Ngày,Loại ngày,Giờ làm việc,Tên,Văn bản,Đã xác minh,Lý do chưa xác minh"


def days_of(table: str) -> tuple[DayException, ...]:
    return calendar_of(found_in(table.encode(), "ngay.csv"), BASE).exceptions


def one(row: str, heading: str = HEADING) -> DayException:
    (day,) = days_of(f"{heading}\n{row}\n")
    return day


def refused(table: str) -> DomainError:
    with pytest.raises(DomainError) as caught:
        days_of(table)
    for problem in caught.value.problems:
        assert all(say_problem(problem, language) for language in ("vi", "en"))
    return caught.value


@pytest.mark.parametrize(
    ("kind", "hours", "means"),
    [
        ("Nghỉ", "", ()),
        ("nghi", "", ()),
        ("closed", "", ()),
        ("Như thứ Sáu", "", "fri"),
        ("NHU CHU NHAT", "", "sun"),
        ("as Monday", "", "mon"),
        ("sat", "", "sat"),
        ("Giờ riêng", "07:30-11:30", (Window(450, 690),)),
        ("own hours", "13:00 – 17:00; 7:30-11:30", (Window(450, 690), Window(780, 1020))),
        ("Giờ riêng", '"07:30-11:30, 13:00-24:00"', (Window(450, 690), Window(780, 1440))),
    ],
)
def test_kinds_of_days(kind, hours, means):
    assert one(f"10/10/2026,{kind},{hours},Tên,QĐ 1,Có,").open == means


@pytest.mark.parametrize("day", ["10/10/2026", "2026-10-10", "10-10-2026", "1/10/2026"])
def test_dates_in_every_usual_form(day):
    assert one(f"{day},Nghỉ,,Tên,QĐ 1,Có,").on in (date(2026, 10, 10), date(2026, 10, 1))


@pytest.mark.parametrize("yes", ["Có", "co", "yes", "TRUE", "x"])
def test_verified(yes):
    assert one(f"10/10/2026,Nghỉ,,Tên,QĐ 1,{yes},").verification == Verification(True)


@pytest.mark.parametrize("no", ["Chưa", "chua", "không", "no", "FALSE"])
def test_not_verified_with_a_reason(no):
    assert one(f"10/10/2026,Nghỉ,,Tên,QĐ 1,{no},Chưa có số").verification == Verification(False, "Chưa có số")


def test_the_reason_in_english_too():
    heading = f"{HEADING},Lý do bằng tiếng Anh"
    day = one("10/10/2026,Nghỉ,,Tên,QĐ 1,Chưa,Chưa có số,No number yet", heading)
    assert day.verification == Verification(False, "Chưa có số", "No number yet")
    for row, column in (("Chưa,,No number yet", "F"), ("Có,,No number yet", "H")):
        error = refused(f"{heading}\n10/10/2026,Nghỉ,,Tên,QĐ 1,{row}\n")
        assert error.problems[0].place is not None and error.problems[0].place.column == column


def test_columns_in_any_order_under_a_title_and_in_english():
    heading = "Danh mục ngày nghỉ năm 2026\n\nVerified,Name,English name,Date,Kind,Document,Document date,Article"
    day = one("yes,Nghỉ bù,In lieu,27/04/2026,closed,QĐ 1,01/10/2025,2", heading)
    assert (day.name.vi, day.name.en) == ("Nghỉ bù", "In lieu")
    assert day.source == Source("QĐ 1", date(2025, 10, 1), "2")


def test_a_table_with_semicolons_is_read_too():
    assert one("10/10/2026;Giờ riêng;07:30-11:30;Tên;QĐ 1;Có;", HEADING.replace(",", ";")).open


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("31/02/2026,Nghỉ,,Tên,QĐ 1,Có,", "records.not_a_date", "A"),
        ("10/10/2026,Nghỉ lễ,,Tên,QĐ 1,Có,", "worktime.not_a_kind", "B"),
        ("10/10/2026,Nghỉ,07:30-11:30,Tên,QĐ 1,Có,", "worktime.hours_not_wanted", "C"),
        ("10/10/2026,Như thứ Hai,07:30-11:30,Tên,QĐ 1,Có,", "worktime.hours_not_wanted", "C"),
        ("10/10/2026,Giờ riêng,,Tên,QĐ 1,Có,", "worktime.cell_missing", None),
        ("10/10/2026,Giờ riêng,7h30-11h30,Tên,QĐ 1,Có,", "worktime.not_a_time", "C"),
        ("10/10/2026,Giờ riêng,07:30-11:30; 11:00-12:00,Tên,QĐ 1,Có,", "worktime.windows_overlap", "C"),
        ("10/10/2026,Giờ riêng,11:30-07:30,Tên,QĐ 1,Có,", "worktime.window_ends_early", "C"),
        ("10/10/2026,Giờ riêng,;,Tên,QĐ 1,Có,", "worktime.cell_missing", "C"),
        ("10/10/2026,Nghỉ,,,QĐ 1,Có,", "worktime.cell_missing", "D"),
        (",Nghỉ,,Tên,QĐ 1,Có,", "worktime.cell_missing", "A"),
        ("10/10/2026,Nghỉ,,Tên,,Có,", "worktime.cell_missing", "E"),
        ("10/10/2026,Nghỉ,,Tên,QĐ 1,,", "worktime.cell_missing", "F"),
        ("10/10/2026,Nghỉ,,Tên,QĐ 1,Chưa,", "worktime.cell_missing", "F"),
        ("10/10/2026,Nghỉ,,Tên,QĐ 1,Có,Chưa có số", "worktime.verified_with_reason", "G"),
        ("10/10/2026,Nghỉ,,Tên,QĐ 1,có lẽ,", "worktime.not_yes_or_not_yet", "F"),
    ],
)
def test_what_is_wrong_with_a_row_is_refused_at_its_cell(row, code, column):
    error = refused(f"{HEADING}\n11/10/2026,Nghỉ,,Tên,QĐ 1,Có,\n{row}\n")
    assert error.code == code
    place = error.problems[0].place
    assert place is not None
    assert (place.file, place.row, place.column) == ("ngay.csv", 3, column)


def test_all_rows_that_are_wrong_are_told_together():
    wrong = refused(f"{HEADING}\n1/10/2026,?,,Tên,QĐ 1,Có,\n2/10/2026,Nghỉ,,,,Có,\n3/10/2026,Nghỉ,,Tên,QĐ 1,?,\n")
    assert [problem.place.row for problem in wrong.problems if problem.place] == [2, 3, 3, 4]


def test_a_day_that_stands_twice_is_refused_with_both_rows():
    error = refused(
        f"{HEADING}\n10/10/2026,Nghỉ,,A,QĐ 1,Có,\n11/10/2026,Nghỉ,,A,QĐ 1,Có,\n10/10/2026,Nghỉ,,B,QĐ 1,Có,\n"
    )
    assert error.code == "worktime.exceptions_twice"
    assert str(error.problems[0].place) == "ngay.csv:4"
    assert error.problems[0].message.params["other"] == "ngay.csv:2"


def test_columns_that_are_not_understood_are_refused_not_ignored():
    error = refused(f"{HEADING},Ghi chú\n10/10/2026,Nghỉ,,Tên,QĐ 1,Có,,gì đó\n")
    assert error.code == "worktime.unknown_column"
    assert error.problems[0].message.params["columns"] == ("Ghi chú",)


def test_a_table_of_something_else_has_no_heading():
    with pytest.raises(Unreadable) as caught:
        days_of("Đơn vị,Điểm\nA,1\n")
    assert caught.value.code == "tables.no_heading"


def workbook(change: dict[tuple[str, str], object]) -> bytes:
    """The exported calendar of the sample commune with some cells (sheet, address) changed."""
    book = openpyxl.load_workbook(BytesIO(written(SMALL, ".xlsx")))
    for (sheet, address), value in change.items():
        book[sheet][address] = value
    target = BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.crossing
@pytest.mark.parametrize(
    ("cell", "value", "code", "place"),
    [
        (("Ngày đặc biệt", "B3"), "Nghỉ lễ", "worktime.not_a_kind", "vn.xlsx:Ngày đặc biệt:3:B"),
        (("Ngày đặc biệt", "A2"), "=1/0", "worktime.bad_cell", "vn.xlsx:Ngày đặc biệt:2:A"),
        (("Lịch", "B6"), "Asia/Hue", "worktime.unknown_time_zone", "vn.xlsx:Lịch:6:B"),
        (("Lịch", "A3"), "vn", "worktime.unknown_calendar_key", "vn.xlsx:Lịch:3"),
        (("Lịch", "A4"), "id", "worktime.key_twice", "vn.xlsx:Lịch:4:B"),
        (("Tuần làm việc", "A2"), "ngày đầu", "records.not_a_date", "vn.xlsx:Tuần làm việc:2:A"),
        (("Tuần làm việc", "C2"), "cả ngày", "worktime.not_a_window", "vn.xlsx:Tuần làm việc:2:C"),
    ],
)
def test_what_is_wrong_in_a_workbook_is_refused_at_its_cell(cell, value, code, place):
    with pytest.raises(DomainError) as caught:
        calendar_of(found_in(workbook({cell: value}), "vn.xlsx"))
    assert (caught.value.code, str(caught.value.problems[0].place)) == (code, place)


def test_a_day_typed_into_the_workbook_arrives():
    typed = {"A": date(2026, 10, 10), "B": "Giờ riêng", "C": "07:30-11:30", "D": "Trực", "F": "QĐ 1", "J": "Có"}
    row = len(SMALL.exceptions) + 2
    made = calendar_of(found_in(workbook({("Ngày đặc biệt", f"{c}{row}"): v for c, v in typed.items()}), "vn.xlsx"))
    (added,) = set(made.exceptions) - set(SMALL.exceptions)
    assert (added.on, added.open, added.name.vi) == (date(2026, 10, 10), (Window(450, 690),), "Trực")
    assert replace(made, exceptions=SMALL.exceptions) == SMALL


def test_a_workbook_of_one_sheet_with_another_name_is_a_table_of_days():
    columns = tuple(map(Column, HEADING.split(",")))
    rows = [("10/10/2026", "Nghỉ", "", "Tên", "QĐ 1", "Có", "")]
    content = write_xlsx([SheetToWrite("Trang 1", columns, rows)])
    found = found_in(content, "x.xlsx")
    assert found.header is None
    assert [day.on for day in calendar_of(found, BASE).exceptions] == [date(2026, 10, 10)]


def test_a_workbook_of_charts_only_has_no_days():
    book = openpyxl.Workbook()
    book.create_chartsheet("Biểu đồ").add_chart(BarChart())
    book.remove(book.worksheets[0])
    target = BytesIO()
    book.save(target)
    with pytest.raises(Unreadable) as caught:
        found_in(target.getvalue(), "x.xlsx")
    assert caught.value.code == "worktime.no_sheet"


def test_the_workbook_helps_to_fill_it_in():
    book = openpyxl.load_workbook(BytesIO(written(SMALL, ".xlsx")))
    assert book.sheetnames == ["Hướng dẫn", "Ngày đặc biệt", "Tuần làm việc", "Lịch", "Danh mục"]
    days = book["Ngày đặc biệt"]
    assert {str(rule.sqref)[0] for rule in days.data_validations.dataValidation} == {"B", "J"}
    assert all(days[f"{column}1"].comment for column in "ABCDEFJ")
    assert days["A2"].is_date
    assert days.freeze_panes == "B2"
    kinds = [cell.value for cell in book["Danh mục"]["A"]]
    assert (kinds[0], kinds[1], kinds[7], kinds[8]) == ("Nghỉ", "Như thứ Hai", "Như Chủ nhật", "Giờ riêng")


def test_a_calendar_without_weeks_of_its_own_comes_back():
    child = CalendarRules("con", LocalText("Lịch con"), extends="vn")
    assert calendar_of(found_in(written(child, ".xlsx"), "con.xlsx")) == child
