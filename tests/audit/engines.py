"""Marks for what only one engine does."""

from __future__ import annotations

import pytest
from django.db import connection

only_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own ways")
only_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own ways")
