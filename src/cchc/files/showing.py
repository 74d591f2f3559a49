"""A file as the evidence component shows it; any page may hold one beside its form: `{% evidence shown %}`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cchc.files.models import BlobState, Position, StoredFile
from cchc.files.renditions import picture_of, text_of
from cchc.files.rules import FileRules, rules_on
from cchc.files.signatures import KINDS
from cchc.interface.errors import current_language
from cchc.interface.shapes import ZOOMS, Evidence
from cchc.interface.templatetags.figures import day, figure
from cchc.records.errors import DomainError, Unreadable
from cchc.records.timelines import Dated

_KILOBYTE, _MEGABYTE = 1_000, 1_000_000
_CLOSED = {
    BlobState.SCANNING.value: "scanning",
    BlobState.UNSAFE.value: "unsafe",
    BlobState.QUARANTINED.value: "held",
}
_MOST_DIGITS = 5


def evidence_shown(file: StoredFile, query: Mapping[str, str], key: str = "tep") -> Evidence:
    """The component of a file that the viewer may see; `query` of the page at hand says which page, how large.

    `key` tells several on one page apart. The picture's own address asks again who may see it.
    """
    blob = file.blob
    shown = Evidence(key, file.name, size=size_in_words(blob.size), pages=max(blob.pages, 1))
    if blob.state != BlobState.SAFE:
        return replace(shown, state=_CLOSED[blob.state], refresh=_address(query, key))
    shown = replace(shown, download=reverse("files:download", args=[file.pk]))
    if KINDS[blob.kind].family == "image":
        return _with_picture(shown, file, query, "")
    number = _whole(query, f"{key}-trang", 1, shown.pages)
    if KINDS[blob.kind].family == "pdf":
        try:
            text = picture_of(blob, number).text
        except Unreadable:
            return replace(shown, state="text", page=number, text=_text(file, number), **_turns(shown, number, query))
        return _with_picture(replace(shown, page=number), file, query, text)
    if KINDS[blob.kind].family == "log":
        return replace(
            shown, state="text", text=_("A log of another system is not shown here; download it to read it.")
        )
    return replace(shown, state="text", text=_text(file, 1))


@dataclass(frozen=True, slots=True)
class PositionTold:
    """What became of the place that an image told, in words, with the rule behind it and the doubt about that."""

    words: str
    rule: str = ""
    doubt: str = ""


def position_told(file: StoredFile) -> PositionTold | None:
    """By the rule of the day on which it was uploaded; None for what is no image."""
    if KINDS[file.blob.kind].family != "image":
        return None
    words = position_in_words(file.position)
    if file.position not in {Position.REMOVED.value, Position.KEPT.value}:
        return PositionTold(words)
    try:
        rule = rules_on(localdate(file.uploaded_at))
    except DomainError:  # the installation's rules no longer say what held on that day
        return PositionTold(words)
    return PositionTold(words, source_in_words(rule), rule.verification.doubt_in(current_language()))


def position_in_words(position: str) -> str:
    """What became of the place; empty: of images from before it was noted."""
    return {
        Position.NONE.value: _("The image told none when it was sent."),
        Position.REMOVED.value: _("Removed from the image before it was kept."),
        Position.KEPT.value: _("Stays in the image as the camera wrote it: latitude, longitude, altitude."),
    }.get(position, _("Not kept: only the pixels of the image were."))


def source_in_words(rule: Dated[FileRules]) -> str:
    """`Luật 91/2025/QH15, 26/06/2025`, with the day from which it holds."""
    source = rule.source
    document = source.document if source.on is None else f"{source.document}, {day(source.on)}"
    return _("%(document)s; since %(start)s") % {"document": document, "start": day(rule.validity.start)}


def size_in_words(size: int) -> str:
    """`1,2 MB`, `48 kB`."""
    if size >= _MEGABYTE:
        return f"{figure(Decimal(size) / _MEGABYTE, 1)} MB"
    return f"{figure(-(-size // _KILOBYTE))} kB"


def _with_picture(shown: Evidence, file: StoredFile, query: Mapping[str, str], text: str) -> Evidence:
    asked = _whole(query, f"{shown.key}-co", ZOOMS[0], ZOOMS[-1])
    zoom = max(step for step in ZOOMS if step <= asked)
    place = ZOOMS.index(zoom)
    return replace(
        shown,
        zoom=zoom,
        image=reverse("files:page", args=[file.pk, shown.page]),
        text=text,
        zoom_in=_address(query, shown.key, co=ZOOMS[place + 1]) if place + 1 < len(ZOOMS) else "",
        zoom_out=_address(query, shown.key, co=ZOOMS[place - 1]) if place else "",
        **_turns(shown, shown.page, query),
    )


def _turns(shown: Evidence, number: int, query: Mapping[str, str]) -> dict[str, Any]:
    return {
        "previous": _address(query, shown.key, trang=number - 1) if number > 1 else "",
        "next": _address(query, shown.key, trang=number + 1) if number < shown.pages else "",
    }


def _text(file: StoredFile, number: int) -> str:
    try:
        return text_of(file.blob, number) or _("There is no text in it.")
    except Unreadable:
        return _("No text could be read from it either. Download the file to look at it.")


def _address(query: Mapping[str, str], key: str, **changes: int) -> str:
    """The page at hand, turned; what else its address asks for stays."""
    return "?" + urlencode({**query, **{f"{key}-{name}": value for name, value in changes.items()}})


def _whole(query: Mapping[str, str], name: str, least: int, most: int) -> int:
    text = query.get(name, "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else least
    return min(max(number, least), most)
