"""Addresses of the room `interface`."""

from django.urls import path

from cchc.interface import views

app_name = "interface"
urlpatterns = [
    path("ban-lam-viec/", views.desk, name="desk"),
    path("tim/", views.search, name="search"),
    path("chon/<str:code>/", views.pick, name="pick"),
    path("nhat-ky/<str:subject_type>/<str:subject_id>/", views.history, name="history"),
    path("tuy-chon/", views.preferences, name="preferences"),
    path("thanh-phan/", views.gallery, name="gallery"),
    path("thanh-phan/phieu/", views.gallery_slip, name="gallery-slip"),
    path("thanh-phan/danh-sach/", views.gallery_list, name="gallery-list"),
    path("tac-vu/<int:number>/", views.job_page, name="job"),
    path("tac-vu/<int:number>/dung/", views.job_cancel, name="job-cancel"),
    path("tac-vu/<int:number>/chay-tiep/", views.job_resume, name="job-resume"),
]
