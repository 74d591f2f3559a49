"""The parts of daily work: `{% load working %}`. Evidence, letters, jobs, the device's outbox, due dates explained."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate
from typing import Any, Final

from django import template
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from cchc.interface.shapes import ZOOMS, Evidence, Job, Letter, OutboxItem, WhySheet

register = template.Library()

_LETTERS: Final = {
    "notice": ("document", gettext_lazy("Notice")),
    "reply": ("reply", gettext_lazy("Reply")),
    "decision": ("seal", gettext_lazy("Decision")),
    "erratum": ("edit", gettext_lazy("Erratum")),
}
# How an item stands: status (colour), icon, word.
_OUTBOX: Final = {
    "refused": ("overdue", "error", gettext_lazy("Refused")),
    "held": ("soon", "tray", gettext_lazy("On device, not sent")),
    "sending": ("neutral", "up", gettext_lazy("Being sent")),
    "received": ("ok", "ok", gettext_lazy("Received by the server")),
}
_JOBS: Final = {
    "waiting": ("neutral", "tray", gettext_lazy("Waiting for its turn")),
    "running": ("neutral", "soon", gettext_lazy("Running")),
    "cancelled": ("paused", "paused", gettext_lazy("Cancelled")),
    "finished": ("ok", "ok", gettext_lazy("Finished")),
    "failed": ("overdue", "error", gettext_lazy("Stopped by a fault")),
}
_EVIDENCE: Final = {
    "ready": None,
    "text": ("neutral", "document", gettext_lazy("Text only")),
    "scanning": ("soon", "soon", gettext_lazy("Being checked")),
    "unsafe": ("overdue", "error", gettext_lazy("Unsafe")),
    "held": ("paused", "lock", gettext_lazy("Held back")),
    "missing": ("paused", "tray", gettext_lazy("No evidence")),
}
ANNOUNCED_EVERY: Final = 10  # percent


@register.simple_block_tag
def evidence(content: SafeString, shown: Evidence) -> SafeString:
    """The file beside what it proves (the content): page, zoom, download; or why it is not shown and what to do."""
    if shown.zoom not in ZOOMS:
        raise ValueError(f"zoom is one of {ZOOMS}, not {shown.zoom}")
    context = {"content": content, "file": shown, "state": _EVIDENCE[shown.state]}
    return render_to_string("interface/components/evidence.html", context)


@register.simple_block_tag
def letters(
    content: SafeString,
    letters: Sequence[Letter],
    seen_by: str,
    minutes: int = 0,
    due_at: datetime | None = None,
    why: str = "",
) -> SafeString:
    """Notice, reply, decision, each with its errata, oldest first; who sees them; until when a reply counts. Content:
    the form of a reply, or the sentence that stands in its place.
    """
    context = {
        "content": content, "letters": [_letter(one) for one in letters], "seen_by": seen_by,
        "minutes": minutes, "due_at": due_at, "why": why,
    }  # fmt: skip
    return render_to_string("interface/components/letters.html", context)


@register.inclusion_tag("interface/components/job.html", takes_context=True)
def job(context: RequestContext, shown: Job, level: int = 4, title: str = "") -> dict[str, Any]:
    """How far a job is: n of m, cancel, resume, result. Said aloud only when another tenth is done.

    `level` of its heading on the page; `title` where the page itself bears the job's.
    """
    return {
        "level": level,
        "title": title or shown.title,
        "job": shown,
        "state": _JOBS[shown.state],
        "announced": shown.percent // ANNOUNCED_EVERY * ANNOUNCED_EVERY,
        "csrf_token": context.get("csrf_token", ""),
        "here": context.get("here", ""),
    }


@register.inclusion_tag("interface/components/outbox.html", takes_context=True)
def outbox(
    context: RequestContext, key: str, items: Sequence[OutboxItem], is_online: bool, send: str = "", label: str = ""
) -> dict[str, Any]:
    """What lies on this device, item by item: refused, held, being sent, received. One failure blocks no other. `label`
    tells several on one page apart.
    """
    counts = {state: sum(item.state == state for item in items) for state in _OUTBOX}
    return {
        "key": key,
        "label": label,
        "is_online": is_online,
        "counts": [(*_OUTBOX[state], count) for state, count in counts.items() if count],
        "items": [{"item": item, "state": _OUTBOX[item.state]} for item in items],
        "waiting": counts["held"] + counts["refused"],
        "send": send,
        "csrf_token": context.get("csrf_token", ""),
        "here": context.get("here", ""),
    }


@register.inclusion_tag("interface/components/why_sheet.html")
def why_sheet(sheet: WhySheet) -> dict[str, Any]:
    """Why a dossier is due when it is: day by day, what is skipped with its source. Prints."""
    sums = accumulate(day.minutes for day in sheet.days)
    return {"sheet": sheet, "days": [{"day": day, "sum": total} for day, total in zip(sheet.days, sums, strict=True)]}


def _letter(one: Letter) -> dict[str, Any]:
    icon, word = _LETTERS[one.kind]
    return {"letter": one, "icon": icon, "word": word, "errata": [_letter(erratum) for erratum in one.errata]}
