"""Main pages of this room for officials."""

from django.utils.translation import gettext_lazy

from cchc.dossiers.navigation import DESK
from cchc.interface.hosting.navigation import Place
from cchc.oversight.permissions import may_see_delays

board = Place("oversight.board", "oversight:board", gettext_lazy("Slow, overdue"), may_see_delays, under=DESK)
