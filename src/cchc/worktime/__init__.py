"""Working calendars as dated, sourced data; elapsed working time, due dates, and why. Pure.

`Calendar.load("vn")` reads a calendar; it answers for two aware datetimes or for numpy arrays of civil minutes.
"""

from cchc.worktime.calendar import Calendar

__all__ = ["Calendar"]
