"""What rooms offer is found by the name of a module; mistakes in it stop the start."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import ModuleType, SimpleNamespace
from unittest.mock import patch

import pytest

from cchc.interface import rooms
from cchc.interface.hosting.audited import known_audited
from cchc.interface.hosting.desk import known_desk_kinds
from cchc.interface.hosting.navigation import known_places
from cchc.interface.hosting.panels import known_panels
from cchc.interface.hosting.search import known_search_kinds, search
from tests.support import rooms as order


@dataclass(frozen=True)
class Thing:
    code: str


def offered(**things: object) -> list[object]:
    module = ModuleType("things")
    module.__dict__.update(things)
    return [(SimpleNamespace(label="trial"), module)]


def test_every_thing_of_that_kind_is_found_in_its_order() -> None:
    with patch.object(rooms, "room_modules", lambda name: offered(b=Thing("trial.b"), x="else", a=Thing("trial.a"))):
        assert list(rooms.offers("things", Thing)) == ["trial.b", "trial.a"]


@pytest.mark.parametrize("things", [{"a": Thing("trial.a"), "b": Thing("trial.a")}, {"a": Thing("other.a")}])
def test_a_code_stands_once_and_in_its_own_room(things: dict[str, object]) -> None:
    with patch.object(rooms, "room_modules", lambda name: offered(**things)), pytest.raises(ValueError, match="stands"):
        rooms.offers("things", Thing)


def test_what_the_product_offers_today() -> None:
    assert {"interface.jobs", "organizations.delegations", "organizations.waiting_roles"} <= set(known_desk_kinds())
    searched = {
        "organizations.units",
        "organizations.officials",
        "followups.directives",
        "followups.tasks",
        "papers.papers",
        "registers.entries",
        "registers.registers",
    }
    assert searched <= set(known_search_kinds())
    assert {"organizations.Unit", "organizations.Official", "organizations.RoleGrant"} <= set(known_audited())
    assert {"interface.desk", "organizations.units", "files.files"} <= set(known_places())


@pytest.mark.parametrize("text", ["", " ", "́", "  \t"])
def test_nothing_is_asked_for_nothing(text: str) -> None:
    assert search(None, text) == []


def hosts() -> dict[str, str]:
    """Room by the host's name, as templates have them."""
    found = {}
    for path in order.templates().values():
        for host in re.findall(r"""\{% panels ["']([^"']+)["']""", path.read_text(encoding="utf-8")):
            found[host] = order.room_of(path)
    return found


def test_a_panel_names_a_page_that_there_is_in_a_room_it_may_know() -> None:
    wrong = {
        one.code: one.host
        for one in known_panels().values()
        if one.host not in hosts() or not order.may_lean_on(one.code.split(".")[0], hosts()[one.host])
    }
    assert wrong == {}
    assert set(hosts()) >= {"organizations.unit", "organizations.official"}
