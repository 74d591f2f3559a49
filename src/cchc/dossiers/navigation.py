"""Main pages of this room for officials."""

from django.utils.translation import gettext_lazy

from cchc.dossiers.permissions import may_see_dossiers, may_see_targets
from cchc.interface.hosting.navigation import Place

DESK = "dossiers.desk"
dossiers = Place(DESK, "dossiers:desk", gettext_lazy("Dossiers"), may_see_dossiers)
quality = Place(
    "dossiers.quality", "dossiers:quality", gettext_lazy("How dossiers fared"), may_see_dossiers, under=DESK
)
use = Place("dossiers.use", "dossiers:adoption", gettext_lazy("Use of the system"), may_see_dossiers, under=DESK)
targets = Place("dossiers.targets", "dossiers:targets", gettext_lazy("Targets"), may_see_targets, under=DESK)
