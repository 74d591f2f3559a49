"""Main pages of this room for officials."""

from django.utils.translation import gettext_lazy

from cchc.dossiers.navigation import DESK
from cchc.dossiers.permissions import may_see_dossiers
from cchc.interface.hosting.navigation import Place

books = Place("slips.books", "slips:books", gettext_lazy("Registers of dossiers"), may_see_dossiers, under=DESK)
