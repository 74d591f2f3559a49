"""Templates: the list, one with its versions, writing them."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cchc.interface.access import needs
from cchc.interface.errors import current_language
from cchc.interface.shapes import Link
from cchc.organizations.models import Unit
from cchc.organizations.queries.people import main_unit
from cchc.organizations.queries.units import get_unit, path
from cchc.organizations.viewers import Viewer
from cchc.papers.actions.templates import make_template, write_version
from cchc.papers.composing import Texts, draft_document, kept_values, layout_of, texts_of_version
from cchc.papers.examples import Example, known_examples
from cchc.papers.forms import NewTemplateForm, TemplateForm, initial_of, initial_of_example
from cchc.papers.models import Paper
from cchc.papers.permissions import may_see_papers, may_write_template, may_write_templates
from cchc.papers.queries import templates as queries
from cchc.papers.sheets import Sheet, sheet_of
from cchc.papers.views.answering import by, crumbs
from cchc.papers.views.writing import answer_writing
from cchc.papers.vocabularies import OF_UNIT
from cchc.papers.vocabulary import Vocabulary, known_vocabularies, vocabulary_of

_form_page = require_http_methods(["GET", "HEAD", "POST"])
_SAMPLE_BASES = ("Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025",)


@require_safe
@needs(may_see_papers)
def templates(request: HttpRequest) -> HttpResponse:
    """What every template says today."""
    may_see_papers(request.viewer).require()
    context = {
        "versions": list(queries.versions_on(request.viewer.day)),
        "writing_for": _writing_for(request.viewer),
        "crumbs": _way(),
    }
    return render(request, "papers/templates.html", context)


@require_safe
@needs(may_see_papers)
def template_page(request: HttpRequest, code: str) -> HttpResponse:
    """What a template says on a sample, and its versions."""
    may_see_papers(request.viewer).require()
    template, day = queries.get_template(code), request.viewer.day
    versions = queries.history(template)
    now = queries.version_on(template, day) or versions[0]
    vocabulary = vocabulary_of(template.vocabulary)
    context = {
        "template": template,
        "now": now,
        "versions": versions,
        "sheet": sample_sheet(template.kind, vocabulary, texts_of_version(now), request.viewer),
        "may_write": may_write_template(request.viewer, template),
        "crumbs": _way(Link(now.name)),
    }
    return render(request, "papers/template.html", context)


@_form_page
@needs(may_write_templates)
def make(request: HttpRequest, code: str) -> HttpResponse:
    """A new template of the unit, from nothing or begun with the sample text that `mau` names."""
    unit = get_unit(code)
    may_write_templates(request.viewer, unit).require()
    example = known_examples().get(request.GET.get("mau", ""))
    vocabulary = _asked_vocabulary(request, example)
    start = {"starts_on": request.viewer.day, **({} if example is None else initial_of_example(example))}
    form = NewTemplateForm(vocabulary, request.POST or None, initial=start)

    def act() -> str:
        given = form.cleaned_data
        names = {name: given[name] for name in ("code", "kind", "vocabulary", "name", "starts_on")}
        make_template(**by(request), unit=unit, texts=form.texts, source=form.source(), **names)
        return reverse("papers:template", args=[given["code"]])

    def preview() -> Sheet:
        return sample_sheet(form.cleaned_data["kind"], vocabulary, form.texts, request.viewer)

    way, title = _way(Link(_("New template"))), _title(unit, request.viewer)
    return answer_writing(
        request, form, act, preview, title, way, words=vocabulary.listed(), examples=_examples(example),
        shown=None if example is None else sample_sheet(example.kind, vocabulary, example.texts, request.viewer),
    )  # fmt: skip


@_form_page
@needs(may_write_template)
def write(request: HttpRequest, code: str) -> HttpResponse:
    """What the template says from a day on."""
    template = queries.get_template(code)
    may_write_template(request.viewer, template).require()
    now, vocabulary = queries.history(template)[0], vocabulary_of(template.vocabulary)
    form = TemplateForm(vocabulary, request.POST or None, initial=initial_of(now) | {"starts_on": request.viewer.day})

    def act() -> str:
        given = form.cleaned_data
        write_version(
            **by(request), template=template, name=given["name"], texts=form.texts, starts_on=given["starts_on"],
            source=form.source(), expected_version=given["version"],
        )  # fmt: skip
        return reverse("papers:template", args=[code])

    def preview() -> Sheet:
        return sample_sheet(template.kind, vocabulary, form.texts, request.viewer)

    way = _way(Link(now.name, reverse("papers:template", args=[code])), Link(_("New version")))
    title = _("New version of “%(name)s”") % {"name": now.name}
    shown = sample_sheet(template.kind, vocabulary, texts_of_version(now), request.viewer)
    return answer_writing(
        request, form, act, preview, title, way, shown=shown, words=vocabulary.listed(),
        now_seen=lambda: {"version": queries.get_template(code).version},
    )  # fmt: skip


def sample_sheet(kind: str, vocabulary: Vocabulary, texts: Texts, viewer: Viewer) -> Sheet:
    """What a draft from the texts would look like, with the samples of the vocabulary."""
    paper = Paper(
        kind=kind, values=kept_values(vocabulary.samples()), issuer="Ủy ban nhân dân xã Mẫu", symbol="…-UBND",
        place="Mẫu", on_behalf="TM. Ủy ban nhân dân", signer_title="Chủ tịch", **asdict(texts),
    )  # fmt: skip
    document = draft_document(paper, _SAMPLE_BASES, viewer.day)
    return sheet_of(document, layout_of(document, viewer.day))


def _examples(chosen: Example | None) -> list[Link]:
    """The sample texts to begin with, each with what it is about."""
    language, about = current_language(), known_vocabularies()
    return [
        Link(f"{one.name} · {about[one.vocabulary].title.in_language(language)}", f"?mau={one.code}", one == chosen)
        for one in known_examples().values()
    ]


def _asked_vocabulary(request: HttpRequest, example: Example | None) -> Vocabulary:
    """The one chosen in the form; before anything was chosen that of the sample text, else the unit's own, as for a
    name that nobody lists.
    """
    asked = request.POST.get("vocabulary", OF_UNIT if example is None else example.vocabulary)
    return vocabulary_of(asked if asked in known_vocabularies() else OF_UNIT)


def _writing_for(viewer: Viewer) -> str:
    """The code of the viewer's own unit, if the viewer writes templates there."""
    unit = None if viewer.official is None else main_unit(viewer.acting, viewer.day)
    return unit.code if unit is not None and may_write_templates(viewer, unit) else ""


def _title(unit: Unit, viewer: Viewer) -> str:
    way = path(unit, viewer.day)
    return _("New template of %(name)s") % {"name": way[-1].name_vi if way else unit.code}


def _way(*more: Link) -> list[Link]:
    return crumbs(Link(_("Templates"), reverse("papers:templates")), *more)
