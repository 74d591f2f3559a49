"""A published file: sums and ranks against a slow count, errata chained, and nothing changed without being found."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.oversight.published_list import FORMAT, check, corrected, file_of, hash_of, summed
from cchc.records.errors import DomainError

_MINUTES = st.integers(0, 5000)
_ENTRY = st.fixed_dictionaries({"class": st.just("overdue"), "late_minutes": _MINUTES}) | st.fixed_dictionaries(
    {"class": st.just("slow"), "overrun_minutes": _MINUTES}
)
ENTRIES = st.lists(_ENTRY, min_size=1, max_size=4)
PEOPLE = st.lists(st.tuples(ENTRIES, st.integers(0, 30), st.sampled_from(["A", "B"])), max_size=5)
UNNAMED = st.lists(st.tuples(st.sampled_from(["A", "B"]), _MINUTES, _MINUTES), max_size=2)


def content(people: Any, unnamed: Any = (), minimum: int = 10) -> dict[str, Any]:
    """A first version."""
    officials = [
        {
            "number": number, "name": f"Người {number}", "post": "", "unit": unit, "volume": volume,
            "entries": [{"number": place, "code": f"H{number}-{place}"} | one for place, one in enumerate(entries, 1)],
        }
        for number, (entries, volume, unit) in enumerate(people, 1)
    ]  # fmt: skip
    lines = [
        {"unit": unit, "kind": "queue", "overdue": 1, "slow": 1, "late_minutes": late, "overrun_minutes": over}
        for unit, late, over in unnamed
    ]
    return summed(
        {
            "format": FORMAT, "unit": {"code": "xa", "name": "xã Mẫu"}, "month": "2026-10", "minimum": minimum,
            "version": 1, "previous_sha256": "", "officials": officials, "unnamed": lines, "errata": [], "totals": {},
        }
    )  # fmt: skip


@given(PEOPLE, UNNAMED)
def test_sums_and_ranks_are_those_of_a_slow_count(people: Any, unnamed: Any):
    made = content(people, unnamed)
    late = [(one, each) for one in made["officials"] for each in one["entries"]]
    assert made["totals"]["overdue"] == len([1 for _, each in late if each["class"] == "overdue"])
    for name in ("late_minutes", "overrun_minutes"):
        assert made["totals"][name] == sum(each.get(name, 0) for _, each in late)
        for one in made["officials"]:
            assert one[name] == sum(each.get(name, 0) for each in one["entries"])
    assert made["totals"]["unnamed_late_minutes"] == sum(minutes for _, minutes, _ in unnamed)
    assert made["totals"]["unnamed_overrun_minutes"] == sum(minutes for _, _, minutes in unnamed)
    ranked = [one for one in made["officials"] if one["volume"] >= 10 and one["overdue"]]
    assert [one["number"] for one in made["officials"] if one["rank"]] == [one["number"] for one in ranked]
    for one in ranked:
        worse = [each for each in ranked if each["overdue"] * one["volume"] > one["overdue"] * each["volume"]]
        assert one["rank"] == len(worse) + 1


def test_one_below_the_minimum_is_listed_without_a_rank():
    one = [{"class": "overdue", "late_minutes": 60}]
    made = content([(one, 9, "A"), (one, 10, "A")])
    assert [each["rank"] for each in made["officials"]] == [None, 1]


@given(PEOPLE.filter(bool), st.data())
def test_errata_are_chained_and_a_struck_entry_counts_nowhere(people: Any, data: Any):
    versions = [content(people)]
    official = data.draw(st.sampled_from(versions[0]["officials"]))
    entry = data.draw(st.sampled_from(official["entries"]))
    said = {"official": official["number"], "entry": entry["number"], "text": "Tính nhầm", "on": "2026-12-12"}
    for struck in (False, True):
        versions.append(corrected(versions[-1], said | {"struck": struck}))
    found = check(file_of(versions, {}).encode())
    assert (found.versions, found.errata, list(found.problems)) == (3, 2, [])
    assert found.sha256 == hash_of(versions[-1])
    before, after = versions[0]["totals"], versions[2]["totals"]
    assert versions[1]["totals"] == before
    for name in ("late_minutes", "overrun_minutes"):
        assert after[name] == before[name] - entry.get(name, 0)
    assert sum(before[one] - after[one] for one in ("overdue", "slow")) == 1
    assert len(versions[2]["officials"]) == len(versions[0]["officials"]), "the name stays, the erratum beside it"


def test_time_over_own_steps_is_no_late_time():
    entries = [{"class": "overdue", "late_minutes": 90}, {"class": "slow", "overrun_minutes": 30}]
    made = content([(entries, 12, "A")], [("A", 10, 600)])
    assert [made["officials"][0][one] for one in ("late_minutes", "overrun_minutes")] == [90, 30]
    assert made["unnamed"][0]["share_per_mille"] == 100, "of late minutes alone"


@pytest.mark.parametrize("more", [{}, {"overrun_minutes": 30}])
def test_late_minutes_of_a_slow_entry_are_found(more: dict[str, int]):
    version = content([([{"class": "slow", "late_minutes": 30} | more], 12, "A")])
    (found,) = check(file_of([version], {}).encode()).problems
    assert found.code == "oversight.sums_differ"


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Any:
    """Where every value of a document stands."""
    if isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(one, (*path, key))
    else:
        yield path


@given(st.data(), st.booleans())
def test_whatever_is_changed_is_found(data: Any, is_rehashed: bool):
    """Also where whoever changed a version of the chain wrote its hash anew."""
    entries = [{"class": "overdue", "late_minutes": 90}, {"class": "slow", "overrun_minutes": 30}]
    versions = [content([(entries, 12, "A")], [("A", 60, 30)])]
    versions.append(
        corrected(versions[0], {"official": 1, "entry": 1, "text": "x", "struck": True, "on": "2026-12-12"})
    )
    whole = json.loads(file_of(versions, {}))
    changed = deepcopy(whole)
    first = changed["versions"][0]
    *way, last = data.draw(st.sampled_from(list(leaves(first["content"]))))
    place = first["content"]
    for key in way:
        place = place[key]
    old = place[last]
    place[last] = {str: f"{old}x", int: old + 1 if isinstance(old, int) else 0, bool: not old}.get(type(old), 7)
    if is_rehashed:
        first["sha256"] = hash_of(first["content"])
    assert check(json.dumps(changed).encode()).problems


@pytest.mark.parametrize(
    "text", [b"", b"{", b"[]", b"{}", b'{"format": "x", "versions": []}', b"\xff", b"[" * 100_000]
)  # fmt: skip
def test_what_is_no_such_file_is_refused(text: bytes):
    with pytest.raises(DomainError) as refused:
        check(text)
    assert refused.value.problems[0].code == "oversight.file_unreadable"
