"""Main pages of this room for officials."""

from django.utils.translation import gettext_lazy

from cchc.dossiers.navigation import DESK
from cchc.feedback.permissions import may_see_ratings
from cchc.interface.hosting.navigation import Place

ratings = Place("feedback.ratings", "feedback:results", gettext_lazy("Ratings"), may_see_ratings, under=DESK)
