"""Addresses of what follows from delays: cases of responsibility, figures for appraisal."""

from typing import Final

from django.urls import path

from cchc.oversight.views import appraising, cases, ordering

CASES: Final = [
    path("theo-doi/danh-gia/", appraising.appraisal, name="appraisal"),
    path("theo-doi/danh-gia/dong/", appraising.rows, name="appraisal-rows"),
    path("theo-doi/danh-gia/tai/", appraising.download, name="appraisal-file"),
    path("theo-doi/trach-nhiem/", cases.cases, name="cases"),
    path("theo-doi/trach-nhiem/ho-so-qua-han/", cases.case_rows, name="case-rows"),
    path("theo-doi/trach-nhiem/<int:number>/", cases.case_page, name="case"),
    path("theo-doi/trach-nhiem/<int:number>/viec/<slug:slug>/", cases.act, name="case-act"),
    path("theo-doi/trach-nhiem/<int:number>/giao-viec/", ordering.by_case, name="case-task"),
    path("theo-doi/trach-nhiem/giao-viec/muc/<int:number>/", ordering.by_item, name="item-task"),
    path("theo-doi/trach-nhiem/giao-viec/ho-so/<int:number>/", ordering.by_dossier, name="dossier-task"),
    path("theo-doi/trach-nhiem/lap/danh-sach/<int:number>/", cases.of_listed, name="case-of-listed"),
    path("theo-doi/trach-nhiem/lap/ho-so/<int:number>/", cases.of_dossier, name="case-of-dossier"),
    path("theo-doi/trach-nhiem/lap/ban-ghi/<slug:official>/<slug:unit>/", cases.of_record, name="case-of-record"),
]
