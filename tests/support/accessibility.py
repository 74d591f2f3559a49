"""axe-core run over a page: serious and critical violations fail the test."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

_AXE = Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js"
_FAILING = ("serious", "critical")
_RUN = "() => axe.run(document, {resultTypes: ['violations']}).then(result => result.violations)"


@cache
def _axe() -> str:
    return _AXE.read_text(encoding="utf-8")


def check_accessibility(page: Page) -> None:
    """Raise `AssertionError` naming rule, element and advice of every serious or critical violation on the page."""
    # Evaluated through the debugging protocol: the site's content policy would refuse an injected script tag.
    page.evaluate(_axe())
    found = [violation for violation in page.evaluate(_RUN) if violation["impact"] in _FAILING]
    assert not found, f"{page.url}\n" + "\n".join(_describe(violation) for violation in found)


def _describe(violation: dict[str, Any]) -> str:
    elements = "\n".join(f"    {node['html']}\n      {node['failureSummary']}" for node in violation["nodes"])
    return f"  {violation['impact']}: {violation['id']}: {violation['help']}\n{elements}"
