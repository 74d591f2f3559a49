"""axe-core run over a page: serious and critical violations fail the test.

In CI every page that a test names is looked at; at a desk one in eight, drawn by the seed: axe takes as long as all
else on the page.
"""

from __future__ import annotations

import random
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.support.examples import IN_CI

_AXE = Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js"
_ONE_OF = 8
_chance = random.Random()
_FAILING = ("serious", "critical")
_RUN = "() => axe.run(document, {resultTypes: ['violations']}).then(result => result.violations)"


@cache
def _axe() -> str:
    return _AXE.read_text(encoding="utf-8")


def draw_looks(seed: str) -> None:
    """Draw which pages of the test that begins are looked at."""
    _chance.seed(seed)


def check_accessibility(page: Page) -> None:
    """`look_for_violations`, of one page in eight at a desk."""
    if IN_CI or _chance.randrange(_ONE_OF) == 0:
        look_for_violations(page)


def look_for_violations(page: Page, failing: Collection[str] = _FAILING) -> None:
    """Raise `AssertionError` naming rule, element and advice of every violation on the page that is so grave."""
    # Evaluated through the debugging protocol: the site's content policy would refuse an injected script tag.
    page.evaluate(_axe())
    found = [violation for violation in page.evaluate(_RUN) if violation["impact"] in failing]
    assert not found, f"{page.url}\n" + "\n".join(_describe(violation) for violation in found)


def _describe(violation: dict[str, Any]) -> str:
    elements = "\n".join(f"    {node['html']}\n      {node['failureSummary']}" for node in violation["nodes"])
    return f"  {violation['impact']}: {violation['id']}: {violation['help']}\n{elements}"
