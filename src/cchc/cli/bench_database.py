"""A database of its own for what is measured on one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cchc.cli.migrate import bring_up_to_date


@contextmanager
def own_database(url: str | None = None) -> Iterator[None]:
    """The database at that address, which must be empty, or a new file. Settings read where data lies when they are
    first asked, so nothing of Django is asked before.
    """
    with tempfile.TemporaryDirectory(prefix="cchc-bench-") as folder:
        data = Path(folder) / "data"
        data.mkdir(mode=0o700)
        os.environ |= {"CCHC_DATA": str(data), "DATABASE_URL": url or f"sqlite:///{data}/cchc.sqlite3"}
        os.environ.setdefault("CCHC_LOG_LEVEL", "WARNING")
        bring_up_to_date()
        from cchc.config.serving import collect_static_files

        collect_static_files()
        try:
            yield
        finally:
            from django.db import connections

            connections.close_all()
