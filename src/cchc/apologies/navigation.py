"""Main pages of this room for officials."""

from django.utils.translation import gettext_lazy

from cchc.interface.hosting.navigation import Place

apologies = Place("apologies.list", "apologies:list", gettext_lazy("Apologies"))
