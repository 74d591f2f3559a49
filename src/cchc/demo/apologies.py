"""Sample letters of apology: one sent for an appointment put off, one drafted for a late dossier, and a mistake."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from cchc.apologies.actions.letters import Wording, approve_letter, draft_letter, send_letter, sign_letter
from cchc.apologies.actions.mistakes import record_mistake
from cchc.apologies.duty import Why
from cchc.apologies.owing import beside
from cchc.demo.dossiers import moment_ago
from cchc.dossiers.models import Dossier
from cchc.interface.together import answer
from cchc.organizations.queries.people import get_official
from cchc.organizations.viewers import actor_of

_RECEIVER: Final = "mau-14"
_SETTLER: Final = "mau-16"
_HEAD: Final = "mau-15"
_SIGNER: Final = "mau-13"
_WORDS: Final = "Mưa lũ, chưa kiểm tra thực địa được (mẫu)"


def load_sample_apologies(now: datetime) -> None:
    """For the sample dossiers that are there, by the officials who work on them."""
    at = moment_ago(now, 1, "14:00")
    put_off = Dossier.objects.filter(is_sample=True, extensions=1).order_by("pk").first()
    late = Dossier.objects.filter(is_sample=True, ended_at=None, extensions=0, due_at__lt=at).order_by("pk").first()
    settled = Dossier.objects.filter(is_sample=True, settled_at__isnull=False).order_by("pk").first()
    if put_off is not None:
        _draft(put_off, Why.PUT_OFF, at, _WORDS)
        _send(put_off, at)
    if late is not None:
        _draft(late, Why.NOT_KEPT, at, "Chờ xác minh nơi cư trú (mẫu)")
    if settled is not None:
        words = "Ghi nhầm năm sinh trên giấy hẹn (mẫu)"
        record_mistake(**_by(_RECEIVER, at), dossier=settled, cause="reception_mistake", text=words, found_at=at)


def _draft(dossier: Dossier, why: Why, at: datetime, words: str) -> None:
    owed = [one for one in answer(beside([dossier.pk])).duties(dossier, at) if one.about.why == why]
    if owed:
        draft_letter(**_by(_SETTLER, at), dossier=dossier, about=owed[0].about, wording=Wording("complex", words))


def _send(dossier: Dossier, at: datetime) -> None:
    letter = dossier.letters.order_by("pk").first()
    if letter is None:
        return
    letter = approve_letter(**_by(_HEAD, at), letter=letter, expected_version=letter.version)
    letter = sign_letter(**_by(_SIGNER, at), letter=letter, expected_version=letter.version, number="01/XLHS (mẫu)")
    send_letter(
        **_by(_RECEIVER, at), letter=letter, expected_version=letter.version, way="sms", sent_to=dossier.owner_phone
    )  # fmt: skip


def _by(code: str, at: datetime) -> dict[str, Any]:
    return {"actor": actor_of(get_official(code)), "now": at}
