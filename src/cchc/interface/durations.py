"""Working time in words: `còn 2 ngày làm việc`, `quá hạn 3 giờ 20 phút`."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

WORKING_DAY: Final = 8 * 60
_MINUTE: Final = timedelta(minutes=1)


def hours_and_minutes(minutes: int) -> str:
    """`3 giờ 20 phút`; under an hour only minutes, a full hour without them."""
    hours, rest = divmod(abs(minutes), 60)
    if not hours:
        return _("%(minutes)d min") % {"minutes": rest}
    if not rest:
        return _("%(hours)d h") % {"hours": hours}
    return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}


def time_left(minutes: int, day: int = WORKING_DAY) -> str:
    """What is left of a limit, or by how much it is passed (negative): in whole days from one day on."""
    days = abs(minutes) // day
    if minutes < 0:
        if days:
            return ngettext("overdue %(days)d working day", "overdue %(days)d working days", days) % {"days": days}
        return _("overdue %(time)s") % {"time": hours_and_minutes(minutes)}
    if days:
        return ngettext("%(days)d working day left", "%(days)d working days left", days) % {"days": days}
    return _("%(time)s left") % {"time": hours_and_minutes(minutes)}


def status_of(minutes: int, soon: int) -> str:
    """`overdue`, `soon` (at most `soon` minutes left) or `ok`."""
    if minutes < 0:
        return "overdue"
    return "soon" if minutes <= soon else "ok"


def clock_time(moment: datetime) -> str:
    """`16:30` in Vietnam's time."""
    return f"{timezone.localtime(moment):%H:%M}"


def end_day(moment: datetime) -> date:
    """The day in Vietnam that ends with the moment, or in which it lies."""
    return timezone.localtime(moment - _MINUTE).date()


def end_time(moment: datetime) -> str:
    """`16:30` in Vietnam's time; a day ends at `24:00`."""
    return "24:00" if clock_time(moment) == "00:00" else clock_time(moment)
