"""Questions to the record: those of a month, and the answer to one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cchc.interface.access import needs
from cchc.interface.answering import answer_form, by
from cchc.interface.paging import page_read
from cchc.interface.shapes import Link
from cchc.interface.together import answer
from cchc.oversight.actions.signals import answer_signal
from cchc.oversight.addresses import asked_board, board_crumbs, said_month, to_board
from cchc.oversight.forms_signals import AnswerForm
from cchc.oversight.permissions import may_answer_signal, may_see_delays
from cchc.oversight.queries.signals import answers_to, get_signal, signals_after, signals_in
from cchc.oversight.shown_signals import signal_lines
from cchc.privacy.disclosing import tell


@require_safe
@needs(may_see_delays)
def signals(request: HttpRequest) -> HttpResponse:
    """The questions of a month, each with its sentence, its dossier and the last answer."""
    may_see_delays(request.viewer).require()
    asked = asked_board(request)
    page = answer(page_read(request, signals_in(asked), signals_after))
    tell(request, people=len({one.official_id for one in page["rows"] if one.official_id}))
    context = {
        "month": said_month(asked.month),
        "lines": signal_lines(page["rows"]),
        "board": to_board(asked),
        "crumbs": board_crumbs(asked, Link(_("Questions"))),
    }
    return render(request, "oversight/signals.html", context | page)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(may_answer_signal)
def reply(request: HttpRequest, number: int) -> HttpResponse:
    """The question, what was answered before, and the field for another answer."""
    signal = get_signal(number)
    may_answer_signal(request.viewer, signal).require()
    form = AnswerForm(request.POST or None)

    def save() -> str:
        answer_signal(**by(request), signal=signal, text=form.cleaned_data["text"])
        return reverse("oversight:answer", args=[signal.pk])

    (line,) = signal_lines([signal])
    crumbs = [*board_crumbs(), Link(signal.dossier.code, line.url), Link(_("Question"))]
    return answer_form(
        request, form, save, _("Answer a question"), crumbs, frame="oversight/base.html",
        template="oversight/answer.html", line=line, answers=answers_to(signal),
    )  # fmt: skip
