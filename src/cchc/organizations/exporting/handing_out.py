"""How a page hands a list out: the workbook itself, or the way to the page that has it written."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cchc.interface.answering import by, file_answer
from cchc.organizations.exporting.kinds import MOST_AT_ONCE, ExportKind, asking
from cchc.privacy.disclosing import tell
from cchc.tables.writing import write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def handed_out(request: HttpRequest, kind: ExportKind, **more: object) -> HttpResponse:
    """The list with the filters of the address, and `more` that stands in its path. Who is in it is written down."""
    query = request.GET.copy()
    query.update({name: str(value) for name, value in more.items()})
    wanted = kind.wanted(asking(request.viewer, query.urlencode()))
    if wanted.count() > MOST_AT_ONCE:
        address = reverse("organizations:export-ask", args=[kind.code])
        return redirect(f"{address}?{urlencode(list(query.lists()), doseq=True)}")
    taken = wanted.read()
    if taken.note is not None:
        taken.note(**by(request))
    tell(request, people=taken.people, whom=taken.whom)
    return file_answer(write_xlsx(taken.sheets), XLSX, wanted.file)
