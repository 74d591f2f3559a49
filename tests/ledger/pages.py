"""A page as a reader has it: tables by caption, texts, and every element that was opened."""

from __future__ import annotations

from html.parser import HTMLParser

_VOID = frozenset(("meta", "link", "br", "img", "input", "hr"))


class Page(HTMLParser):
    """Reads a whole page. `tables` has the rows of cells by the table's id; `tags` what was opened, with attributes."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.tables: dict[str, list[list[str]]] = {}
        self.text = ""
        self._rows: list[list[str]] = []
        self.feed(content.decode())
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        if tag not in _VOID:
            self.open.append(tag)
        if tag == "caption":
            self._rows = self.tables[str(attributes["id"]).removesuffix("-caption")] = []
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th"):
            self._rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if "table" in self.open and ("td" in self.open or "th" in self.open):
            self._rows[-1][-1] += data

    def rows(self, table: str) -> list[list[str]]:
        """The rows of a table without its heading; no-break spaces as plain ones."""
        return [[plain(cell) for cell in row] for row in self.tables[table][1:]]


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")
