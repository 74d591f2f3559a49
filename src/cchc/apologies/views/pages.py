"""Pages to read: the lists of apologies, one letter, the letter to print."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.apologies import shown
from cchc.apologies.addresses import asked_list, letter_crumbs, list_crumbs, to_letter
from cchc.apologies.citations import may_show
from cchc.apologies.exports import apologies as apologies_export
from cchc.apologies.exports import wanted_lines
from cchc.apologies.permissions import may_see_apologies
from cchc.apologies.queries.letters import entries_of, get_letter
from cchc.apologies.rules import rules_on
from cchc.apologies.sheets import apologies_csv
from cchc.apologies.shown_list import gathered
from cchc.apologies.shown_print import letter_print
from cchc.audit.recording import subject_of
from cchc.dossiers.addresses import to_dossier
from cchc.files.attached import attached, listed
from cchc.interface.access import needs
from cchc.interface.answering import file_answer
from cchc.interface.errors import current_language
from cchc.interface.shapes import Link
from cchc.interface.together import read_together
from cchc.organizations.exporting import handed_out
from cchc.organizations.narrowing import narrowed_to
from cchc.privacy.disclosing import tell
from cchc.slips.printing import printed_page


@require_safe
@needs(may_see_apologies)
def apologies(request: HttpRequest) -> HttpResponse:
    """What is owed, what will be, letters by where they stand; what was owed and sent in a month."""
    may_see_apologies(request.viewer).require()
    now, narrowing = timezone.now(), narrowed_to(request)
    asked = asked_list(request, localdate(now))
    page = gathered(request, asked, narrowing.unit, now)
    tell(request, people=len(page["rows"]))
    rules = rules_on(localdate(now))
    context = {"now": now, "asked": asked, "narrowing": narrowing, "rules": rules, "crumbs": list_crumbs()}
    context["doubt"] = rules.verification.doubt_in(current_language())
    return render(request, "apologies/list.html", page | context)


@require_safe
@needs(may_see_apologies)
def download(request: HttpRequest, form: str) -> HttpResponse:
    """The list as it is narrowed, as XLSX or CSV. It names owners of dossiers, so it is written down who took it."""
    may_see_apologies(request.viewer).require()
    if form == "xlsx":
        return handed_out(request, apologies_export)
    taken = wanted_lines(request)
    tell(request, people=len(taken))
    return file_answer(apologies_csv(taken), "text/csv; charset=utf-8", "van-ban-xin-loi.csv")


@require_safe
@needs(may_see_apologies)
def letter_page(request: HttpRequest, number: int) -> HttpResponse:
    """Where a letter stands, what it says, what may be done now, everything that happened to it."""
    may_see_apologies(request.viewer).require()
    letter = get_letter(request.viewer, number)
    may_change = may_show(request.viewer, letter)
    entries = entries_of(letter)
    files = listed(request.viewer, subject_of(letter))
    read_together(entries, files)
    context = {
        "letter": letter,
        "dossier": letter.dossier,
        "shown": shown.LetterLine(letter),
        "why": shown.why_of(letter),
        "offered": shown.offered(request.viewer, letter),
        "history": shown.history_of(entries),
        "attached": attached(files, subject_of(letter), may_change=may_change),
        "crumbs": letter_crumbs(letter),
    }
    return render(request, "apologies/letter.html", context)


@require_safe
@needs(may_see_apologies)
def printed(request: HttpRequest, number: int) -> HttpResponse:
    """The letter as form 04 has it."""
    may_see_apologies(request.viewer).require()
    letter = get_letter(request.viewer, number)
    make, crumbs = partial(letter_print, request, letter), letter_crumbs(letter)
    links = (Link(_("To the letter"), to_letter(letter)),)
    return printed_page(request, "apologies/printed.html", make, crumbs, back=to_dossier(letter.dossier), links=links)
