"""Addresses of registers and their entries."""

from django.urls import path

from cchc.registers.views import entries, imports, registers

app_name = "registers"
urlpatterns = [
    path("so-theo-doi/", registers.registers, name="registers"),
    path("so-theo-doi/mo/<slug:code>/", registers.open_register, name="open"),
    path("so-theo-doi/<int:number>/", registers.register_page, name="register"),
    path("so-theo-doi/<int:number>/nhiem-vu/", registers.tasks, name="tasks"),
    path("so-theo-doi/<int:number>/sua/", registers.change, name="change"),
    path("so-theo-doi/<int:number>/khoa-so/", registers.close, name="close"),
    path("so-theo-doi/<int:number>/mo-lai/", registers.reopen, name="reopen"),
    path("so-theo-doi/<int:number>/them/", entries.enter, name="enter"),
    path("so-theo-doi/<int:number>/danh-sach.xlsx", imports.download, {"form": "xlsx"}, name="download"),
    path("so-theo-doi/<int:number>/danh-sach.csv", imports.download, {"form": "csv"}, name="download-csv"),
    path("so-theo-doi/<int:number>/mau.xlsx", imports.template, name="template"),
    path("so-theo-doi/<int:number>/nhap/", imports.hand_in, name="hand-in"),
    path("so-theo-doi/tep/<int:number>/", imports.import_page, name="import"),
    path("so-theo-doi/tep/<int:number>/thuc-hien/", imports.commit, name="import-commit"),
    path("so-theo-doi/tep/<int:number>/bo/", imports.set_aside, name="import-set-aside"),
    path("so-theo-doi/dong/<int:number>/", entries.entry_page, name="entry"),
    path("so-theo-doi/dong/<int:number>/sua/", entries.correct, name="correct"),
    path("so-theo-doi/dong/<int:number>/gach-bo/", entries.strike, name="strike"),
    path("so-theo-doi/dong/<int:number>/giao-viec/", entries.give, name="give"),
]
