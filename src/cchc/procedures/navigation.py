"""Main pages of this room for officials."""

from django.utils.translation import gettext_lazy

from cchc.interface.hosting.navigation import Place

procedures = Place("procedures.catalogue", "procedures:catalogue", gettext_lazy("Procedures"))
