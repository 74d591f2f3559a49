"""Main pages of this room for officials."""

from django.utils.translation import gettext_lazy

from cchc.interface.hosting.navigation import Place
from cchc.organizations.permissions import may_read_changes

UNITS = "organizations.units"
units = Place(UNITS, "organizations:units", gettext_lazy("Units"))
officials = Place("organizations.officials", "organizations:officials", gettext_lazy("Officials"), under=UNITS)
changes = Place("organizations.changes", "organizations:changes", gettext_lazy("Log"), may_read_changes, under=UNITS)
