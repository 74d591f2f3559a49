"""Main pages of this room for officials."""

from django.utils.translation import gettext_lazy

from cchc.dossiers.navigation import DESK
from cchc.interface.hosting.navigation import Place
from cchc.oversight.permissions import may_see_delays, may_see_own_record, may_watch
from cchc.oversight.permissions_cases import may_see_cases
from cchc.oversight.permissions_lists import may_see_lists
from cchc.oversight.permissions_logs import may_see_sources
from cchc.oversight.permissions_verdicts import may_see_verdicts

BOARD = "oversight.board"
board = Place(BOARD, "oversight:board", gettext_lazy("Slow, overdue"), may_see_delays)
lists = Place("oversight.lists", "oversight:lists", gettext_lazy("Monthly lists"), may_see_lists, under=BOARD)
cases = Place("oversight.cases", "oversight:cases", gettext_lazy("Responsibility"), may_see_cases, under=BOARD)
appraisal = Place(
    "oversight.appraisal", "oversight:appraisal", gettext_lazy("Appraisal, emulation"), may_see_cases, under=BOARD
)
verdicts = Place(
    "oversight.verdicts", "oversight:verdicts", gettext_lazy("Real or forgotten"), may_see_verdicts, under=BOARD
)
sources = Place(
    "oversight.sources", "oversight:sources", gettext_lazy("Other one-stop software"), may_see_sources, under=BOARD
)
own = Place("oversight.own", "oversight:own", gettext_lazy("My record"), may_see_own_record, under=DESK)
watch = Place("oversight.watch", "oversight:watch", gettext_lazy("Becoming late"), may_watch, under=DESK)
