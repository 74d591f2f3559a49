"""Addresses of printed forms. `/ho-so/N/phieu/` is where reception leads to (`dossiers.shown.to_slip`)."""

from django.urls import path

from cchc.slips.views import forms, lists

app_name = "slips"
urlpatterns = [
    path("ho-so/nhap-tep/<int:number>/phieu/", lists.of_list, name="of-list"),
    path("ho-so/<int:number>/phieu/", forms.at_counter, name="at-counter"),
    path("ho-so/<int:number>/phieu/viec/<int:event>/", forms.of_act, name="of-act"),
    path("ho-so/<int:number>/phieu/kiem-soat/", forms.control, name="control"),
    path("ho-so/<int:number>/phieu/qua-trinh/", forms.process, name="process"),
    path("ho-so/<int:number>/phieu/ban-giao/", forms.hand_over, name="hand-over"),
]
