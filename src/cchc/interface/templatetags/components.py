"""The parts of a page: `{% load components %}`. The gallery (`/thanh-phan/`) shows each one with notes on its use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any, Final

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cchc.interface.durations import WORKING_DAY, end_day, end_time, hours_and_minutes, status_of, time_left
from cchc.interface.errors import current_language
from cchc.interface.shapes import Count, Link, Reason, Step
from cchc.interface.templatetags.figures import Exact
from cchc.records.numbers import round_half_up
from cchc.records.search import fold
from cchc.records.text import LocalText

register = template.Library()


@register.filter
def in_language(text: LocalText) -> str:
    """What is said in both languages, in the reader's."""
    return text.in_language(current_language())


STATUS_WORDS: Final = {
    "ok": gettext_lazy("On time"),
    "soon": gettext_lazy("Due soon"),
    "overdue": gettext_lazy("Overdue"),
    "paused": gettext_lazy("Clock stopped"),
    "real": gettext_lazy("Really overdue"),
    "forgotten": gettext_lazy("Late click only"),
    "neutral": "",
    "unverified": gettext_lazy("Source unverified"),
}
_NOTICE_ICONS: Final = {"info": "info", "ok": "ok", "warning": "warning", "error": "error"}
_EMPTY_ICONS: Final = {"empty": "tray", "no_match": "search", "no_right": "lock", "error": "error"}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A drawing from the sprite. Decoration unless `label` gives it a word for screen readers."""
    drawing = format_html('<svg class="icon" aria-hidden="true" focusable="false"><use href="#i-{}"/></svg>', name)
    return format_html('{}<span class="hear-only">{}</span>', drawing, label) if label else drawing


@register.inclusion_tag("interface/components/chip.html")
def chip(status: str, word: str = "") -> dict[str, Any]:
    """A state: icon and word, flat, never clickable. `status`: a key of `STATUS_WORDS`."""
    return {"status": status, "word": word or STATUS_WORDS[status]}


@register.inclusion_tag("interface/components/button.html")
def button(
    text: str,
    kind: str = "secondary",
    href: str = "",
    icon: str = "",
    name: str = "",
    value: str = "",
    opens: str = "",
    copies: str = "",
    form: str = "",
) -> dict[str, Any]:
    """`kind`: primary (one per page), secondary, quiet, danger. With `href` a link, with `opens` it shows a dialog.
    `form`: the id of the form that it sends from outside.
    """
    return {
        "text": text, "kind": kind, "href": href, "icon": icon,
        "name": name, "value": value, "opens": opens, "copies": copies, "form": form,
    }  # fmt: skip


@register.inclusion_tag("interface/components/refusal.html")
def refusal(sentence: str, next_step: str = "") -> dict[str, Any]:
    """Stands where a button would be, when the action is not possible: why, and what to do."""
    return {"sentence": sentence, "next_step": next_step}


@register.simple_block_tag
def notice(content: SafeString, kind: str = "info", title: str = "", closable: bool = False) -> SafeString:
    """News of the page, `kind`: info, ok, warning, error. Stays until closed."""
    context = {"content": content, "kind": kind, "title": title, "closable": closable}
    return render_to_string("interface/components/notice.html", context | {"icon": _NOTICE_ICONS[kind]})


@register.simple_block_tag
def empty(content: SafeString, kind: str, title: str) -> SafeString:
    """In place of a list. `kind`: empty (nothing yet), no_match, no_right, error. The content says the next step."""
    context = {"content": content, "title": title, "icon": _EMPTY_ICONS[kind], "is_error": kind == "error"}
    return render_to_string("interface/components/empty.html", context)


@register.inclusion_tag("interface/components/breadcrumbs.html")
def breadcrumbs(links: Sequence[Link]) -> dict[str, Any]:
    """Where the page stands; the last one is the page itself."""
    return {"links": links}


@register.inclusion_tag("interface/components/tabs.html")
def tabs(label: str, links: Sequence[Link]) -> dict[str, Any]:
    """Views of one thing, each with its own address."""
    return {"label": label, "links": links}


@register.inclusion_tag("interface/components/counts.html")
def counts(label: str, counted: Sequence[Count]) -> dict[str, Any]:
    """Figures above a list, each leading to its rows; the one in use is marked and leads back."""
    return {"label": label, "counted": counted}


@register.inclusion_tag("interface/components/pager.html")
def pager(shown: str, previous: str = "", next: str = "") -> dict[str, Any]:  # noqa: A002 (reads well in a template)
    """Keyset pages: what is shown (`41–80 trong 1.214 hồ sơ`) and the addresses before and after."""
    return {"shown": shown, "previous": previous, "next": next}


@register.inclusion_tag("interface/components/countdown.html")
def countdown(
    minutes: int,
    due_at: datetime,
    why: str = "",
    paused: bool = False,
    soon: int = WORKING_DAY,
    now: datetime | None = None,
) -> dict[str, Any]:
    """Working minutes left (negative: over), the date beside it; `why` leads to the sheet that explains the date.
    With `now`, what is due on that very day says so, and so does what is past its moment before a working minute has
    gone by since: on a Sunday after a Friday.
    """
    status = "paused" if paused else status_of(minutes, soon)
    words = _("Clock stopped") if paused else time_left(minutes)
    if now and not paused and minutes >= 0:
        if due_at < now:
            status, words = "overdue", _("past its deadline")
        elif localtime(now).date() == end_day(due_at):
            words = _("due today %(time)s") % {"time": end_time(due_at)}
    return {"status": status, "words": words, "due_at": due_at, "why": why}


@register.simple_block_tag
def table(
    content: SafeString,
    caption: str,
    note: str = "",
    dense: bool = False,
    public: bool = False,
    cards: bool = False,
    whole: bool = False,
) -> SafeString:
    """A table in its own scrolling box. Content: thead, tbody. `cards`: on a phone each row becomes a card; then every
    cell carries `data-label`. `whole`: as high as it is, for a page that is read from top to bottom.
    """
    wishes = {"dense": dense, "public": public, "as-cards": cards, "whole": whole}
    kinds = [name for name, is_wanted in wishes.items() if is_wanted]
    key = slugify(fold(caption))
    context = {"content": content, "caption": caption, "note": note, "kinds": " ".join(kinds), "key": key}
    return render_to_string("interface/components/table.html", context)


@register.inclusion_tag("interface/components/bar.html")
def bar(
    value: Exact, most: Exact = 100, low: Exact | None = None, high: Exact | None = None, status: str = ""
) -> dict[str, Any]:
    """A bar from zero to `most`, with the interval `low`–`high` as a whisker. The figure itself stands beside it."""
    return {
        "value": _percent(value, most),
        "low": "" if low is None else _percent(low, most),
        "high": "" if high is None else _percent(high, most),
        "status": status,
    }


@register.inclusion_tag("interface/components/timeline.html")
def timeline(steps: Sequence[Step]) -> dict[str, Any]:
    """Steps on one scale: outline allowed, fill used, hatch over, dots suspended; also in words."""
    longest = max((step.span for step in steps), default=1) or 1
    return {"steps": [_drawn(step, longest) for step in steps]}


@register.inclusion_tag("interface/components/reasons.html")
def reasons(lines: Sequence[Reason]) -> dict[str, Any]:
    """Why a figure is what it is: input, rule, points, source; opens line by line."""
    return {"lines": lines}


@register.inclusion_tag("interface/components/diff.html")
def diff(before: str, after: str, before_label: str, after_label: str) -> dict[str, Any]:
    """The old value beside the new one, both kept, with who and when in the labels."""
    return {"before": before, "after": after, "before_label": before_label, "after_label": after_label}


@register.simple_block_tag
def measure(content: SafeString, value: str, label: str, period: str, unit: str = "") -> SafeString:
    """One figure with its source. Content answers “Where is this from?”: counts, definition, date, file."""
    context = {"content": content, "value": value, "label": label, "period": period, "unit": unit}
    return render_to_string("interface/components/measure.html", context)


def _percent(value: Exact, most: Exact) -> str:
    """A length for SVG: `91.24%`, kept within the drawing."""
    ratio = Fraction(value) / Fraction(most) if most else Fraction(0)
    return f"{round_half_up(min(max(ratio, Fraction(0)), Fraction(1)) * 100, 2)}%"


def _drawn(step: Step, longest: int) -> dict[str, Any]:
    """Where each part of the step's bar starts and how long it is, and the step in words."""
    within = min(step.used, step.allotted)
    words = _("%(used)s of %(allotted)s") % {
        "used": hours_and_minutes(step.used), "allotted": hours_and_minutes(step.allotted),
    }  # fmt: skip
    return {
        "step": step,
        "status": "overdue" if step.over else "ok",
        "words": words,
        "over_words": time_left(-step.over, day=10**9) if step.over else "",
        "suspended_words": _("stopped %(time)s") % {"time": hours_and_minutes(step.suspended)}
        if step.suspended
        else "",
        "allotted": _percent(step.allotted, longest),
        "used": _percent(within, longest),
        "over": _percent(step.over, longest),
        "suspended_from": _percent(step.span - step.suspended, longest),
        "suspended": _percent(step.suspended, longest),
    }
