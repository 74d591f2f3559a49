"""Letters of apology, for which files can be cited: what shows that one was sent."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from cchc.apologies.addresses import to_letter
from cchc.apologies.models import Letter
from cchc.apologies.permissions import may_act_on
from cchc.apologies.queries.letters import visible_letters
from cchc.apologies.states import SENT, SIGNED
from cchc.files.citing import Citable
from cchc.interface.access import Verdict, denied
from cchc.interface.shapes import Link
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText


def may_show(viewer: Viewer, letter: Letter) -> Verdict:
    """Whoever may send it adds what shows that it was sent, once it is signed."""
    may = may_act_on(viewer, letter, "send")
    if not may or letter.state in {SIGNED, SENT}:
        return may
    return denied("apologies.not_signed")


def _may_cite(viewer: Viewer, id_: str) -> Verdict:
    seen = visible_letters(viewer).select_related("dossier__unit", "dossier__settling_unit")
    letter = seen.filter(pk=id_).order_by("pk").first() if id_.isdecimal() else None
    return denied("apologies.letter_not_found") if letter is None else may_show(viewer, letter)


def _links(ids: Collection[str], _viewer: Viewer) -> Mapping[str, Link]:
    found = Letter.objects.filter(pk__in=ids).select_related("dossier").order_by("pk")
    return {str(one.pk): Link(one.dossier.code, to_letter(one)) for one in found}


SUBJECTS: Final[Mapping[str, Citable]] = {
    "apologies.Letter": Citable(LocalText("Văn bản xin lỗi", "Letter of apology"), visible_letters, _may_cite, _links),
}
