"""What an official wishes for a kind of notice, as far as the kind leaves it open. Pure but for the model's fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cchc.notices.kinds import Mail, NoticeKind
from cchc.notices.models import Wishes
from cchc.records.text import Language


@dataclass(frozen=True, slots=True)
class Wish:
    """Whether a kind stands in the person's list, and when it is mailed."""

    in_app: bool
    mail: Mail


def wish_for(kind: NoticeKind, wishes: Wishes | None) -> Wish:
    """What holds for a kind: what was wished where the kind leaves it open, else what the kind says."""
    kept: Mapping[str, Any] = {} if wishes is None else wishes.by_kind.get(kind.code, {})
    in_app = kind.is_duty or kept.get("in_app", True)
    mail = kind.mail if kind.mail_is_fixed else Mail(kept.get("mail", kind.mail))
    return Wish(in_app, mail)


def as_kept(wish: Wish) -> dict[str, Any]:
    """How `Wishes.by_kind` keeps it."""
    return {"in_app": wish.in_app, "mail": wish.mail.value}


def language_of(wishes: Wishes | None) -> Language:
    """The language of somebody's mails; Vietnamese unless they chose English."""
    return "en" if wishes is not None and wishes.language == "en" else "vi"


def version_of(wishes: Wishes | None) -> int:
    """What the version counts; 0 for somebody who has wished nothing yet."""
    return 0 if wishes is None else wishes.version
