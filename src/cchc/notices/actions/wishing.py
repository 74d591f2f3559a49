"""How people wish to be told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cchc.audit.actions import action, nothing_changed, record, values_of
from cchc.audit.actors import Actor
from cchc.notices.audit_kinds import WISHES_KEPT
from cchc.notices.kinds import notice_kind
from cchc.notices.models import Wishes
from cchc.notices.wishes import Wish, as_kept, version_of
from cchc.organizations.models import Official
from cchc.records.errors import refuse
from cchc.records.text import Language


@action
def keep_wishes(
    *, actor: Actor, now: datetime, official: Official, language: Language, by_kind: Mapping[str, Wish],
    expected_version: int | None = None,
) -> Wishes:  # fmt: skip
    """What the official wishes from now on; kinds that are not named keep what was wished before.

    Raises `notices.wishes_stale` when the wishes are no longer at `expected_version` (0: none yet),
    `notices.stays_in_list`, `notices.stays_mailed` for what a kind leaves nobody.
    """
    for code, wish in by_kind.items():
        _check(code, wish)
    Official.objects.select_for_update().get(pk=official.pk)
    before = Wishes.objects.filter(official=official).order_by("pk").first()
    version = version_of(before)
    if expected_version is not None and version != expected_version:
        raise refuse("notices.wishes_stale")
    kept = {} if before is None else before.by_kind
    asked = kept | {code: as_kept(wish) for code, wish in by_kind.items()}
    if before is not None and (before.language, before.by_kind) == (language, asked):
        nothing_changed()
        return before
    wishes = Wishes(official=official, language=language, by_kind=asked, version=version + 1)
    wishes.save(force_insert=before is None, force_update=before is not None)
    record(WISHES_KEPT, wishes, before=before and values_of(before), after=values_of(wishes))
    return wishes


def _check(code: str, wish: Wish) -> None:
    kind = notice_kind(code)
    if kind.is_duty and not wish.in_app:
        raise refuse("notices.stays_in_list", kind=kind.name)
    if kind.mail_is_fixed and wish.mail is not kind.mail:
        raise refuse("notices.stays_mailed", kind=kind.name)
