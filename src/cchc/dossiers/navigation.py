"""Main pages of this room for officials."""

from django.utils.translation import gettext_lazy

from cchc.interface.hosting.navigation import Place

dossiers = Place("dossiers.desk", "dossiers:desk", gettext_lazy("Dossiers"))
