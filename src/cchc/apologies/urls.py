"""Addresses of apologies."""

from django.urls import path

from cchc.apologies.views import acting, pages

app_name = "apologies"
urlpatterns = [
    path("xin-loi/", pages.apologies, name="list"),
    path("xin-loi/danh-sach.xlsx", pages.download, {"form": "xlsx"}, name="download"),
    path("xin-loi/danh-sach.csv", pages.download, {"form": "csv"}, name="download-csv"),
    path("xin-loi/<int:number>/", pages.letter_page, name="letter"),
    path("xin-loi/<int:number>/in/", pages.printed, name="printed"),
    path("xin-loi/<int:number>/viec/<slug:slug>/", acting.act, name="act"),
    path("xin-loi/ho-so/<int:number>/sai-sot/", acting.mistake, name="mistake"),
    path("xin-loi/ho-so/<int:number>/soan/<slug:slug>/", acting.draft, name="draft"),
]
