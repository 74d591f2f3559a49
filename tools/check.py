"""Runs every check, also after one has failed, and says at the end what ran and what failed: `./check [NAME …]`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PYTHON = sys.executable

CHECKS: Mapping[str, tuple[str, ...]] = {
    "format": (f"{BIN}/ruff", "format", "--check", "."),
    "lint": (f"{BIN}/ruff", "check", "--output-format", "concise", "."),
    "types": (f"{BIN}/mypy",),
    "rooms": (f"{BIN}/lint-imports", "--no-cache"),
    "relations": (PYTHON, "-m", "pytest", "-q", "--ds=tests.support.settings", "tests/repository/test_order.py"),
    "sizes": (PYTHON, "-m", "tools.sizes"),
    "templates": ("bash", "-c", f"git ls-files -z 'src/*.html' | xargs -0 {BIN}/djade --check --target-version 5.2"),
    "translations": (PYTHON, "-m", "tools.translations", "check"),
    "migrations": (PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run"),
    "docs": (PYTHON, "-m", "tools.generate_docs", "check"),
    "licences": (PYTHON, "-m", "tools.licences"),
    "scripts": ("bash", "-n", "run", "test", "check", ".ci/run", "tools/setup.sh"),
}


def run(name: str, environment: Mapping[str, str]) -> bool:
    """Run one check, show what it says only when it fails. Whether it passed."""
    started = time.monotonic()
    done = subprocess.run(
        CHECKS[name],
        cwd=ROOT,
        env=environment,
        check=False,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    print(f"{'ok    ' if done.returncode == 0 else 'FAILED'} {name} ({time.monotonic() - started:.1f} s)", flush=True)
    if done.returncode:
        print(done.stdout, flush=True)
    return done.returncode == 0


def main(names: list[str]) -> int:
    """Exit code 0 when all passed, 1 when one failed, 2 for a check that does not exist."""
    if unknown := [name for name in names if name not in CHECKS]:
        print(f"No such check: {', '.join(unknown)}. Choose of: {', '.join(CHECKS)}.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "cchc.config.settings", "CCHC_DATA": data}
        environment.pop("DATABASE_URL", None)
        failed = [name for name in names or CHECKS if not run(name, environment)]
    print(f"Failed: {', '.join(failed)}" if failed else f"All checks passed ({len(names or CHECKS)}).")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
