"""Main pages of this room for officials."""

from django.utils.translation import gettext_lazy

from cchc.apologies.permissions import may_see_apologies
from cchc.dossiers.navigation import DESK
from cchc.interface.hosting.navigation import Place

apologies = Place("apologies.list", "apologies:list", gettext_lazy("Apologies"), may_see_apologies, under=DESK)
