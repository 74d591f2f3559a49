"""Main pages of this room for officials."""

from django.utils.translation import gettext_lazy

from cchc.interface.hosting.navigation import Place

TASKS = "followups.tasks"
tasks = Place(TASKS, "followups:board", gettext_lazy("Tasks"))
missing = Place("followups.missing", "followups:missing", gettext_lazy("Not reported"), under=TASKS)
directives = Place("followups.directives", "followups:directives", gettext_lazy("Directives"), under=TASKS)
difficulties = Place(
    "followups.difficulties", "followups:difficulties", gettext_lazy("Difficulties and proposals"), under=TASKS
)
