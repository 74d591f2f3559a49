"""Addresses of this room."""

from django.urls import path

from cchc.feedback.views import handling, public, rating, results

app_name = "feedback"
urlpatterns = [
    path("danh-gia/", rating.rate, name="rate"),
    path("danh-gia/cam-on/", rating.thanks, name="thanks"),
    path("danh-gia/may/cam-on/", rating.tablet_thanks, name="tablet-thanks"),
    path("danh-gia/may/<str:signed>/", rating.tablet, name="tablet"),
    path("danh-gia/ho-so/<int:number>/phat/", handling.hand_out, name="hand-out"),
    path("danh-gia/ho-so/<int:number>/thu/", handling.take_in, name="take-in"),
    path("danh-gia/ho-so/<int:number>/nhap/", handling.type_paper, name="type-paper"),
    path("danh-gia/ho-so/<int:number>/may/", handling.open_tablet, name="open-tablet"),
    path("danh-gia/ho-so/<int:number>/phieu/", handling.paper, name="paper"),
    path("danh-gia/ket-qua/", results.units, name="results"),
    path("danh-gia/ket-qua/tai/<str:kind>/", results.download, name="download"),
    path("danh-gia/ket-qua/<slug:unit>/", results.unit, name="unit-results"),
    path("danh-gia/ket-qua/<slug:unit>/ho-so/", results.counted, name="counted"),
    path("danh-gia/ket-qua/<slug:unit>/tra-loi/", results.answers, name="answers"),
    path("danh-gia/ket-qua/<slug:unit>/y-kien/", results.words, name="words"),
    path("muc-do-hai-long/", public.satisfaction, name="satisfaction"),
    path("muc-do-hai-long/<slug:unit>/", public.unit_satisfaction, name="unit-satisfaction"),
]
