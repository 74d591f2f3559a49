"""`cchc worker` on a test's database and with the test room's kinds: `python -m … '[database settings, pid]'`."""

from __future__ import annotations

import json
import sys

import django


def main() -> int:
    django.setup()
    from django.db import connections

    from cchc.cli.main import main as cchc
    from tests.interface.jobs.room import trial_room

    database, *parent = json.loads(sys.argv[1])
    connections.settings["default"] = database
    del connections["default"]
    with trial_room():
        return cchc(["worker", *(f"--with-parent={pid}" for pid in parent)])


if __name__ == "__main__":
    sys.exit(main())
