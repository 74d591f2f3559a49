"""How this room's pages with a form answer: inside its own frame."""

from __future__ import annotations

from functools import partial

from django.views.decorators.http import require_http_methods

from cchc.interface import answering

FRAME = "apologies/base.html"
answer_form = partial(answering.answer_form, frame=FRAME)
form_page = require_http_methods(["GET", "HEAD", "POST"])
