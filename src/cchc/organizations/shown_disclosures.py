"""Lines of the log of disclosures, and retention rules, in the reader's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cchc.interface.errors import current_language
from cchc.interface.hosting.audited import actor_names, subject_names
from cchc.interface.paging import with_key
from cchc.interface.together import answer_all
from cchc.privacy.disclosing import Way, known_disclosures
from cchc.privacy.kept import ENDINGS, SINCE
from cchc.privacy.log import Line
from cchc.privacy.survey import Standing
from cchc.records.text import Language

PAGE_SIZE: Final = 100


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line with names for keys: who, for whom, what was shown (`page`), about which object, of how many people."""

    line: Line
    who: str
    on_behalf_of: str
    page: str
    about: str
    is_export: bool


def shown_page(request: HttpRequest, found: Sequence[Line]) -> dict[str, object]:
    """What the template needs of one page of lines; a line more than a page says that there is a next one."""
    lines = found[:PAGE_SIZE]
    following = with_key(request, lines[-1].number, "truoc") if len(found) > PAGE_SIZE else ""
    return {"lines": shown_lines(lines), "next": following}


def shown_lines(lines: Sequence[Line]) -> list[ShownLine]:
    """One query for the people and for the objects whose names are known."""
    people, names = answer_all(
        actor_names({name for line in lines for name in (line.by, line.on_behalf_of) if name}),
        subject_names((line.subject_type, line.subject_id) for line in lines),
    )
    return [
        ShownLine(
            line,
            people.get(line.by, line.by),
            people.get(line.on_behalf_of, line.on_behalf_of),
            _page(line),
            names.get((line.subject_type, line.subject_id), _number(line)),
            line.way == Way.EXPORT,
        )
        for line in lines
    ]


def shown_rule(standing: Standing, language: Language) -> dict[str, object]:
    """A retention rule in words: `doubt` is empty for one that was checked against its source."""
    kept, rule = standing.rule.value.kept, standing.rule
    return {
        "what": kept.name.in_language(language),
        "keep": rule.value.keep.said().in_language(language),
        "since": SINCE[kept.since].in_language(language),
        "then": ENDINGS[kept.ending].in_language(language),
        "due": standing.due.due,
        "held": standing.due.held,
        "soon": standing.soon,
        "source": rule.source.document,
        "doubt": rule.verification.doubt_in(language),
    }


def _page(line: Line) -> str:
    """What the page is called; its code where the running version no longer has it."""
    known = known_disclosures().get(line.page)
    return line.page if known is None else known.name.in_language(current_language())


def _number(line: Line) -> str:
    """A list says of how many; a file or a paper its number."""
    if not line.subject_id:
        return ""
    return _("No. %(number)s") % {"number": line.subject_id}
