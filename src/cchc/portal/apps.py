"""The Django application of the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class PortalConfig(AppConfig):
    """The public pages."""

    name = "cchc.portal"
    verbose_name = gettext_lazy("Public pages")
    default_auto_field = "django.db.models.BigAutoField"
