"""Addresses of the room `interface`."""

from django.urls import path

from cchc.interface import views

app_name = "interface"
urlpatterns = [
    path("tuy-chon/", views.preferences, name="preferences"),
    path("thanh-phan/", views.gallery, name="gallery"),
    path("thanh-phan/phieu/", views.gallery_slip, name="gallery-slip"),
    path("thanh-phan/danh-sach/", views.gallery_list, name="gallery-list"),
]
