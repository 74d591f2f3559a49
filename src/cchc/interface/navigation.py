"""Main pages of this room for officials."""

from django.utils.translation import gettext_lazy

from cchc.interface.hosting.navigation import Place

desk = Place("interface.desk", "interface:desk", gettext_lazy("Desk"))
