"""The room `notices` as Django sees it."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Notices, how they are delivered, what people wish."""

    name = "cchc.notices"
    label = "notices"
