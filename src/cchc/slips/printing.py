"""How a printed form is answered: a page in the reader's language around a sheet in Vietnamese."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

from cchc.interface.shapes import Link
from cchc.slips.sheets import Sheet


def printed_page(
    request: HttpRequest, template: str, make: Callable[[], Mapping[str, object]], crumbs: Sequence[Link],
    **more: object,
) -> HttpResponse:  # fmt: skip
    """A page that prints one form. `template` extends `slips/sheet.html`; `make` gives what it needs, with the
    `Sheet` under `sheet`, and is called in Vietnamese. `more`: for the page around it, such as `back`, `links`.
    """
    with translation.override("vi"):
        given = make()
        body = render_to_string(template, {"sheet": None, **given}, request)
    sheet = given["sheet"]
    assert isinstance(sheet, Sheet)
    context = {"body": body, "sheet": sheet, "crumbs": crumbs, "back": "", "links": (), "panels": (), "issuing": ""}
    return render(request, "slips/page.html", context | more)
