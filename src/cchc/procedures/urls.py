"""Addresses of the catalogue of procedures."""

from django.urls import path

from cchc.procedures.views import catalogue, changing, imports, public, publications, versions

app_name = "procedures"
urlpatterns = [
    path("thu-tuc-hanh-chinh/", public.procedures, name="public-list"),
    path("thu-tuc-hanh-chinh/<str:code>/", public.procedure, name="public"),
    path("thu-tuc/", catalogue.catalogue, name="catalogue"),
    path("thu-tuc/danh-muc.xlsx", imports.download, {"form": "xlsx"}, name="download"),
    path("thu-tuc/danh-muc.csv", imports.download, {"form": "csv"}, name="download-csv"),
    path("thu-tuc/cong-khai/", publications.publications, name="publications"),
    path("thu-tuc/cong-khai/bang.xlsx", publications.download, {"form": "xlsx"}, name="publications-xlsx"),
    path("thu-tuc/cong-khai/bang.csv", publications.download, {"form": "csv"}, name="publications-csv"),
    path("thu-tuc/cong-khai/<int:number>/", publications.publication_page, name="publication"),
    path("thu-tuc/cong-khai/<int:number>/gach/", publications.strike, name="strike-publication"),
    path("thu-tuc/nhap/<slug:code>/", imports.hand_in, name="hand-in"),
    path("thu-tuc/nhap/<slug:code>/mau.xlsx", imports.template, name="template"),
    path("thu-tuc/tep/<int:number>/", imports.import_page, name="import"),
    path("thu-tuc/tep/<int:number>/thuc-hien/", imports.commit, name="import-commit"),
    path("thu-tuc/tep/<int:number>/bo/", imports.set_aside, name="import-set-aside"),
    path("thu-tuc/moi/<slug:code>/", changing.record, name="record"),
    path("thu-tuc/ma/<str:code>/", catalogue.procedure_page, name="procedure"),
    path("thu-tuc/ma/<str:code>/sua/", changing.change, name="change"),
    path("thu-tuc/ma/<str:code>/ra-soat/", publications.review, name="review"),
    path("thu-tuc/ma/<str:code>/phien-ban/", changing.draft, name="draft"),
    path("thu-tuc/phien-ban/<int:number>/", versions.version_page, name="version"),
    path("thu-tuc/phien-ban/<int:number>/quy-trinh.bpmn", versions.bpmn, name="bpmn"),
    path("thu-tuc/phien-ban/<int:number>/sua/", changing.rewrite, name="rewrite"),
    path("thu-tuc/phien-ban/<int:number>/cong-khai/", publications.note, name="note-publication"),
    path("thu-tuc/phien-ban/<int:number>/cong-bo/", changing.publish, name="publish"),
    path("thu-tuc/phien-ban/<int:number>/het-hieu-luc/", changing.end, name="end"),
    path("thu-tuc/phien-ban/<int:number>/rut/", changing.withdraw, name="withdraw"),
]
