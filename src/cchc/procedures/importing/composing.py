"""Entries of rows: what a row does not say in English, and the ids of steps and papers, stay as they stood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from cchc.procedures.importing.cells import TypedPaper, TypedStep
from cchc.procedures.importing.reading import ProcedureRow
from cchc.procedures.models import Procedure, ProcedureVersion
from cchc.procedures.version_rows import in_both, names_in_english
from cchc.procedures.versions import Component, Fee, ProcedureStep, Version
from cchc.records.errors import Place, refuse
from cchc.records.sources import Source, Validity, Verification
from cchc.records.text import LocalText
from cchc.records.timelines import Dated

T = TypeVar("T", ProcedureStep, Component)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file says of a procedure beside its versions; None where it says nothing."""

    code: str
    name: LocalText
    field: LocalText
    level: str
    authority: LocalText


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One version that a file speaks of, with the place of its row or lines."""

    place: Place
    facts: Facts
    dated: Dated[Version]


def entry_of(row: ProcedureRow, known: Procedure | None, versions: Sequence[ProcedureVersion]) -> FileEntry:
    """`versions` are the published ones of the procedure, the newest first. Raises `procedures.import_incomplete` and
    the problems of steps, without a place.
    """
    said = row.said
    like = next((one for one in versions if one.starts_on == said.get("starts_on")), next(iter(versions), None))
    missing = [key for key in ("code", "name", "starts_on", "document") if not said.get(key)]
    if known is None:
        missing += [key for key in ("field", "level", "authority") if not said.get(key)]
    if like is None:
        missing += [key for key in ("result", "mechanism", "online", "on_supplement", "steps") if not said.get(key)]
    if missing:
        raise refuse("procedures.import_incomplete", columns=_headings(missing))
    source = Source(said["document"], said.get("issued_on"))
    verified = bool(said.get("verified"))
    verification = Verification(verified, None if verified else said.get("doubt"))
    validity = Validity(said["starts_on"], said.get("ends_on"))
    version = _version(said, like and like.value)
    return FileEntry(row.place, _facts(said, known), Dated(version, validity, source, verification, row.place))


def _facts(said: Mapping[str, Any], known: Procedure | None) -> Facts:
    def of(key: str) -> LocalText:
        before = None if known is None else cast(LocalText, getattr(known, key))
        text = said.get(key) or (before.vi if before else "")
        return before if before is not None and before.vi == text else LocalText(text)

    level = said.get("level") or (known.level if known else "")
    return Facts(said["code"], of("name"), of("field"), level, of("authority"))


def _version(said: Mapping[str, Any], like: Version | None) -> Version:
    """Columns that are empty keep what the version it is like says, but for those that may be empty."""
    english = {} if like is None else names_in_english(like.steps, like.components, like.fees, _others(like))

    def of(key: str, otherwise: Any) -> Any:
        return said[key] if key in said else otherwise if like is None else getattr(like, key)

    result = said.get("result")
    why = said.get("not_full_because")
    online = of("online", "none")
    return Version(
        said.get("limit", like.limit if like and "limit" not in said else None),
        _steps(said["steps"], like, english) if "steps" in said else cast(Version, like).steps,
        _papers(said["papers"], like, english) if "papers" in said else (like.components if like else ()),
        tuple(Fee(in_both(one.name, english), one.amount, one.payment) for one in said["fees"])
        if "fees" in said else (like.fees if like else ()),
        of("mechanism", "one_stop"), online,
        in_both(why, english) if why else (like.not_full_because if like and online == "partial" else None),
        said.get("portal", like.portal if like else ""),
        in_both(result, english) if result else cast(Version, like).result,
        of("on_supplement", "suspend"), of("extensions", 1),
        said.get("bases", like.bases if like else ()),
    )  # fmt: skip


def _others(like: Version) -> Sequence[Any]:
    """The result, as something with a name."""
    said = [text for text in (like.result, like.not_full_because) if text is not None]
    return [Fee(text, 0, "before") for text in said]


def _steps(typed: Sequence[TypedStep], like: Version | None, english: Mapping[str, str]) -> tuple[ProcedureStep, ...]:
    """A line may wait for earlier lines alone. Raises `procedures.not_earlier`."""
    ids = _ids([one.name for one in typed], () if like is None else like.steps, "buoc")
    made: list[ProcedureStep] = []
    for place, one in enumerate(typed):
        numbers = one.after if one.after is not None else ((place,) if place else ())
        if any(number > place for number in numbers):
            raise refuse("procedures.not_earlier", step=max(numbers))
        after = tuple(ids[number - 1] for number in dict.fromkeys(numbers))
        agency = in_both(one.agency, english) if one.agency else None
        made.append(ProcedureStep(ids[place], in_both(one.name, english), one.role, one.limit, after, agency))
    return tuple(made)


def _papers(typed: Sequence[TypedPaper], like: Version | None, english: Mapping[str, str]) -> tuple[Component, ...]:
    ids = _ids([one.name for one in typed], () if like is None else like.components, "giay")
    return tuple(Component(id_, in_both(one.name, english), *one.counts) for id_, one in zip(ids, typed, strict=True))


def _ids(names: Sequence[str], known: Sequence[T], prefix: str) -> list[str]:
    """The id that the same name had, each once; new ones for new names."""
    there = {one.name.vi: one.id for one in reversed(known)}
    taken = {there[name] for name in names if name in there}
    ids: list[str] = []
    for number, name in enumerate(names, 1):
        id_ = there.pop(name, "")
        while not id_ or id_ in ids:
            id_, number = f"{prefix}_{number}", number + 1  # noqa: PLW2901 - the next number that is free
            id_ = "" if id_ in taken else id_
        ids.append(id_)
    return ids


def _headings(keys: Sequence[str]) -> tuple[str, ...]:
    from cchc.procedures.importing.layout import SHEET

    names = {column.key: column.names[0] for column in SHEET.columns}
    return tuple(names[key] for key in keys)
