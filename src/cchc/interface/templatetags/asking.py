"""The parts of a form: `{% load asking %}`. Errors follow one pattern: a summary above, the sentence at the field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import template
from django.forms import BaseForm, BoundField
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from cchc.interface.forms import ActionForm
from cchc.interface.shapes import Link
from cchc.interface.templatetags.figures import Exact, figure

register = template.Library()

_FIELD: Final = re.compile(r"<(?:input|select)\b[^>]*>")
_ATTRIBUTE: Final = re.compile(r'([\w-]+)="([^"]*)"')
_FOLDED_FROM: Final = 4  # fields: on a telephone each is a line of its own, and four with their button half a screen

# What is said of a draft, and what can be done about it: action, word.
_ANSWERS: Final = (("restore", gettext_lazy("Restore")), ("drop", gettext_lazy("Discard it")))
DRAFTS: Final[Mapping[str, tuple[str, Promise, Sequence[tuple[str, Promise]]]]] = {
    "offered": ("info", gettext_lazy("There is an unsaved draft of {at}."), _ANSWERS),
    "changed": (
        "warning",
        gettext_lazy("There is an unsaved draft of {at}. What stands here was changed since: compare before saving."),
        _ANSWERS,
    ),
    "restored": (
        "info", gettext_lazy("The draft of {at} is restored and not saved yet."), [("undo", gettext_lazy("Undo"))],
    ),
    "dropped": ("info", gettext_lazy("The draft of {at} is discarded."), [("undo", gettext_lazy("Undo"))]),
    "kept": ("tray", gettext_lazy("Draft kept on this device at {at}, not sent."), ()),
    "failed": (
        "warning", gettext_lazy("This browser keeps no draft: copy long texts elsewhere before leaving the page."), (),
    ),
}  # fmt: skip


@register.inclusion_tag("interface/components/field.html")
def field(bound: BoundField, wide: bool = False) -> dict[str, Any]:
    """A field of a Django form: label, hint, error, control, and the unit of measure where the form's field has one
    (`unit`). `wide`: takes the space that is left in a filter bar.
    """
    unit = getattr(bound.field, "unit", "")
    return {"field": bound, "wide": wide, "is_choice": bound.widget_type == "checkbox", "unit": unit}


@register.inclusion_tag("interface/components/error_summary.html")
def error_summary(form: BaseForm, focus: bool = True) -> dict[str, Any]:
    """All errors of a form, each leading to its field; nothing when there are none. Takes the focus when it appears."""
    return {"form": form, "focus": focus, "fields": [bound for bound in form if bound.errors]}


@register.inclusion_tag("interface/components/refused.html")
def refused(problems: Sequence[Mapping[str, str]], title: str = "", focus: bool = True) -> dict[str, Any]:
    """What was refused that stands at no field of a form: sentences with next steps (`interface.errors.in_words`);
    nothing when there is none. Takes the focus when it appears.
    """
    return {"problems": problems, "title": title, "focus": focus}


@register.simple_tag
def keeps_draft(form: ActionForm) -> SafeString:
    """Inside of `<form …>`: that the device keeps what is typed, and whether what stands there was just sent."""
    if not form.keeps_draft:
        return SafeString("")
    return SafeString(" data-draft data-typed" if form.is_bound else " data-draft")


@register.inclusion_tag("interface/components/draft.html")
def draft(state: str, at: str = "") -> dict[str, Any]:
    """What is said of a draft that the device keeps, `state`: offered, changed, restored, dropped stand above the
    fields, kept and failed beside the button. `at` is the time of the draft; `drafts.js` fills it in.
    """
    icon, words, buttons = DRAFTS[state]
    time = format_html('<time class="figure" data-draft-at>{}</time>', at)
    return {"state": state, "icon": icon, "words": format_html(str(words), at=time), "buttons": buttons}


@register.inclusion_tag("interface/draft_words.html")
def draft_words() -> dict[str, Any]:
    """What `drafts.js` may have to say, once on the page."""
    return {"states": tuple(DRAFTS)}


@register.simple_block_tag(takes_context=True)
def filters(
    context: RequestContext, content: SafeString, label: str, action: str, target: str = "results"
) -> SafeString:
    """A GET form whose address holds the filters. With JavaScript only `#target` is replaced, without it the page.

    Many fields are folded on narrow screens, where the summary says how many are in use: those to which the address
    gives a value, other than what a field says in `data-unfiltered` (what stands in it when it takes nothing away).
    """
    fields = [dict(_ATTRIBUTE.findall(tag)) for tag in _FIELD.findall(content)]
    asked = [one for one in fields if "name" in one and one.get("type") != "hidden"]
    request = context.get("request")
    given = {} if request is None else request.GET
    in_use = {one["name"] for one in asked if given.get(one["name"], "") not in {"", one.get("data-unfiltered", "")}}
    return render_to_string(
        "interface/components/filters.html",
        {
            "content": content, "label": label, "action": action, "target": target,
            "is_folded": len(asked) >= _FOLDED_FROM, "in_use": len(in_use),
        },
    )  # fmt: skip


@register.inclusion_tag("interface/components/filter_line.html")
def filter_line(count: str, active: Sequence[Link] = (), clear: str = "", target: str = "results") -> dict[str, Any]:
    """How many were found (announced), the filters in use with their remove buttons, and one to remove all."""
    return {"count": count, "active": active, "clear": clear, "target": target}


@register.inclusion_tag("interface/components/stepper.html")
def stepper(
    name: str,
    label: str,
    most: Exact,
    value: str = "",
    step: str = "0.5",
    state: str = "typed",
    error: str = "",
) -> dict[str, Any]:
    """Points from 0 to `most`. `state`: typed, computed, not_applicable, locked. `step` is the rule's, with a point."""
    return {
        "name": name, "label": label, "most": figure(most), "limit": str(most),
        "value": value, "step": step, "state": state, "error": error,
    }  # fmt: skip


@register.simple_block_tag(takes_context=True)
def confirm(
    context: RequestContext,
    content: SafeString,
    key: str,
    title: str,
    effect: str,
    submit: str,
    action: str = "",
    shown: bool = False,
    reason: str = "",
    error: str = "",
    keeps_draft: bool = True,
) -> SafeString:
    """A dialog before what is final or public: restates the object and the effect and asks for a reason, which is kept
    on error. Without JavaScript the page shows it when `shown` (the button leads to `?confirm=key`).

    The device keeps the reason until it is saved; not where the address does not answer by `answer_form`
    (`keeps_draft=False`).
    """
    return render_to_string(
        "interface/components/confirm.html",
        {
            "csrf_token": context.get("csrf_token", ""),
            "content": content,
            "key": key,
            "title": title,
            "effect": effect,
            "submit": submit,
            "action": action,
            "shown": shown or bool(error),
            "reason": reason,
            "error": error,
            "keeps_draft": keeps_draft,
        },
    )
