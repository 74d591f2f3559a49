"""Addresses of the room `interface`."""

from django.urls import path

from cchc.interface import views

app_name = "interface"
urlpatterns = [
    path("tuy-chon/", views.preferences, name="preferences"),
    path("thanh-phan/", views.gallery, name="gallery"),
]
