"""The council's report on the communes of Kon Rẫy for 2022, made again from the figures of its own table.

The printed report says 84,41 for Đăk Pnê, whose points and maximum give 84,71; here every index is computed.
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from importlib import resources

from cchc.documents.blocks import Column, Items, Table
from cchc.documents.model import Annex, Document, Issuer, Number, Signature
from cchc.documents.skeletons import Part, report
from cchc.documents.text import Run
from cchc.records.numbers import format_number, terminating_decimal
from cchc.scoring.published import CheckedRow, CheckedTable, check_table
from cchc.tables.reading import read_tables

COUNCIL = "Hội đồng kiểm tra, đánh giá, chấm điểm công tác cải cách hành chính huyện"
SUBJECT = "kết quả kiểm tra, đánh giá, chấm điểm công tác cải cách hành chính đối với UBND các xã, thị trấn năm 2022"
SUMMARY = "Kết quả kiểm tra, đánh giá, chấm điểm công tác cải cách\nhành chính đối với UBND các xã, thị trấn năm 2022"
BASES = tuple(
    f"Căn cứ Quyết định số {number} của UBND huyện Kon Rẫy về việc {what} trên địa bàn huyện Kon Rẫy"
    for number, what in (
        (
            "685/QĐ-UBND ngày 02/12/2016",
            "thành lập Hội đồng kiểm tra, đánh giá, chấm điểm công tác cải cách hành chính",
        ),
        (
            "1253/QĐ-UBND ngày 17/11/2022",
            "ban hành Bộ tiêu chí xác định chỉ số cải cách hành chính nhà nước đối với UBND các xã, thị trấn",
        ),
    )
)
OPENING = f"{COUNCIL} tổng hợp, báo cáo {SUBJECT}; cụ thể như sau:"
CLOSING = f"Trên đây là Báo cáo của {COUNCIL} về {SUBJECT}"
APPRAISED = "Tổng số điểm các tiêu chí, tiêu chí thành phần sau khi Hội đồng thẩm định và kiểm tra thực tế tại đơn vị"


def checked_table() -> CheckedTable:
    """The shipped table, with what follows from its points."""
    content = (resources.files("cchc.demo") / "data" / "kon-ray-2022.csv").read_bytes()
    return check_table(read_tables(content, "kon-ray-2022.csv"))


def kon_ray_report() -> Document:
    """The draft: number blank, date blank but for the year, marked as a draft of sample data."""
    table = checked_table()
    return Document(
        kind="report",
        issuer=Issuer(
            "Hội đồng kiểm tra, đánh giá,\nchấm điểm công tác CCHC", superior="Ủy ban nhân dân\nhuyện Kon Rẫy"
        ),
        number=Number("BC-HĐ"),
        place="Kon Rẫy",
        on=2022,
        summary=SUMMARY,
        addressees=("Ủy ban nhân dân huyện",),
        blocks=report(
            bases=BASES,
            opening=OPENING,
            parts=(Part("Kết quả số điểm đạt được của các xã, thị trấn", parts=tuple(units(table))),),
            closing=CLOSING,
        ),
        signatures=(Signature("Chủ tịch Hội đồng", "Nguyễn Văn Thủy", post="Phó Chủ tịch UBND huyện"),),
        recipients=("Như trên (b/c)", "Thành viên Hội đồng", "UBND các xã, thị trấn", "Lưu: VT"),
        annexes=(Annex("Bảng tổng hợp kết quả chấm điểm", (summary_table(table),), is_landscape=True),),
        is_draft=True,
        is_sample=True,
    )


def units(table: CheckedTable) -> Iterator[Part]:
    """Section 1: three lines for each unit."""
    return (Part(f"{row.unit}:", (Items(tuple(lines(row))),)) for row in table.rows)


def lines(row: CheckedRow) -> Iterator[str | tuple[str | Run, ...]]:
    """What the unit gave itself, what the council found, the index and class that follow."""
    printed, computed = row.printed, row.computed
    assert None not in (printed.self_points, printed.self_max, printed.appraised, printed.maximum, computed.index)
    yield (
        "Tổng số điểm các tiêu chí, tiêu chí thành phần đơn vị tự chấm: "
        f"{format_number(printed.self_points)}/{format_number(printed.self_max)} điểm."
    )
    yield (
        f"{APPRAISED}: {format_number(printed.appraised)}/{format_number(printed.maximum)} điểm (",
        Run("có bảng tổng hợp và biên bản kèm theo", italic=True),
        ").",
    )
    yield (
        f"Chỉ số cải cách hành chính của đơn vị: {format_number(computed.index, decimals=2)}; "
        f"xếp loại {computed.class_name}."
    )


def summary_table(table: CheckedTable) -> Table:
    """The annex: all units, self-scored and appraised."""
    appraised = ("Điểm sau thẩm định, kiểm tra thực tế",)
    return Table(
        columns=(
            Column("STT", "centred", 4),
            Column("Đơn vị", "text", 22),
            Column("Điểm đạt", "number", 9, ("Điểm tự chấm",), 2),
            Column("Điểm tối đa", "number", 9, ("Điểm tự chấm",), 2),
            Column("Điểm đạt", "number", 9, appraised, 2),
            Column("Điểm tối đa", "number", 9, appraised, 2),
            Column("Chỉ số CCHC", "number", 9, decimals=2),
            Column("Xếp loại", "centred", 10),
            Column("Xếp hạng", "centred", 7),
        ),
        rows=tuple(
            (
                at,
                row.unit,
                decimal(row.printed.self_points),
                decimal(row.printed.self_max),
                decimal(row.printed.appraised),
                decimal(row.printed.maximum),
                row.computed.index,
                row.computed.class_name,
                row.computed.rank,
            )
            for at, row in enumerate(table.rows, start=1)
        ),
        is_numbered=True,
    )


def decimal(value: Fraction | None) -> Decimal | None:
    """A printed figure, exactly."""
    return None if value is None else terminating_decimal(value)
