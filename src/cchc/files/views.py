"""The pages of this room: one's own files, uploading, a file with its viewer, its picture, its download; citing."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cchc.files import actions, queries, storage
from cchc.files.citing import Subject, citable, known_citables
from cchc.files.confirmations import of_ending, of_holding_back, of_release
from cchc.files.forms import CitingForm, FactsForm, JudgementForm, UploadForm, facts_form, told
from cchc.files.handing_out import download_of, picture
from cchc.files.limits import limits_on
from cchc.files.models import StoredFile
from cchc.files.permissions import (
    may_cite_file,
    may_cite_for,
    may_describe_file,
    may_judge_file,
    may_open_file,
    may_release_file,
    may_see_file,
    may_uncite_file,
    may_upload,
)
from cchc.files.policies import may_be_ended, may_be_held, may_be_released
from cchc.files.receiving import received
from cchc.files.renditions import picture_of
from cchc.files.rules import rules_on
from cchc.files.scanning import is_scanning
from cchc.files.showing import evidence_shown, position_told, size_in_words
from cchc.files.signatures import KINDS
from cchc.interface.access import needs
from cchc.interface.answering import answer_confirmation, by
from cchc.interface.errors import current_language, in_words, status_of
from cchc.interface.paging import is_key, with_key
from cchc.interface.shapes import Link
from cchc.organizations.viewers import Viewer
from cchc.records.errors import DomainError, refuse


@needs(may_upload)
@require_safe
def files(request: HttpRequest) -> HttpResponse:
    """What the viewer uploaded, the newest first."""
    may_upload(request.viewer).require()
    text = _sought(request)
    page = _page_of(request, queries.own_files(request.viewer, text))
    shown = [{"file": one, "size": size_in_words(one.blob.size)} for one in page["rows"]]
    return render(request, "files/files.html", page | {"files": shown, "text": text})


def _page_of(request: HttpRequest, found: QuerySet[StoredFile]) -> dict[str, Any]:
    """One page of files, the newest first, behind the key `sau`; always one query."""
    after = request.GET.get("sau", "")
    if is_key(after):
        found = found.filter(pk__lt=int(after))
    rows = list(found[: queries.PAGE_SIZE + 1])
    shown = rows[: queries.PAGE_SIZE]
    following = with_key(request, shown[-1].pk) if len(rows) > len(shown) else ""
    return {"rows": shown, "first": request.path if after else "", "next": following}


@needs(may_upload)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """A form for one file; `?cho=organizations.Unit:7` cites it for that object at once."""
    may_upload(request.viewer).require()
    limits = limits_on(request.viewer.day)
    if request.method != "POST":
        return _upload_page(request, UploadForm(limits, initial={"cited_for": request.GET.get("cho", "")}))
    form = UploadForm(limits, request.POST, request.FILES)
    if not form.is_valid():
        return _upload_page(request, form, 422)
    try:
        file = _stored(request.viewer, form)
    except DomainError as error:
        form.add_error("issued_on" if error.code == "files.issued_in_future" else "file", told(error))
        return _upload_page(request, form, status_of(error))
    messages.success(request, _("“%(name)s” is kept.") % {"name": file.name})
    return redirect("files:file", number=file.pk)


def _upload_page(request: HttpRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "keeps_position": rules_on(request.viewer.day).value.keeps_position}
    return render(request, "files/upload.html", context, status=status)


def _stored(viewer: Viewer, form: UploadForm) -> StoredFile:
    subject, given = _subject(form.cleaned_data["cited_for"]), form.cleaned_data["file"]
    if subject is not None:
        known_citables()[subject[0]].may_cite(viewer, subject[1]).require()
    actor = viewer.actor()
    with received(given, given.name, viewer.day) as arrived:
        file = actions.store_upload(
            actor=actor, now=timezone.now(), upload=arrived, sender=queries.sender_of(viewer),
            denies_state_secret=form.cleaned_data["denies_state_secret"], facts=form.facts,
        )  # fmt: skip
    if subject is not None:
        may_cite_file(viewer, file, subject).require()
        actions.cite(actor=actor, now=timezone.now(), file=file, subject=subject, reason=form.cleaned_data["reason"])
    return file


def _subject(text: str) -> Subject | None:
    """`organizations.Unit:7`; None when nothing is named. Raises `files.subject_not_found`."""
    if not text:
        return None
    subject_type, _colon, subject_id = text.partition(":")
    return _known(subject_type, subject_id)


def _known(subject_type: str, subject_id: str) -> Subject:
    if subject_type not in known_citables() or not is_key(subject_id) or subject_id != str(int(subject_id)):
        raise refuse("files.subject_not_found")
    return subject_type, subject_id


def _sought(request: HttpRequest) -> str:
    return " ".join(request.GET.get("tim", "").replace("\0", "").split())[:200]


@needs(may_see_file)
@require_safe
def file_page(request: HttpRequest, number: int) -> HttpResponse:
    """A file: its viewer beside its facts, where it is cited, its hash."""
    file = queries.get_file(number)
    may_see_file(request.viewer, file).require()
    return _file_page(request, file, facts_form(file))


def _file_page(request: HttpRequest, file: StoredFile, form: FactsForm, status: int = 200) -> HttpResponse:
    viewer, judge = request.viewer, may_judge_file(request.viewer, file)
    language = current_language()
    context: dict[str, Any] = {
        "file": file,
        "form": form,
        "shown": evidence_shown(file, request.GET.dict()),
        "kind": file.blob.kind.upper(),
        "may_describe": bool(may_describe_file(viewer, file)),
        "position": position_told(file),
        "cited": [(one.type_name.in_language(language), one) for one in queries.cited_for(viewer, file)],
        "is_scanning": is_scanning(),
        "may_hold": bool(judge) and bool(may_be_held(file.blob)),
        "may_release": bool(may_be_released(file.blob)) and bool(may_release_file(viewer, file)),
        "holding": of_holding_back(),
        "releasing": of_release(),
        "asks_to_hold": request.GET.get("confirm") == "hold",
        "asks_to_release": request.GET.get("confirm") == "release",
    }
    return render(request, "files/file.html", context, status=status)


@needs(may_describe_file)
@require_POST
def describe(request: HttpRequest, number: int) -> HttpResponse:
    """Correct the facts."""
    file = queries.get_file(number)
    may_describe_file(request.viewer, file).require()
    form = FactsForm(request.POST)
    if not form.is_valid():
        return _file_page(request, file, form, 422)
    version = form.cleaned_data["version"]
    try:
        actions.describe_file(
            actor=request.viewer.actor(), now=timezone.now(), file=file, facts=form.facts, expected_version=version
        )
    except DomainError as error:
        form.add_error("issued_on" if error.code == "files.issued_in_future" else None, told(error))
        form.see(version=queries.get_file(number).version)
        return _file_page(request, file, form, status_of(error))
    messages.success(request, _("The facts are kept."))
    return redirect("files:file", number=number)


@needs(may_open_file)
@require_safe
def page_picture(request: HttpRequest, number: int, page: int) -> HttpResponseBase:
    """A page of a PDF as a picture, or the image itself."""
    file = queries.get_file(number)
    may_open_file(request.viewer, file).require()
    blob = file.blob
    if not 1 <= page <= blob.pages:
        raise refuse("files.page_not_found")
    if blob.kind == "pdf":
        return picture(picture_of(blob, page).picture, "image/png")
    with storage.opened(blob.sha256) as content:
        return picture(content.read(), KINDS[blob.kind].content_type)


@needs(may_open_file)
@require_safe
def download(request: HttpRequest, number: int) -> HttpResponseBase:
    """The content, as an attachment."""
    file = queries.get_file(number)
    may_open_file(request.viewer, file).require()
    return download_of(file)


@needs(may_judge_file)
@require_http_methods(["GET", "HEAD", "POST"])
def judge(request: HttpRequest, number: int) -> HttpResponse:
    """Hold the content back, or release it, with a reason."""
    file = queries.get_file(number)
    may_judge_file(request.viewer, file).require()
    form = JudgementForm(request.POST or None, initial={"release": request.GET.get("release", "")})
    releases = bool(form["release"].value())
    if releases:
        may_release_file(request.viewer, file).require()
    change, address = actions.release if releases else actions.hold_back, reverse("files:file", args=[number])

    def act(reason: str) -> str:
        change(**by(request), blob=file.blob, reason=reason)
        return address

    asked = of_release() if releases else of_holding_back()
    crumbs = [Link(_("My files"), reverse("files:files")), Link(file.title or file.name, address)]
    said = _("The file is released.") if releases else _("The file is held back.")
    return answer_confirmation(request, asked, act, crumbs, frame="files/base.html", said=said, form=form)


@needs(may_cite_for)
@require_http_methods(["GET", "HEAD", "POST"])
def cite(request: HttpRequest, subject_type: str, subject_id: str) -> HttpResponse:
    """Files that the viewer may open, to be found by words and cited for an object at once."""
    subject, viewer = _known(subject_type, subject_id), request.viewer
    may_cite_for(viewer, subject).require()
    if request.method != "POST":
        return _cite_page(request, subject, CitingForm())
    chosen, form = {int(key) for key in request.POST.getlist("tep") if is_key(key)}, CitingForm(request.POST)
    if not form.is_valid():
        return _cite_page(request, subject, form, chosen)
    try:
        files = queries.chosen_files(viewer, chosen)
        actions.cite_several(**by(request), files=files, subject=subject, **form.cleaned_data)
    except DomainError as error:
        return _cite_page(request, subject, form, chosen, error)
    messages.success(request, _("Saved."))
    return redirect(queries.link_of(viewer, subject).url)


def _cite_page(
    request: HttpRequest, subject: Subject, form: CitingForm, chosen: Collection[int] = (),
    error: DomainError | None = None,
) -> HttpResponse:  # fmt: skip
    text, viewer = _sought(request), request.viewer
    found = queries.files_to_cite(viewer, subject, text)
    context = {
        "text": text,
        "chosen": chosen,
        "form": form,
        "about": queries.link_of(viewer, subject),
        "type_name": citable(subject[0]).name.in_language(current_language()),
        "refusals": [] if error is None else [in_words(one) for one in error.problems],
        **_page_of(request, found),
    }
    refused = 422 if form.errors else 200
    return render(request, "files/cite.html", context, status=refused if error is None else status_of(error))


@needs(may_uncite_file)
@require_http_methods(["GET", "HEAD", "POST"])
def uncite(request: HttpRequest, number: int) -> HttpResponse:
    """End a citation with a reason. The file stays, and so does that it was cited."""
    citation, viewer = queries.get_citation(number), request.viewer
    may_uncite_file(viewer, citation).require()
    if request.method != "POST":
        may_be_ended(citation).require()
    about = queries.link_of(viewer, (citation.subject_type, citation.subject_id))

    def act(reason: str) -> str:
        actions.uncite(**by(request), citation=citation, reason=reason)
        return about.url

    asked, said = of_ending(citation.file.name), _("The file is no longer cited here.")
    return answer_confirmation(request, asked, act, [about], frame="files/base.html", said=said)
