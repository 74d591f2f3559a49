"""What tasks belong to. A room that gives tasks names their kinds in its module `task_subjects`; this one those of
rooms before it, too, which cannot know it.

SUBJECTS = {"inspections.Finding": TaskSubject(LocalText("Kết luận kiểm tra", "Finding"), finding_links)}

What asks a unit for an answer or a decision says how that is given (`Answering`): it, and nothing else, ends the task.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from cchc.interface.shapes import Link
from cchc.records.text import LocalText

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cchc.followups.models import Task
    from cchc.interface.access import Verdict
    from cchc.organizations.viewers import Viewer

_THIS_ROOM: Final = "cchc.followups"


@dataclass(frozen=True, slots=True)
class Answering:
    """How an object is answered that asks for it: what the button says, the page for it, and who may, while it waits,
    both from the object's id. `is_decision`: whoever may take it for the unit may also say who answers for it by name.
    """

    name: LocalText
    address: Callable[[str], str]
    may: Callable[[Viewer, str], Verdict]
    is_decision: bool = False


@dataclass(frozen=True, slots=True)
class SubjectGroup:
    """Objects that belong together, as the entries of one register: what they are called, and the ids of all."""

    name: str
    ids: QuerySet[Any, Any]


@dataclass(frozen=True, slots=True)
class TaskSubject:
    """A kind of object that tasks belong to. `links` makes the link of each object from its id; one query for all.

    `answering`: the task asks for an answer or a decision on the object. `group` finds, for a viewer, objects that
    belong together, by a number in an address; one query.
    """

    name: LocalText
    links: Callable[[Collection[str]], Mapping[str, Link]]
    answering: Answering | None = None
    group: Callable[[Viewer, int], SubjectGroup | None] | None = None


@cache
def known_subjects() -> Mapping[str, TaskSubject]:
    """Every kind by the name that the audit chain gives it, `followups.Directive`."""
    found: dict[str, TaskSubject] = {}
    for room in apps.get_app_configs():
        if room.module is not None and module_has_submodule(room.module, "task_subjects"):
            listed = import_module(f"{room.name}.task_subjects").SUBJECTS
            strange = [label for label in listed if not label.startswith(f"{room.label}.")]
            if strange and room.name != _THIS_ROOM:
                raise ValueError(f"the room {room.label!r} lists subjects of another one: {strange}")
            found |= listed
    return MappingProxyType(found)


def answering_of(task: Task) -> Answering | None:
    """How what the task belongs to is answered; None for a task that is done, reported and verified."""
    subject = known_subjects().get(task.subject_type)
    return None if subject is None else subject.answering


@cache
def request_types() -> tuple[str, ...]:
    """The kinds of objects that ask for an answer or a decision."""
    return tuple(label for label, subject in known_subjects().items() if subject.answering is not None)


def subject_links(tasks: Collection[Task]) -> dict[tuple[str, str], Link]:
    """Where what these tasks belong to is found, by type and id. One query for each type."""
    wanted: dict[str, set[str]] = {}
    for task in tasks:
        wanted.setdefault(task.subject_type, set()).add(task.subject_id)
    return {
        (type_, id_): link
        for type_, ids in wanted.items()
        if type_ in known_subjects()
        for id_, link in known_subjects()[type_].links(ids).items()
    }
