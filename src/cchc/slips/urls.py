"""Addresses of printed forms and registers. Reception leads to `/ho-so/N/phieu/` (`dossiers.shown.to_slip`)."""

from django.urls import path

from cchc.slips.views import forms, lists, registers

app_name = "slips"
urlpatterns = [
    path("ho-so/nhap-tep/<int:number>/phieu/", lists.of_list, name="of-list"),
    path("ho-so/<int:number>/phieu/", forms.at_counter, name="at-counter"),
    path("ho-so/<int:number>/phieu/viec/<int:event>/", forms.of_act, name="of-act"),
    path("ho-so/<int:number>/phieu/viec/<int:event>/cap-so/", forms.number_it, name="number"),
    path("ho-so/<int:number>/phieu/kiem-soat/", forms.control, name="control"),
    path("ho-so/<int:number>/phieu/qua-trinh/", forms.process, name="process"),
    path("ho-so/<int:number>/phieu/ban-giao/", forms.hand_over, name="hand-over"),
    path("so-ho-so/", registers.books, name="books"),
    path("so-ho-so/<int:number>/", registers.book, name="book"),
    path("so-ho-so/<int:number>/in/", registers.book_print, name="book-print"),
    path("so-ho-so/<int:number>/so.xlsx", registers.book_download, {"form": "xlsx"}, name="book-xlsx"),
    path("so-ho-so/<int:number>/so.csv", registers.book_download, {"form": "csv"}, name="book-csv"),
    path("so-ho-so/<int:number>/khoa-so/", registers.book_close, name="book-close"),
]
