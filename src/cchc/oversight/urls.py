"""Addresses of this room."""

from django.urls import path

from cchc.oversight.views import board, dossiers

app_name = "oversight"
urlpatterns = [
    path("theo-doi/", board.board, name="board"),
    path("theo-doi/phan/", board.rows, name="rows"),
    path("theo-doi/cac-thang/", board.months, name="months"),
    path("theo-doi/tai/", board.download, name="download"),
    path("theo-doi/ho-so/<int:number>/", dossiers.dossier, name="dossier"),
    path("theo-doi/can-bo/<slug:official>/<slug:unit>/", dossiers.record, name="record"),
]
