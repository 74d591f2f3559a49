"""Main pages of this room for officials."""

from django.utils.translation import gettext_lazy

from cchc.interface.hosting.navigation import Place

units = Place("organizations.units", "organizations:units", gettext_lazy("Units"))
officials = Place("organizations.officials", "organizations:officials", gettext_lazy("Officials"))
