"""Everything here is dated and written by actions only; nothing is deleted, it ends."""

from cchc.organizations.models.accounts import Account
from cchc.organizations.models.calendars import OwnCalendar
from cchc.organizations.models.dated import Dated, DatedQuerySet
from cchc.organizations.models.exports import Export
from cchc.organizations.models.handed_in import HandedIn
from cchc.organizations.models.imports import ImportLine, RegisterImport
from cchc.organizations.models.people import Official, Posting
from cchc.organizations.models.rights import Assignment, Delegation, RoleGrant, Supervision
from cchc.organizations.models.units import Ancestry, CalendarUse, Placement, Reorganization, Succession, Unit

__all__ = [
    "Account",
    "Ancestry",
    "Assignment",
    "CalendarUse",
    "Dated",
    "DatedQuerySet",
    "Delegation",
    "Export",
    "HandedIn",
    "ImportLine",
    "Official",
    "OwnCalendar",
    "Placement",
    "Posting",
    "RegisterImport",
    "Reorganization",
    "RoleGrant",
    "Succession",
    "Supervision",
    "Unit",
]
