"""Every write of this room."""

from cchc.notices.actions.delivering import send_again
from cchc.notices.actions.ending import end_notices
from cchc.notices.actions.reading import mark_read
from cchc.notices.actions.telling import Telling, tell
from cchc.notices.actions.wishing import keep_wishes

__all__ = ["Telling", "end_notices", "keep_wishes", "mark_read", "send_again", "tell"]
