"""What readers can ask of a ranking, taken from the address. Everything has a sensible answer: nothing is refused."""

from __future__ import annotations

from django.http import QueryDict

from cchc.portal.queries import Asked, Order

_LONGEST = 200


def asked_of_ranking(query: QueryDict) -> Asked:
    """`nhom`, `tim`, `xep` (`ten` for by name), and `sau` or `truoc` with a unit at the edge of a page."""
    order: Order = "name" if query.get("xep") == "ten" else "rank"
    return Asked(
        group=_text(query, "nhom"),
        text=_text(query, "tim"),
        order=order,
        after=_text(query, "sau"),
        before=_text(query, "truoc"),
    )


def asked_number(query: QueryDict, name: str) -> int | None:
    """A small whole number such as a year or a version; None when it is none."""
    text = _text(query, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None


def _text(query: QueryDict, name: str) -> str:
    """PostgreSQL takes no NUL; nobody types one."""
    return " ".join(query.get(name, "").replace("\0", "").split())[:_LONGEST]
