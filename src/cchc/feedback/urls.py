"""Addresses of this room."""

from django.urls import path

from cchc.feedback.views import handling, rating

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
]
