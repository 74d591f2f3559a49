"""Sessions as Django keeps them in the database; only how one is read, at every request, is ours."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from cchc.interface.prepared import Prepared

_SESSION: Final = Prepared(
    lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now).order_by("pk"), key=str, now=datetime
)


class SessionStore(db.SessionStore):
    """The engine that settings name."""

    def _get_session_from_db(self) -> Session | None:
        """The session that has not expired; else the key is forgotten, so that nobody goes on with it."""
        found: Session | None = _SESSION.one(key=self.session_key, now=timezone.now())
        if found is None:
            self._session_key = None
        return found
