"""The Django application of the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class OrganizationsConfig(AppConfig):
    """Units, people and their rights."""

    name = "cchc.organizations"
    verbose_name = gettext_lazy("Units and people")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Sign-ins are written down wherever they come from."""
        from cchc.organizations.signing_in import records  # noqa: F401 - connects its receiver
