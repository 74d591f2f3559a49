"""Main pages of this room for officials."""

from django.utils.translation import gettext_lazy

from cchc.interface.hosting.navigation import Place

PAPERS = "papers.papers"
papers = Place(PAPERS, "papers:papers", gettext_lazy("Papers"))
templates = Place("papers.templates", "papers:templates", gettext_lazy("Templates"), under=PAPERS)
bases = Place("papers.bases", "papers:bases", gettext_lazy("Legal bases"), under=PAPERS)
