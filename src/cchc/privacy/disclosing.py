"""Which pages show personal data of others, and which do not: declared by every room in its module `disclosures`.

DISCLOSES = {"papers:download": exports("papers.Paper", "Tải văn bản", "Download of a paper", by="number")}
SILENT = {CHANGES: ("organizations:unit-change", …)}

Every route of ours stands in one of the two, or is public (`tests/repository/test_disclosures.py`). A page that
discloses is written into the log before its answer leaves (`cchc.privacy.middleware`); objects are named as the audit
chain names them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from django.http import HttpRequest

from cchc.audit.recording import Subject, subject_of
from cchc.interface.rooms import room_modules
from cchc.records.text import LocalText


class Way(StrEnum):
    """Shown on a page, or handed out as a file."""

    READ = "read"
    EXPORT = "export"


@dataclass(frozen=True, slots=True)
class Disclosing:
    """What a route, called `name` in the log, shows: objects of `subject_type`.

    `by` is the part of the address that is the object's key, `typed_by` the part that is its type, where one page
    shows several. Without `by` the view tells (`tell`) which object it is, or how many people are in the list.
    """

    way: Way
    subject_type: str
    name: LocalText
    by: str = ""
    typed_by: str = ""


def shows(subject_type: str, vi: str, en: str, by: str = "") -> Disclosing:
    """A page shows one object, or a list of them; `vi` and `en` are what it is called in the log."""
    return Disclosing(Way.READ, subject_type, LocalText(vi, en), by)


def exports(subject_type: str, vi: str, en: str, by: str = "") -> Disclosing:
    """A download holds one object, or a list of them."""
    return Disclosing(Way.EXPORT, subject_type, LocalText(vi, en), by)


@dataclass(frozen=True, slots=True)
class Silence:
    """Why pages of a sort are not logged."""

    why: LocalText


OWN: Final = Silence(LocalText("Chỉ dữ liệu của chính người xem.", "Only the reader's own data."))
CHANGES: Final = Silence(
    LocalText(
        "Biểu mẫu để sửa: ai sửa gì đã có trong chuỗi nhật ký.",
        "A form for a change: who changed what stands in the audit chain.",
    )
)
NO_PERSON: Final = Silence(LocalText("Không có dữ liệu cá nhân.", "No personal data."))
IN_OFFICE: Final = Silence(
    LocalText(
        "Chỉ tên, chức vụ của người đang làm nhiệm vụ, đồng nghiệp cần biết để phối hợp.",
        "Only names and posts of officials at their duties, which colleagues need to work together.",
    )
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a view said of the answer it makes: which object, how many people are in it, and in exports who they are."""

    subject: tuple[str, str] | None
    people: int
    whom: Collection[str]


def tell(request: HttpRequest, subject: Subject | None = None, *, people: int = 1, whom: Collection[str] = ()) -> None:
    """Say whose data the answer holds. `people`: how many; `whom`: the codes of officials in an export."""
    if people < 0 or len(whom) > people:
        raise ValueError(f"{len(whom)} of {people} people")
    request.disclosed = Told(None if subject is None else subject_of(subject), people, whom)


def told_by(request: HttpRequest) -> Told | None:
    """What the view said, None when it said nothing."""
    told: Told | None = getattr(request, "disclosed", None)
    return told


@cache
def known_disclosures() -> Mapping[str, Disclosing]:
    """What discloses, by the name of its route."""
    return MappingProxyType({name: how for name, how in _declared().items() if isinstance(how, Disclosing)})


@cache
def known_silences() -> Mapping[str, Silence]:
    """Why a route is not logged, by its name."""
    return MappingProxyType({name: why for name, why in _declared().items() if isinstance(why, Silence)})


def _declared() -> Mapping[str, Any]:
    """Raises `ValueError` for a route that is declared twice."""
    found: dict[str, Any] = {}
    for _room, module in room_modules("disclosures"):
        silent = {name: why for why, names in module.SILENT.items() for name in names}
        for name, declared in [*module.DISCLOSES.items(), *silent.items()]:
            if name in found:
                raise ValueError(f"{name} is declared twice in modules `disclosures`")
            found[name] = declared
    return found
