"""Starting Django for commands and workers."""

from __future__ import annotations

import os


def setup() -> None:
    """Choose the settings, unless the environment has chosen, and load all rooms. May be called twice."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cchc.config.settings")
    import django  # reads the settings' name when it is first used

    django.setup()
