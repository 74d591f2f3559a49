"""Who asks, as far as this room can see: a higher room puts `request.viewer` on every request."""

from __future__ import annotations

from typing import Protocol

from django.http import HttpRequest

from cchc.audit.actors import Actor


class SignedIn(Protocol):
    """What is asked of `request.viewer`."""

    is_signed_in: bool

    def actor(self) -> Actor: ...


def viewer_of(request: HttpRequest) -> SignedIn | None:
    """Who looks; None where nobody can be signed in."""
    viewer: SignedIn | None = getattr(request, "viewer", None)
    return viewer


def actor_of(request: HttpRequest) -> Actor | None:
    """Who would act by this request; None for somebody who is not signed in, or where nobody can be."""
    viewer = viewer_of(request)
    return viewer.actor() if viewer is not None and viewer.is_signed_in else None
