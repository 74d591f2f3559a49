"""Addresses of files."""

from django.urls import path

from cchc.files import views

app_name = "files"
urlpatterns = [
    path("tep/", views.files, name="files"),
    path("tep/tai-len/", views.upload, name="upload"),
    path("tep/vien-dan/<int:number>/thoi/", views.uncite, name="uncite"),
    path("tep/vien-dan/<str:subject_type>/<str:subject_id>/", views.cite, name="cite"),
    path("tep/<int:number>/", views.file_page, name="file"),
    path("tep/<int:number>/thong-tin/", views.describe, name="describe"),
    path("tep/<int:number>/trang/<int:page>/", views.page_picture, name="page"),
    path("tep/<int:number>/tai-ve/", views.download, name="download"),
    path("tep/<int:number>/xet/", views.judge, name="judge"),
]
