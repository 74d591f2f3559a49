"""Registers and entries for tests, made the real way."""

from __future__ import annotations

from datetime import date
from typing import Any

from cchc.followups.actions.giving import Order
from cchc.followups.deadlines import Deadline
from cchc.followups.models import Task
from cchc.organizations.models import Unit
from cchc.registers.actions.entries import EntryFacts, enter_entry, give_by_entry
from cchc.registers.actions.registers import RegisterFacts, open_register
from cchc.registers.models import Register, RegisterEntry
from tests.factories.organizations import BY_TESTS, TODAY

VALUES: dict[str, dict[str, Any]] = {
    "plan": {"work": "Rà soát thủ tục", "from": date(2026, 1, 5), "to": date(2026, 12, 18)},
    "procedures": {
        "code": "1.000656", "procedure": "Đăng ký khai tử", "decision": "Quyết định 1217/QĐ-UBND", "status": "amended",
        "effective_on": date(2026, 7, 1),
    },
    "integrated_services": {
        "code": "1.000656", "procedure": "Đăng ký khai tử", "listed": "listed", "integration": "under_way",
    },
    "shared_systems": {"system": "ISO điện tử", "use": "partly", "users": 12},
    "weaknesses": {"weakness": "Còn hồ sơ đất đai quá hạn", "cause": "Thiếu máy đo"},
    "remediation": {
        "weakness": "Chưa phát phiếu đánh giá", "criterion": "Sự hài lòng của người dân",
        "measure": "Phát phiếu khi trả kết quả", "due_on": date(2026, 12, 31),
    },
}  # fmt: skip
"""A row of each kind."""


def register(keeper: Unit, kind: str = "remediation", **facts: Any) -> Register:
    """Opened today, for this year."""
    given = {"title": "Sổ của năm 2026", "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)} | facts
    return open_register(**BY_TESTS, kind=kind, keeper=keeper, facts=RegisterFacts(**given))


def entry(of: Register, unit: Unit | None = None, **values: Any) -> RegisterEntry:
    """A row of the register's kind; `values` beside or in place of those of `VALUES`."""
    return enter_entry(**BY_TESTS, register=of, facts=EntryFacts(unit, VALUES[of.kind] | values))


def given(by: RegisterEntry, owner: Unit, what: str = "Phát phiếu đánh giá", **more: Any) -> Task:
    """A task by the entry, due in ten working days, followed by the keeper."""
    order = Order(what, more.pop("deadline", Deadline(TODAY, working_days=10)), by.register.keeper)
    (task,) = give_by_entry(**(BY_TESTS | more), entry=by, order=order, owners=[owner])
    return task
