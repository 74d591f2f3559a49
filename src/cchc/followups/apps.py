"""The Django application of the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class FollowupsConfig(AppConfig):
    """Tasks and directives."""

    name = "cchc.followups"
    verbose_name = gettext_lazy("Tasks")
    default_auto_field = "django.db.models.BigAutoField"
