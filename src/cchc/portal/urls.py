"""Addresses of the public pages. Slugs are Vietnamese in both languages; English pages stand under `/en/`."""

from django.urls import path

from cchc.portal import publishing, views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("ket-qua/", views.rounds, name="rounds"),
    path("ket-qua/<slug:slug>.<str:kind>", views.download, name="download"),
    path("ket-qua/<slug:slug>/", views.round_page, name="round"),
    path("ket-qua/<slug:slug>/ban-tin/", views.news_page, name="news"),
    path("ket-qua/<slug:slug>/<slug:unit>/", views.unit_page, name="unit"),
    path("dot-cham/<int:number>/cong-bo/", publishing.publish, name="publish"),
    path("bo-tieu-chi/", views.sets, name="sets"),
    path("bo-tieu-chi/<slug:set_id>/", views.set_page, name="set"),
    path("bo-tieu-chi/<slug:set_id>/<str:code>/", views.criterion_page, name="criterion"),
]
