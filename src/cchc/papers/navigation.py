"""Main pages of this room for officials."""

from django.utils.translation import gettext_lazy

from cchc.interface.hosting.navigation import Place

papers = Place("papers.papers", "papers:papers", gettext_lazy("Papers"))
