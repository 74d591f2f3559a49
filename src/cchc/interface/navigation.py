"""Main pages of this room for officials."""

from django.utils.translation import gettext_lazy

from cchc.interface.hosting.navigation import Place

DESK = "interface.desk"
desk = Place(DESK, "interface:desk", gettext_lazy("Desk"))
