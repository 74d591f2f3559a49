"""Files of dossiers: of their papers, of their result, and what shows when a step was really done. Who sees the dossier
sees them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse

from cchc.dossiers.models import ActualCompletion, Component, Dossier
from cchc.dossiers.permissions import getting_offices, may_file_claim, may_file_paper, may_file_result
from cchc.dossiers.policies import papers_are_taken, result_is_taken, result_may_go
from cchc.dossiers.queries.filing import CLAIM, PAPER, RESULT
from cchc.dossiers.queries.scope import visible_dossiers
from cchc.files.citing import Citable
from cchc.interface.access import Verdict, denied
from cchc.interface.shapes import Link
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText

_RELATED: Final = ("unit", "settling_unit")


def _papers(viewer: Viewer) -> QuerySet[Component]:
    return Component.objects.filter(dossier__in=visible_dossiers(viewer).order_by().values("pk"))


def _claims(viewer: Viewer) -> QuerySet[ActualCompletion]:
    return ActualCompletion.objects.filter(step__dossier__in=visible_dossiers(viewer).order_by().values("pk"))


def _may_file_paper(viewer: Viewer, id_: str) -> Verdict:
    related = [f"dossier__{one}" for one in _RELATED]
    found = _papers(viewer).select_related(*related).filter(pk=id_).first() if id_.isdecimal() else None
    if found is None:
        return denied("dossiers.dossier_not_found")
    return may_file_paper(viewer, found.dossier) and papers_are_taken(found.dossier)


def _may_file_result(viewer: Viewer, id_: str) -> Verdict:
    found = visible_dossiers(viewer).select_related(*_RELATED).filter(pk=id_).first() if id_.isdecimal() else None
    if found is None:
        return denied("dossiers.dossier_not_found")
    return may_file_result(viewer, found) and result_is_taken(found)


def _may_file_claim(viewer: Viewer, id_: str) -> Verdict:
    related = [f"step__dossier__{one}" for one in _RELATED]
    found = _claims(viewer).select_related(*related).filter(pk=id_).first() if id_.isdecimal() else None
    return denied("dossiers.dossier_not_found") if found is None else may_file_claim(viewer, found)


def _result_may_go(id_: str, _file: int) -> Verdict:
    return result_may_go(Dossier.objects.get(pk=id_))


def _links(model: type[Any], code: str, key: str) -> Callable[[Collection[str], Viewer], Mapping[str, Link]]:
    def links(ids: Collection[str], _viewer: Viewer) -> Mapping[str, Link]:
        found = model.objects.filter(pk__in=ids).order_by("pk").values_list("pk", code, key)
        return {str(one): Link(name, reverse("dossiers:files", args=[dossier])) for one, name, dossier in found}

    return links


SUBJECTS: Final[Mapping[str, Citable]] = {
    PAPER: Citable(
        LocalText("Giấy tờ trong hồ sơ", "Paper of a dossier"),
        _papers,
        _may_file_paper,
        _links(Component, "dossier__code", "dossier"),
        getting_ready=getting_offices,
    ),
    RESULT: Citable(
        LocalText("Kết quả giải quyết hồ sơ", "Result of a dossier"),
        visible_dossiers,
        _may_file_result,
        _links(Dossier, "code", "pk"),
        _result_may_go,
        getting_offices,
    ),
    CLAIM: Citable(
        LocalText("Căn cứ thời điểm làm xong thực tế", "What shows when a step was really done"),
        _claims,
        _may_file_claim,
        _links(ActualCompletion, "step__dossier__code", "step__dossier"),
        getting_ready=getting_offices,
    ),
}
