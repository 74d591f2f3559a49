"""Addresses of one's notices and of the delivery log."""

from django.urls import path

from cchc.notices import views

app_name = "notices"
urlpatterns = [
    path("thong-bao/", views.own_notices, name="list"),
    path("thong-bao/da-doc/", views.read_all, name="read-all"),
    path("thong-bao/cach-nhan/", views.wishes, name="wishes"),
    path("thong-bao/nhat-ky/", views.log, name="log"),
    path("thong-bao/nhat-ky/<int:number>/gui-lai/", views.mail_again, name="send-again"),
    path("thong-bao/<int:number>/mo/", views.open_notice, name="open"),
    path("thong-bao/<int:number>/lich.ics", views.calendar, name="calendar"),
]
