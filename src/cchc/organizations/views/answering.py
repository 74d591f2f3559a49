"""How this room's pages with a form answer: inside its own frame."""

from __future__ import annotations

from functools import partial

from cchc.interface import answering
from cchc.interface.answering import by

__all__ = ["answer_form", "by"]

answer_form = partial(answering.answer_form, frame="organizations/base.html")
