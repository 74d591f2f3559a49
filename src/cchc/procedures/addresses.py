"""Where a reader is: the way from the catalogue to a procedure and its versions, and the filters in addresses."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.interface.shapes import Link
from cchc.organizations.models import Unit
from cchc.procedures.models import Procedure, ProcedureVersion, Publication
from cchc.procedures.queries.catalogue import ProcedureSearch
from cchc.procedures.queries.publications import PublicationSearch
from cchc.procedures.versions import LEVELS, ONLINE
from cchc.records.dates import format_date

PORTAL = {"co": "yes", "chua": "no"}
STANDING = {"khong": "none", "tat-ca": "all"}


def crumbs(procedure: Procedure | None = None, *more: Link) -> list[Link]:
    """From the catalogue down to a procedure."""
    steps = [Link(_("Procedures"), reverse("procedures:catalogue"))]
    return [*steps, *([] if procedure is None else [Link(procedure.code, to_procedure(procedure))]), *more]


def version_crumbs(version: ProcedureVersion, *more: Link) -> list[Link]:
    """Down to a version."""
    name = _("Version from %(day)s") % {"day": format_date(version.starts_on)}
    return crumbs(version.procedure, Link(name, to_version(version)), *more)


def to_procedure(procedure: Procedure) -> str:
    """Its page."""
    return reverse("procedures:procedure", args=[procedure.code])


def to_version(version: ProcedureVersion) -> str:
    """Its page."""
    return reverse("procedures:version", args=[version.pk])


def publication_crumbs(line: Publication, *more: Link) -> list[Link]:
    """Down to a line of the publication register."""
    register = Link(_("Publication register"), reverse("procedures:publications"))
    return crumbs(None, register, Link(line.version.procedure.code, to_publication(line)), *more)


def to_publication(line: Publication) -> str:
    """Its page."""
    return reverse("procedures:publication", args=[line.pk])


def asked_procedures(request: HttpRequest) -> ProcedureSearch:
    """The filters of the catalogue; what makes no sense is left out."""
    return ProcedureSearch(
        " ".join(_text(request, "tim").split()),
        _text(request, "linh-vuc"),
        _one_of(request, "cap", LEVELS),
        _text(request, "co-quan"),
        _one_of(request, "truc-tuyen", ONLINE),
        PORTAL.get(request.GET.get("cong", ""), ""),
        STANDING.get(request.GET.get("hieu-luc", ""), ""),
        request.GET.get("cong-khai") == "chua",
        request.GET.get("ra-soat") == "den-han",
    )


def asked_publications(request: HttpRequest, unit: Unit | None) -> PublicationSearch:
    """The filters of the publication register, narrowed to a unit that was understood already."""
    return PublicationSearch(" ".join(_text(request, "tim").split()), unit, request.GET.get("tre") == "1")


def _text(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "")[:200].replace("\0", "")


def _one_of(request: HttpRequest, name: str, allowed: tuple[str, ...]) -> str:
    text = request.GET.get(name, "")
    return text if text in allowed else ""
