"""No package under GPL or AGPL gets in: every name of requirements.lock, judged by its own metadata.

What is not installed on this platform cannot be judged here and is passed over.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
# Metadata without a usable licence, read by a person: name → licence.
REVIEWED: dict[str, str] = {}
# Programs that ./check starts, never imported and never needed to run cchc: name → why it stays.
ONLY_PROGRAMS = {"djlint": "GPL-3.0-or-later; reads our templates from outside, as a compiler would"}

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
    """The packages that requirements.lock pins."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return tuple(re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==", lock, re.MULTILINE))


def verdicts() -> Iterator[Verdict]:
    """One for each locked package that is installed here."""
    shipped = needed_to_run()
    for name in locked_names():
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue
        licence = REVIEWED.get(name) or licence_of(package)
        yield Verdict(name, licence, fault_of(name, licence, is_shipped=canonicalize_name(name) in shipped))


def fault_of(name: str, licence: str, *, is_shipped: bool) -> str | None:
    """Why a package may not stay, or None."""
    if any(not _REFUSED.search(choice) and _ALLOWED.search(choice) for choice in licence.split(" OR ")):
        return None
    if not _REFUSED.search(licence):
        return "no known licence; read it, then add it to REVIEWED"
    if name not in ONLY_PROGRAMS:
        return "refused licence"
    return f"may be a tool ({ONLY_PROGRAMS[name]}), but cchc needs it to run" if is_shipped else None


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


def needed_to_run() -> frozenset[str]:
    """The dependencies of cchc and theirs, with the extras they ask for, without our extra `dev`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    waiting = _applying(project["dependencies"], set())
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        wish = waiting.pop()
        name, extras = canonicalize_name(wish.name), frozenset(wish.extras)
        if (name, extras) not in seen:
            seen.add((name, extras))
            waiting += _applying(_requires(name), wish.extras)
    return frozenset(name for name, _ in seen)


def _requires(name: str) -> list[str]:
    try:
        return requires(name) or []
    except PackageNotFoundError:  # not for this platform
        return []


def _applying(wishes: list[str], extras: set[str]) -> list[Requirement]:
    """The wishes that hold on this platform with these extras."""
    read = [Requirement(wish) for wish in wishes]
    return [r for r in read if not r.marker or any(r.marker.evaluate({"extra": extra}) for extra in ("", *extras))]


def main() -> int:
    """Exit code 0 when every package may stay."""
    found = list(verdicts())
    for verdict in found:
        if verdict.fault:
            print(f"{verdict.name}: {verdict.licence or 'licence unknown'}: {verdict.fault}")
    return 1 if any(verdict.fault for verdict in found) else 0


if __name__ == "__main__":
    sys.exit(main())
