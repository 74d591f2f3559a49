"""Main pages of this room for officials."""

from django.utils.translation import gettext_lazy

from cchc.interface.hosting.navigation import Place

TASKS = "followups.tasks"
tasks = Place(TASKS, "followups:board", gettext_lazy("Tasks"))
