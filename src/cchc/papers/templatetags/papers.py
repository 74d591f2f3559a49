"""Papers on pages: `{% load papers %}`."""

from __future__ import annotations

from typing import Any, Final

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

from cchc.documents.model import KindId
from cchc.interface.errors import current_language
from cchc.papers.kinds import BASIS_KINDS, PAPER_KINDS
from cchc.papers.sheets import Sheet
from cchc.papers.states import APPROVED, LAPSED, PAPER, REFUSED, VERDICTS, PaperState
from cchc.records.errors import Message
from cchc.records.words import say

register = template.Library()

# How a paper's state looks: colour and icon. Its name stands in the table of states.
_STATUSES: Final = {
    PaperState.DRAFT: "soon",
    PaperState.ISSUED: "ok",
    PaperState.WITHDRAWN: "paused",
    PaperState.REPLACED: "paused",
    PaperState.DISCARDED: "paused",
}
_VERDICT_STATUSES: Final = {"": "soon", APPROVED: "ok", REFUSED: "overdue", LAPSED: "paused"}
_STANDINGS: Final = {
    "good": ("ok", gettext_lazy("Digital signature valid")),
    "untrusted": ("unverified", gettext_lazy("Signature whole, signer not confirmed")),
    "broken": ("overdue", gettext_lazy("Signature broken")),
    "none": ("neutral", gettext_lazy("No digital signature: a scan")),
}
_TRUST: Final = {
    "trusted": gettext_lazy("The certificate leads to a root that this installation trusts."),
    "unknown_root": gettext_lazy("The root of the certificate is not among those that this installation trusts."),
    "expired": gettext_lazy("The certificate was no longer valid when the file was attached."),
    "not_yet_valid": gettext_lazy("The certificate was not valid yet when the file was attached."),
    "revoked": gettext_lazy("The certificate was revoked."),
}
_COVERS: Final = {
    "whole": gettext_lazy("Covers the whole file."),
    "before_later_changes": gettext_lazy("Covers all but later signatures, which change nothing that is shown."),
    "part": gettext_lazy("Covers only a part of the file."),
}


@register.filter
def paper_kind(id_: KindId) -> str:
    """What a kind of paper is called."""
    return PAPER_KINDS[id_].in_language(current_language())


@register.filter
def basis_kind(id_: str) -> str:
    """What a kind of basis is called."""
    return BASIS_KINDS[id_].in_language(current_language())


@register.filter
def in_sentence(message: Message) -> str:
    """A coded message in the reader's words."""
    return say(message, current_language())


@register.inclusion_tag("interface/components/chip.html")
def paper_state(state: str) -> dict[str, Any]:
    """How a paper stands."""
    word = PAPER.state(state).name.in_language(current_language())
    return {"status": _STATUSES[PaperState(state)], "word": word}


@register.inclusion_tag("interface/components/chip.html")
def approval_verdict(verdict: str) -> dict[str, Any]:
    """How a request for approval stands."""
    return {"status": _VERDICT_STATUSES[verdict], "word": VERDICTS[verdict].in_language(current_language())}


@register.inclusion_tag("interface/components/chip.html")
def signature_standing(standing: str) -> dict[str, Any]:
    """What signatures are worth."""
    status, word = _STANDINGS[standing]
    return {"status": status, "word": word}


@register.filter
def trust_in_words(trust: str) -> str:
    """Whether the certificate is believed, and why not."""
    return str(_TRUST[trust])


@register.filter
def coverage_in_words(covers: str) -> str:
    """How much of the file a signature covers."""
    return str(_COVERS[covers])


@register.inclusion_tag("papers/parts/sheet.html")
def sheet(shown: Sheet) -> dict[str, Any]:
    """The paper as it would be printed."""
    return {"sheet": shown}


@register.filter
def drawing(svg: str) -> SafeString:
    """A QR code that this program drew itself."""
    return mark_safe(svg)  # noqa: S308 - made by segno from a text, which it does not repeat
