"""Addresses of dossiers."""

from django.urls import path

from cchc.dossiers.views import (
    acting,
    advice,
    archive,
    filing,
    intake,
    leading,
    looking_up,
    pages,
    progress,
    recounting,
    standing_in,
)

app_name = "dossiers"
urlpatterns = [
    path("ho-so/", pages.desk, name="desk"),
    path("ho-so/tiep-nhan/", intake.counters, name="counters"),
    path("ho-so/tiep-nhan/<slug:unit>/", intake.procedures, name="intake"),
    path("ho-so/tiep-nhan/<slug:unit>/<str:code>/", intake.receive, name="receive"),
    path("ho-so/lanh-dao/", leading.overview, name="leading"),
    path("ho-so/lanh-dao/dong/", leading.rows, name="leader-rows"),
    path("ho-so/buoc/<int:number>/nhac/", leading.remind, name="remind"),
    path("ho-so/vang-mat/", standing_in.absences, name="absences"),
    path("ho-so/vang-mat/ghi/", standing_in.note_absence, name="note-absence"),
    path("ho-so/vang-mat/<int:number>/ket-thuc/", standing_in.end_absence, name="end-absence"),
    path("ho-so/giao-nhieu-buoc/", standing_in.reassign, name="reassign"),
    path("ho-so/luu-tru/", archive.archive_list, name="archive-list"),
    path("ho-so/<int:number>/luu-tru/", archive.archive, name="archive"),
    path("ho-so/<int:number>/dinh-chinh/", archive.correct, name="correct"),
    path("ho-so/dong-bo-loi/", progress.failed, name="failed"),
    path("ho-so/dong-bo-loi/<int:number>/gui-lai/", progress.send_again, name="send-again"),
    path("ho-so/<int:number>/", pages.dossier_page, name="dossier"),
    path("ho-so/<int:number>/vi-sao/", pages.why, name="why"),
    path("ho-so/<int:number>/tep/", filing.files, name="files"),
    path("ho-so/<int:number>/viec/<slug:slug>/", acting.act, name="act"),
    path("ho-so/buoc/<int:number>/lay-y-kien/", advice.ask, name="ask-advice"),
    path("ho-so/y-kien/<int:number>/", advice.answer, name="advice"),
    path("ho-so/y-kien/<int:number>/rut/", advice.take_back, name="take-back-advice"),
    path("ho-so/buoc/<int:number>/<slug:slug>/", acting.step_act, name="step-act"),
    path("ho-so/doi-lich/<slug:unit>/<slug:calendar>/<slug:day>/", recounting.recounted, name="recounted"),
    path("tra-cuu-ho-so/", looking_up.look_up, name="look-up"),
]
