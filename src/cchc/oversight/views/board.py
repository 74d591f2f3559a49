"""The board of slow and overdue dossiers, the shares behind its figures, months beside each other, and the workbook."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.interface.access import needs
from cchc.interface.paging import page_of_all, page_read
from cchc.interface.shapes import Link
from cchc.interface.together import answer, answer_all
from cchc.organizations.exporting import handed_out
from cchc.oversight import shown_board, shown_process, shown_rows
from cchc.oversight.addresses import asked_board, asked_figure, board_crumbs, query_of, said_month, to_board
from cchc.oversight.exports import board as board_export
from cchc.oversight.permissions import may_see_delays
from cchc.oversight.queries.board import added_up, reading_board
from cchc.oversight.queries.process import MOST_SHOWN, reading_process
from cchc.oversight.queries.rows import shares_after, shares_behind, spells_after
from cchc.oversight.queries.stale import finding_own_source
from cchc.privacy.disclosing import tell


@require_safe
@needs(may_see_delays)
def board(request: HttpRequest) -> HttpResponse:
    """A month of a unit: units below, procedures, officials by name, what has no name, and whose the minutes are."""
    may_see_delays(request.viewer).require()
    asked = asked_board(request)
    found, own = answer_all(reading_board(asked), finding_own_source())
    people = page_of_all(request, shown_board.person_lines(asked, found))
    tell(request, people=len(people["rows"]))
    context = {
        "asked": asked,
        "month": said_month(asked.month),
        "months": shown_board.month_choices(request, asked),
        "roles": shown_board.role_choices(found),
        "offered": sorted(found.offered.items()),
        "unit_name": shown_rows.unit_said(found.way, asked),
        "neighbours": shown_board.neighbours(asked, request.viewer.day),
        "figures": shown_board.numbers_of(asked, found.total, shown_board.UNIT_FIGURES),
        "units": shown_board.unit_lines(asked, found),
        "procedures": shown_board.procedure_lines(asked, found),
        "others": shown_board.other_lines(asked, found),
        "balance": shown_board.balance_of(asked, found),
        "query": query_of(asked),
        "source": own,
        "crumbs": shown_rows.way_crumbs(found.way, asked, request.viewer),
    }
    return render(request, "oversight/board.html", context | people)


@require_safe
@needs(may_see_delays)
def rows(request: HttpRequest) -> HttpResponse:
    """The shares that a figure counts, and what they come to."""
    may_see_delays(request.viewer).require()
    asked, figure, holder = asked_board(request), asked_figure(request), shown_rows.asked_holder(request)
    shares = shares_behind(asked, figure, holder)
    page, number = answer_all(page_read(request, shares, shares_after), added_up(shares, figure.column))
    tell(request, people=len({share.official_id for share in page["rows"] if share.official_id}))
    context = {
        "figure": figure,
        "number": number,
        "asked": asked,
        "month": said_month(asked.month),
        "said": shown_rows.holder_said(holder),
        "lines": shown_rows.share_lines(page["rows"]),
        "board": to_board(asked),
        "crumbs": board_crumbs(asked, Link(str(figure.name))),
    }
    return render(request, "oversight/rows.html", context | page)


@require_safe
@needs(may_see_delays)
def download(request: HttpRequest) -> HttpResponse:
    """All lines of the board as a workbook."""
    may_see_delays(request.viewer).require()
    return handed_out(request, board_export)


@require_safe
@needs(may_see_delays)
def months(request: HttpRequest) -> HttpResponse:
    """Twelve months beside each other, in all and for each unit right below."""
    may_see_delays(request.viewer).require()
    asked = asked_board(request)
    compared = answer(shown_rows.comparing(asked))
    context = {
        "asked": asked, "compared": compared, "crumbs": board_crumbs(asked, Link(_("Months compared"))),
        "board": to_board(asked),
    }  # fmt: skip
    return render(request, "oversight/months.html", context)


@require_safe
@needs(may_see_delays)
def process(request: HttpRequest) -> HttpResponse:
    """Where time goes: steps that hold up, hand-overs, steps done again."""
    may_see_delays(request.viewer).require()
    asked = asked_board(request)
    found = answer(reading_process(asked))
    tell(request, people=len({one.taker for one in found.hand_overs if one.taker.name}))
    context = {
        "asked": asked,
        "month": said_month(asked.month),
        "steps": shown_process.step_lines(asked, found),
        "hand_overs": shown_process.hand_over_lines(asked, found),
        "rework": shown_process.rework_lines(asked, found),
        "most": MOST_SHOWN,
        "board": to_board(asked),
        "crumbs": board_crumbs(asked, Link(_("Where time goes"))),
    }
    return render(request, "oversight/process.html", context)


@require_safe
@needs(may_see_delays)
def spells(request: HttpRequest) -> HttpResponse:
    """The stretches behind a number of that page."""
    may_see_delays(request.viewer).require()
    asked = asked_board(request)
    page = answer(page_read(request, shown_process.asked_spells(request, asked), spells_after))
    tell(request, people=len({spell.official_id for spell in page["rows"] if spell.official_id}))
    context = {
        "month": said_month(asked.month),
        "lines": [shown_process.spell_line(spell) for spell in page["rows"]],
        "crumbs": board_crumbs(
            asked, Link(_("Where time goes"), shown_process.to_process(asked)), Link(_("Stretches"))
        ),
    }
    return render(request, "oversight/spells.html", context | page)
