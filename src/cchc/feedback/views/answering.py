"""How this room's pages with a form answer: inside the frame of dossiers."""

from __future__ import annotations

from functools import partial

from django.views.decorators.http import require_http_methods

from cchc.interface import answering

answer_form = partial(answering.answer_form, frame="dossiers/base.html")
form_page = require_http_methods(["GET", "HEAD", "POST"])
