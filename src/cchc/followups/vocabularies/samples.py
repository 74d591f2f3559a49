"""What texts about tasks look like before there are any: invented rows for the editor."""

from __future__ import annotations

from datetime import date
from typing import Final

from cchc.documents.blocks import Column, Table

UNITS: Final = ("xã Mẫu Một", "xã Mẫu Hai")
BODIES: Final = ("Ủy ban nhân dân xã Mẫu Một", "Ủy ban nhân dân xã Mẫu Hai")
CITED: Final = "văn bản số 2624/UBND-TTHCC ngày 12 tháng 8 năm 2026 của Ủy ban nhân dân tỉnh Mẫu"
_NUMBER: Final = Column("STT", "centred", 5)
DEBTS: Final = Table(
    (
        _NUMBER, Column("Đơn vị", width=24), Column("Nội dung", width=40), Column("Tình trạng", width=24),
        Column("Thời hạn", "centred", 19), Column("Số ngày quá hạn", "number", 11),
    ),
    (
        (1, UNITS[0], "Rà soát hồ sơ quá hạn", "Quá hạn thực hiện", date(2026, 9, 10), 12),
        (2, UNITS[1], "2624/UBND-TTHCC", "Chưa đăng tải văn bản", date(2026, 8, 17), 36),
    ),
)  # fmt: skip
BY_UNIT: Final = Table(
    (_NUMBER, Column("Đơn vị", width=34), Column("Quá hạn thực hiện", "number", is_summed=True),
     Column("Cộng", "number", is_summed=True)),
    ((1, UNITS[0], 1, 1), (2, UNITS[1], 0, 1)),
    total="Tổng cộng",
)  # fmt: skip
TASKS: Final = Table(
    (
        _NUMBER, Column("Nhiệm vụ", width=36), Column("Đơn vị thực hiện", width=22), Column("Thời hạn", "centred", 19),
        Column("Tình hình", width=18), Column("Kết quả, tiến độ", width=30),
    ),
    (
        (1, "Rà soát hồ sơ quá hạn", UNITS[0], date(2026, 9, 10), "Đã hoàn thành", "Báo cáo số 12/BC-UBND"),
        (2, "Rà soát hồ sơ quá hạn", UNITS[1], date(2026, 9, 10), "Đang thực hiện", "Đã rà soát 3/5 thôn"),
    ),
)  # fmt: skip
OF_UNITS: Final = Table(
    (
        _NUMBER, Column("Đơn vị", width=34), Column("Tiếp nhận văn bản", "centred", 16),
        Column("Được giao", "number", is_summed=True), Column("Hoàn thành", "number", is_summed=True),
        Column("Đang thực hiện", "number", is_summed=True), Column("Trong đó quá hạn", "number", is_summed=True),
    ),
    ((1, UNITS[0], "Đã tiếp nhận", 2, 2, 0, 0), (2, UNITS[1], "Chưa", 2, 1, 1, 1)),
    total="Tổng cộng",
)  # fmt: skip
RAISED: Final = Table(
    (_NUMBER, Column("Đơn vị", width=22), Column("Nội dung", width=42), Column("Nhiệm vụ", width=30),
     Column("Ý kiến trả lời", width=30)),
    ((1, UNITS[0], "Chỉ có 1 máy quét khổ A4", "Số hóa hồ sơ", "Điều chuyển 1 máy quét khổ A3"),),
)  # fmt: skip
