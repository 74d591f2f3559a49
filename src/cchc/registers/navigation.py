"""Main pages of this room for officials."""

from django.utils.translation import gettext_lazy

from cchc.followups.navigation import TASKS
from cchc.interface.hosting.navigation import Place

registers = Place("registers.registers", "registers:registers", gettext_lazy("Registers"), under=TASKS)
