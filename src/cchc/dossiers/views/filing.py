"""The files of a dossier on one page: by paper, of the result, what shows when steps were really done."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.dossiers.addresses import dossier_crumbs
from cchc.dossiers.permissions import may_see_dossiers
from cchc.dossiers.queries.dossiers import get_dossier
from cchc.dossiers.shown_files import file_beside, filed
from cchc.interface.access import needs
from cchc.interface.shapes import Link


@require_safe
@needs(may_see_dossiers)
def files(request: HttpRequest, number: int) -> HttpResponse:
    """Every paper with its files, and beside them the one that is looked at."""
    may_see_dossiers(request.viewer).require()
    dossier = get_dossier(request.viewer, number)
    shown = filed(request.viewer, dossier)
    context = {
        "dossier": dossier,
        "filed": shown,
        "beside": file_beside(request, shown),
        "crumbs": [*dossier_crumbs(dossier), Link(_("Files of the dossier"))],
    }
    return render(request, "dossiers/files.html", context)
