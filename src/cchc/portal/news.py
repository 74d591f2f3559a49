"""A round told in sentences that can be taken over by the press: who was scored, the first and the last, the classes,
what is different from the year before, and by which decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cchc.interface.templatetags.figures import day
from cchc.portal.figures import RoundFigures
from cchc.portal.models import PublishedResult
from cchc.records.numbers import round_half_up
from cchc.records.search import sort_key

_FIRST = 3


def told(
    shown: RoundFigures, results: Sequence[PublishedResult], before: Iterable[tuple[int, Sequence[Decimal]]] = ()
) -> list[str]:  # fmt: skip
    """One paragraph each. `before`: the year and the indexes of the round before in the same series."""
    paragraphs = [_opening(shown, results)]
    groups = sorted({one.group for one in results}, key=sort_key)
    paragraphs += [_group(shown, name, [one for one in results if one.group == name]) for name in groups]
    paragraphs += [_classes(shown, results)]
    paragraphs += list(_years(shown, results, before))
    if shown.published.result_version is not None:
        published_on = day(localtime(shown.published.published_at).date())
        paragraphs.append(_("Published on %(day)s.") % {"day": published_on})
    if shown.published.reason:
        said = {"n": shown.published.version, "reason": shown.published.reason}
        paragraphs.append(_("This is version %(n)d, a correction: %(reason)s.") % said)
    return paragraphs


def _opening(shown: RoundFigures, results: Sequence[PublishedResult]) -> str:
    published, place = shown.published, f"{shown.place[:1].upper()}{shown.place[1:]}"
    said = {
        "place": place, "title": shown.title, "document": published.source_document, "n": len(results),
        "on": day(published.source_on) if published.source_on else "",
    }  # fmt: skip
    if published.source_on:
        return ngettext(
            "%(place)s: %(title)s, %(n)d unit scored (%(document)s, %(on)s).",
            "%(place)s: %(title)s, %(n)d units scored (%(document)s, %(on)s).", len(results),
        ) % said  # fmt: skip
    return ngettext(
        "%(place)s: %(title)s, %(n)d unit scored (%(document)s).",
        "%(place)s: %(title)s, %(n)d units scored (%(document)s).", len(results),
    ) % said  # fmt: skip


def _group(shown: RoundFigures, name: str, results: Sequence[PublishedResult]) -> str:
    ranked = sorted(results, key=lambda one: one.by_rank)
    first = [f"{one.unit_name} ({shown.index(one.index)})" for one in ranked[:_FIRST]]
    last = ranked[-1]
    said = {
        "group": name or shown.place,
        "first": ", ".join(first),
        "last": f"{last.unit_name} ({shown.index(last.index)})",
        "average": shown.index(_average(shown, [one.index for one in results])),
    }
    if len(ranked) <= _FIRST:
        return _("%(group)s: in order of rank %(first)s; average %(average)s.") % said
    return _("%(group)s: highest %(first)s; lowest %(last)s; average %(average)s.") % said


def _classes(shown: RoundFigures, results: Sequence[PublishedResult]) -> str:
    counted: dict[str, int] = {}
    for one in results:
        counted[one.band] = counted.get(one.band, 0) + 1
    parts = [
        ngettext("%(n)d unit %(band)s", "%(n)d units %(band)s", units) % {"n": units, "band": band.name}
        for band, units in shown.classes(counted)
    ]
    return _("By class: %(parts)s.") % {"parts": ", ".join(parts)}


def _years(
    shown: RoundFigures, results: Sequence[PublishedResult], before: Iterable[tuple[int, Sequence[Decimal]]]
) -> Iterator[str]:  # fmt: skip
    now = _average(shown, [one.index for one in results])
    for year, indexes in before:
        then = _average(shown, indexes)
        said = {"year": year, "now": shown.index(now), "then": shown.index(then), "by": shown.index(abs(now - then))}
        if now == then:
            yield _("The average index is %(now)s, as in %(year)d.") % said
        elif now > then:
            yield _("The average index is %(now)s, %(by)s more than in %(year)d (%(then)s).") % said
        else:
            yield _("The average index is %(now)s, %(by)s less than in %(year)d (%(then)s).") % said


def _average(shown: RoundFigures, indexes: Sequence[Decimal]) -> Decimal:
    """Rounded once, half up, at the round's decimals."""
    total = sum((Fraction(one) for one in indexes), Fraction(0))
    return round_half_up(total / len(indexes), shown.published.decimals)
