"""Addresses of the catalogue of procedures."""

from django.urls import path

from cchc.procedures.views import catalogue, changing, versions

app_name = "procedures"
urlpatterns = [
    path("thu-tuc/", catalogue.catalogue, name="catalogue"),
    path("thu-tuc/moi/<slug:code>/", changing.record, name="record"),
    path("thu-tuc/ma/<str:code>/", catalogue.procedure_page, name="procedure"),
    path("thu-tuc/ma/<str:code>/sua/", changing.change, name="change"),
    path("thu-tuc/ma/<str:code>/phien-ban/", changing.draft, name="draft"),
    path("thu-tuc/phien-ban/<int:number>/", versions.version_page, name="version"),
    path("thu-tuc/phien-ban/<int:number>/quy-trinh.bpmn", versions.bpmn, name="bpmn"),
    path("thu-tuc/phien-ban/<int:number>/sua/", changing.rewrite, name="rewrite"),
    path("thu-tuc/phien-ban/<int:number>/cong-bo/", changing.publish, name="publish"),
    path("thu-tuc/phien-ban/<int:number>/het-hieu-luc/", changing.end, name="end"),
    path("thu-tuc/phien-ban/<int:number>/rut/", changing.withdraw, name="withdraw"),
]
