"""The tables of this room."""

from __future__ import annotations

from cchc.feedback.models.ratings import (
    LINK,
    PAPER,
    RECEPTION,
    RESULT,
    TABLET,
    Channel,
    HandOutWay,
    Occasion,
    Rating,
    RatingAnswer,
    RatingHandOut,
    TabletPass,
)

__all__ = [
    "LINK",
    "PAPER",
    "RECEPTION",
    "RESULT",
    "TABLET",
    "Channel",
    "HandOutWay",
    "Occasion",
    "Rating",
    "RatingAnswer",
    "RatingHandOut",
    "TabletPass",
]
