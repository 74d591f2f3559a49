"""No package under GPL or AGPL gets in: every name of the two lock files, judged by its own metadata.

What is not installed on this platform cannot be judged here and is passed over.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Metadata without a usable licence, read by a person: name → licence.
REVIEWED: dict[str, str] = {}

_REFUSED = re.compile(r"\bA?GPL|(?<!Lesser )General Public License")
_ALLOWED = re.compile(
    r"\b(MIT|BSD|0BSD|Apache|ISC|PSF|Python Software Foundation|LGPL|Lesser General|MPL|Mozilla|Unlicense|Zlib|CNRI)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Verdict:
    """What is said of one package; `fault` is None when it may stay."""

    name: str
    licence: str
    fault: str | None


def locked_names() -> tuple[str, ...]:
    """The packages that the lock files pin."""
    locks = "".join(lock.read_text(encoding="utf-8") for lock in sorted(ROOT.glob("requirements*.lock")))
    return tuple(dict.fromkeys(re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==", locks, re.MULTILINE)))


def verdicts() -> Iterator[Verdict]:
    """One for each locked package that is installed here."""
    for name in locked_names():
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue
        licence = REVIEWED.get(name) or licence_of(package)
        yield Verdict(name, licence, fault_of(licence))


def fault_of(licence: str) -> str | None:
    """Why a package may not stay, or None."""
    if any(not _REFUSED.search(choice) and _ALLOWED.search(choice) for choice in licence.split(" OR ")):
        return None
    if not _REFUSED.search(licence):
        return "no known licence; read it, then add it to REVIEWED"
    return "refused licence"


def licence_of(package: Distribution) -> str:
    """What the package says of itself: expression, else classifiers, else the first line of its free text."""
    metadata = package.metadata
    if "License-Expression" in metadata:
        return metadata["License-Expression"]
    classifiers = [c for c in metadata.get_all("Classifier", []) if c.startswith("License ::")]
    names = [c.rpartition(" :: ")[2] for c in classifiers if c.count(" :: ") > 1]
    if names or "License" not in metadata:
        return " AND ".join(names)
    return metadata["License"].strip().partition("\n")[0]


def main() -> int:
    """Exit code 0 when every package may stay."""
    found = list(verdicts())
    for verdict in found:
        if verdict.fault:
            print(f"{verdict.name}: {verdict.licence or 'licence unknown'}: {verdict.fault}")
    return 1 if any(verdict.fault for verdict in found) else 0


if __name__ == "__main__":
    sys.exit(main())
