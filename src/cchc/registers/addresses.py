"""Where a reader is: the way from the list of registers to one, to an entry, and the filters in addresses."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.followups.addresses import shortened
from cchc.interface.shapes import Link
from cchc.organizations.models import Unit
from cchc.registers.kinds import known_ids
from cchc.registers.models import Register, RegisterEntry
from cchc.registers.queries.entries import NO_TASK, STRUCK, EntrySearch
from cchc.registers.queries.registers import RegisterSearch
from cchc.registers.queries.tasks import GROUPS
from cchc.registers.states import REGISTER


def register_crumbs(register: Register | None = None) -> list[Link]:
    """From the list down to a register."""
    steps = [Link(_("Registers and plans"), reverse("registers:registers"))]
    return steps if register is None else [*steps, Link(shortened(register.title), to_register(register))]


def entry_crumbs(entry: RegisterEntry) -> list[Link]:
    """Down to an entry."""
    return [*register_crumbs(entry.register), Link(shortened(entry.title), to_entry(entry))]


def to_register(register: Register, which: str = "") -> str:
    """Its page, with the filter of `EntrySearch.which`."""
    address = reverse("registers:register", args=[register.pk])
    return f"{address}?dong={which}" if which else address


def to_entry(entry: RegisterEntry) -> str:
    """Its page."""
    return reverse("registers:entry", args=[entry.pk])


def to_tasks(register: Register, group: str = "") -> str:
    """The page of the tasks that its entries gave."""
    address = reverse("registers:tasks", args=[register.pk])
    return f"{address}?nhom={group}" if group else address


def asked_registers(request: HttpRequest) -> RegisterSearch:
    """The filters of the list; what makes no sense is left out."""
    states = tuple(state.id for state in REGISTER.states)
    return RegisterSearch(_text(request), _one_of(request, "loai", known_ids()), _one_of(request, "trang-thai", states))


def asked_entries(request: HttpRequest, under: Unit | None) -> EntrySearch:
    """The filters of a register's page."""
    return EntrySearch(_text(request), under, _one_of(request, "dong", (STRUCK, NO_TASK)))


def asked_group(request: HttpRequest) -> str:
    """Which tasks of a register."""
    return _one_of(request, "nhom", GROUPS)


def _text(request: HttpRequest) -> str:
    return request.GET.get("tim", "")[:200].replace("\0", "")


def _one_of(request: HttpRequest, name: str, allowed: tuple[str, ...]) -> str:
    text = request.GET.get(name, "")
    return text if text in allowed else ""
