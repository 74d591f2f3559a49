"""One paper of every kind, as a commune or province would make it. Names and figures are invented."""

from datetime import date
from decimal import Decimal

from cchc.documents.blocks import Article, Band, Code, Column, Heading, Items, Paragraph, Table
from cchc.documents.layout import Layout, layout_on
from cchc.documents.model import Annex, Document, Issuer, Number, OnBehalf, Signature
from cchc.documents.skeletons import Part, Party, decision, letter, minutes, report, slip
from cchc.documents.text import Run

ON = date(2026, 2, 9)
PROVINCE = Issuer("Ủy ban nhân dân\ntỉnh Quảng Ngãi")
OFFICE = Issuer("Sở Nội vụ", superior="Ủy ban nhân dân\ntỉnh Quảng Ngãi")


def layout() -> Layout:
    """The layout in force."""
    return layout_on(ON).value


def results() -> Table:
    """A table with a shared heading, bands, empty cells and a total."""
    received = ("Số hồ sơ tiếp nhận",)
    return Table(
        columns=(
            Column("STT", "centred", 5),
            Column("Đơn vị", "text", 26),
            Column("Kỳ trước", "number", 10, received, is_summed=True),
            Column("Trong kỳ", "number", 10, received, is_summed=True),
            Column("Trễ hạn", "number", 10, is_summed=True),
            Column("Phí, lệ phí", "number", 12, decimals=2, is_summed=True),
            Column("Ghi chú", "text", 14),
        ),
        rows=(
            Band("I. Sở, ban, ngành"),
            (1, "Sở Nội vụ", 12, 1214, 0, Decimal("1024000.5"), None),
            (2, "Sở Nông nghiệp và Môi trường", 340, 45685, 17, Decimal(99), "hồ sơ đất đai"),
            Band("II. Xã, phường, đặc khu"),
            (3, "UBND xã Đăk Kôi", None, 872, 3, Decimal("12.25"), None),
        ),
        caption="Bảng 1. Kết quả tiếp nhận, giải quyết hồ sơ tháng 01 năm 2026",
        note="Đơn vị tính: hồ sơ; đồng",
        total="Tổng cộng",
    )


def a_decision() -> Document:
    """With an annex across."""
    return Document(
        kind="decision",
        issuer=PROVINCE,
        number=Number("QĐ-UBND", 7),
        place="Quảng Ngãi",
        on=ON,
        summary="Về việc phê duyệt kết quả xác định Chỉ số cải cách hành chính năm 2025",
        blocks=decision(
            authority="Chủ tịch Ủy ban nhân dân tỉnh",
            bases=(
                "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025",
                "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 15/TTr-SNV ngày 02 tháng 02 năm 2026",
            ),
            articles=(
                Article(1, "Phê duyệt kết quả xác định Chỉ số cải cách hành chính năm 2025, theo Phụ lục kèm theo."),
                Article(
                    2,
                    "Giao Sở Nội vụ:",
                    (
                        Items(("Công bố kết quả trên Cổng thông tin điện tử tỉnh.",), mark="1."),
                        Items(("Theo dõi, đôn đốc việc khắc phục các tiêu chí đạt điểm thấp.",), mark="2."),
                    ),
                ),
                Article(3, "Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc Sở Nội vụ chịu trách nhiệm thi hành"),
            ),
        ),
        signatures=(Signature("Phó Chủ tịch", "Nguyễn Thị Ánh Nguyệt", on_behalf=(OnBehalf("KT.", "Chủ tịch"),)),),
        recipients=("Như Điều 3", "Bộ Nội vụ (b/c)", "Thường trực Tỉnh ủy", "Lưu: VT, SNV"),
        annexes=(Annex("Kết quả giải quyết hồ sơ", (results(),), is_landscape=True), Annex("Ghi chú", ())),
    )


def a_letter() -> Document:
    """No name of its own; several addressees."""
    return Document(
        kind="letter",
        issuer=OFFICE,
        number=Number("SNV-CCHC", 128),
        place="Quảng Ngãi",
        on=ON,
        summary="đôn đốc giải quyết hồ sơ thủ tục hành chính quá hạn",
        addressees=("Các sở, ban, ngành", "Ủy ban nhân dân các xã, phường, đặc khu"),
        blocks=letter(
            "Thực hiện Kế hoạch cải cách hành chính năm 2026, Sở Nội vụ đề nghị các đơn vị rà soát hồ sơ quá hạn.",
            ("Đơn vị có tỷ lệ đúng hạn ", Run("≥ 98 %", bold=True), " được biểu dương trong tháng."),
            closing="Đề nghị các đơn vị quan tâm, thực hiện",
        ),
        signatures=(
            Signature("Trưởng phòng Cải cách hành chính", "Đỗ Quỳnh Như", on_behalf=(OnBehalf("TL.", "Giám đốc"),)),
        ),
        recipients=("Như trên", "Giám đốc Sở (b/c)", "Lưu: VT, CCHC"),
    )


def some_minutes() -> Document:
    """Signed by both parties."""
    return Document(
        kind="minutes",
        issuer=Issuer("Đoàn kiểm tra cải cách hành chính", superior="Ủy ban nhân dân tỉnh Quảng Ngãi"),
        number=Number("BB-ĐKT"),
        place="Đăk Kôi",
        on=ON,
        summary="Kiểm tra công tác cải cách hành chính tại UBND xã Đăk Kôi",
        blocks=minutes(
            opening="Hôm nay, vào hồi 08 giờ 00 phút, ngày 09 tháng 02 năm 2026, tại trụ sở UBND xã Đăk Kôi, gồm có:",
            parties=(
                Party("Đại diện Đoàn kiểm tra", ("Ông Lê Văn Hữu, Trưởng đoàn", "Bà Phạm Thị Ngọc, thành viên")),
                Party("Đại diện đơn vị được kiểm tra", ("Ông A Thơ, Chủ tịch UBND xã",)),
            ),
            parts=(
                Part("Nội dung kiểm tra", (Paragraph("Việc niêm yết công khai thủ tục hành chính."), results())),
                Part("Ý kiến của đơn vị", parts=(Part("Nhất trí", (Paragraph("Đơn vị nhất trí với kết quả."),)),)),
            ),
            closing="Biên bản lập thành 02 bản, mỗi bên giữ 01 bản, kết thúc vào hồi 11 giờ 30 phút cùng ngày",
        ),
        signatures=(
            Signature("Đại diện đơn vị", "A Thơ", note="(Ký, ghi rõ họ tên, đóng dấu)"),
            Signature("Trưởng đoàn", "Lê Văn Hữu", note="(Ký, ghi rõ họ tên)"),
            Signature("Thư ký", "Phạm Thị Ngọc", note="(Ký, ghi rõ họ tên)"),
        ),
        is_sample=True,
    )


def a_notice() -> Document:
    """Headings of three levels, a list in a list."""
    return Document(
        kind="notice",
        issuer=OFFICE,
        number=Number("TB-SNV"),
        place="Quảng Ngãi",
        summary="Kết luận kiểm tra công tác cải cách hành chính tại UBND xã Đăk Kôi",
        blocks=(
            *report(
                opening="Sau khi kiểm tra, Sở Nội vụ thông báo kết luận như sau:",
                parts=(
                    Part(
                        "Kết quả",
                        (Items(("Ưu điểm:",)), Items(("niêm yết đầy đủ;", "trả kết quả đúng hạn."), mark="+")),
                        (Part("Tồn tại", parts=(Part("Hồ sơ điện tử", (Paragraph("Còn thấp."),)),)),),
                    ),
                    Part("Yêu cầu", (Paragraph("Khắc phục trước ngày 31/3/2026."),)),
                ),
                closing="Yêu cầu đơn vị thực hiện, báo cáo kết quả",
            ),
        ),
        signatures=(Signature("Giám đốc", "Hồ Xuân Hương"),),
        recipients=("UBND xã Đăk Kôi", "Lưu: VT"),
        is_draft=True,
    )


def a_proposal() -> Document:
    """Tờ trình: one addressee, on behalf of a body and in place of its head."""
    return Document(
        kind="proposal",
        issuer=OFFICE,
        number=Number("TTr-SNV", 15),
        place="Quảng Ngãi",
        on=date(2026, 11, 20),
        summary="Về việc phê duyệt Chỉ số cải cách hành chính năm 2025",
        addressees=("Ủy ban nhân dân tỉnh Quảng Ngãi",),
        blocks=report(
            bases=("Căn cứ Kế hoạch cải cách hành chính năm 2025",),
            opening="Sở Nội vụ kính trình Ủy ban nhân dân tỉnh xem xét:",
            parts=(Part("Sự cần thiết", (Paragraph("Kết quả đã được Hội đồng thẩm định thông qua."),)),),
            closing="Kính trình Ủy ban nhân dân tỉnh xem xét, quyết định",
        ),
        signatures=(
            Signature(
                "Phó Giám đốc",
                "Tạ Ngọc Ẩn",
                on_behalf=(OnBehalf("TM.", "Hội đồng thẩm định"), OnBehalf("KT.", "Giám đốc")),
            ),
        ),
        recipients=("Như trên", "Lưu: VT"),
    )


def a_slip() -> Document:
    """A5, with the codes that are scanned at the counter and at home."""
    return Document(
        kind="form",
        title="Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
        issuer=Issuer("Bộ phận Tiếp nhận và Trả kết quả", superior="Ủy ban nhân dân\nxã Đăk Kôi"),
        reference="Mã hồ sơ: H48.21.07-260209-0007",
        codes=(Code("H48.21.07-260209-0007", "Mã hồ sơ"), Code("https://dvc.example.vn/tra-cuu?ma=7Q2XK", "Tra cứu")),
        place="Đăk Kôi",
        on=ON,
        blocks=slip(
            (
                ("Họ và tên người nộp", "Y Nguyệt Ánh"),
                ("Địa chỉ", "thôn 3, xã Đăk Kôi"),
                ("Số điện thoại", "0905 000 000"),
                ("Nội dung yêu cầu giải quyết", "Đăng ký khai sinh"),
                ("Thời gian nhận hồ sơ", "14 giờ 36 phút, ngày 09 tháng 02 năm 2026"),
                ("Thời gian hẹn trả kết quả", "16 giờ 30 phút, ngày 10 tháng 02 năm 2026"),
            ),
            Table(
                (Column("TT", "centred", 4), Column("Thành phần hồ sơ", width=30), Column("Bản chính", "number", 8)),
                ((1, "Tờ khai đăng ký khai sinh", 1), (2, "Giấy chứng sinh", 1)),
            ),
        ),
        signatures=(
            Signature("Người nộp hồ sơ", "Y Nguyệt Ánh", note="(Ký, ghi rõ họ tên)"),
            Signature("Người tiếp nhận", "A Biu", note="(Ký, ghi rõ họ tên)"),
        ),
        is_sample=True,
        paper_size="A5",
    )


def a_long_annex(rows: int) -> Document:
    """A head that must repeat: as many rows as wanted."""
    columns = (Column("STT", "centred", 5), Column("Hồ sơ", width=30), Column("Số ngày trễ", "number", is_summed=True))
    table = Table(columns, tuple((at, f"H48-{at:05}", at % 7) for at in range(1, rows + 1)), total="Cộng")
    annex = Annex("Danh sách hồ sơ trễ hạn", (table,))
    return Document("report", OFFICE, blocks=(Heading("1. Danh sách"),), annexes=(annex,))


PAPERS = {
    "decision": a_decision,
    "letter": a_letter,
    "minutes": some_minutes,
    "notice": a_notice,
    "proposal": a_proposal,
    "slip": a_slip,
}
