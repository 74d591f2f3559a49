"""What everybody may read: published lists, until they expire. Search engines are asked not to keep them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.documents.formats import FORMATS
from cchc.interface.access import public
from cchc.interface.answering import file_answer
from cchc.interface.shapes import Link
from cchc.interface.together import read_together
from cchc.oversight import shown_lists as shown
from cchc.oversight.addresses_lists import month_from, to_public, to_public_compiled
from cchc.oversight.handing_out import paper_answer
from cchc.oversight.list_content import publication_of
from cchc.oversight.list_papers import public_paper
from cchc.oversight.published_list import file_of
from cchc.oversight.queries import lists as queries
from cchc.oversight.queries.compiled import compiled_on_page
from cchc.records.errors import refuse

_NO_INDEX: Final = "noindex, nofollow, noarchive"
_DIGITS_OF_VERSION: Final = 5  # of the largest number that a version may have, a small integer of the database


@public
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every list on the page today, by month, and those that are compiled of them."""
    today = localdate()
    rows = [(one, to_public(one)) for one in queries.public_lists(today)]
    months = sorted({one.month for one, _url in rows}, reverse=True)
    reads = {month: compiled_on_page(month, today) for month in months}
    read_together(*reads.values())
    compiled = [(one, month, to_public_compiled(one.unit, month)) for month, found in reads.items() for one in found]
    return unindexed_page(request, "oversight/public_index.html", {"rows": rows, "compiled": compiled})


@public
@require_safe
def list_page(request: HttpRequest, code: str, month: str) -> HttpResponse:
    """One list as it was frozen, or as it was corrected; earlier versions by `?ban=`."""
    found = _found(request, code, month)
    content = found.content
    context = {
        "list": found.list,
        "shown": found.shown,
        "is_newest": found.shown is found.versions[-1],
        "content": content,
        "forms": list(FORMATS),
        "people": shown.public_people(content),
        "unnamed": shown.public_unnamed(content),
        "versions": shown.version_links(found.list, found.versions),
        "crumbs": [
            Link(_("Slow and overdue dossiers, by month"), reverse("oversight:public-lists")),
            Link(f"{content['unit']['name']}, {found.list.month:%m/%Y}"),
        ],
    }
    return unindexed_page(request, "oversight/public_list.html", context)


@public
@require_safe
def download(request: HttpRequest, code: str, month: str) -> HttpResponse:
    """The file that `cchc oversight verify` checks: every version with its hash."""
    found = _found(request, code, month)
    text = file_of([json.loads(one.content) for one in found.versions], publication_of(found.list))
    return unindexed(
        file_answer(text.encode(), "application/json; charset=utf-8", f"danh-sach-cham-{code}-{month}.json")
    )


@public
@require_safe
def paper(request: HttpRequest, code: str, month: str, form: str) -> HttpResponse:
    """The same as the page on paper."""
    found = _found(request, code, month)
    document = public_paper(found.list, found.shown, found.content)
    return unindexed(paper_answer(document, form, f"danh-sach-cham-{code}-{month}-ban-{found.shown.number}"))


def _found(request: HttpRequest, code: str, month: str) -> queries.Public:
    asked, version = month_from(month), request.GET.get("ban", "")
    if asked is None:
        raise refuse("oversight.public_not_found")
    number = int(version) if version.isascii() and version.isdecimal() and len(version) <= _DIGITS_OF_VERSION else None
    return queries.get_public(code, asked, localdate(), number)


def unindexed_page(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """A page that nobody keeps: it changes with the day."""
    answer = unindexed(render(request, template, dict(context)))
    answer["Cache-Control"] = "no-store"
    return answer


def unindexed(answer: HttpResponse) -> HttpResponse:
    """Search engines are asked not to keep it."""
    answer["X-Robots-Tag"] = _NO_INDEX
    return answer
