"""Addresses of tasks and directives."""

from django.urls import path

from cchc.followups.views import (
    assigning,
    correcting,
    difficulties,
    directives,
    entering,
    missing,
    postings,
    requests,
    tasks,
)

app_name = "followups"
urlpatterns = [
    path("nhiem-vu/", tasks.board, name="board"),
    path("nhiem-vu/danh-sach.xlsx", tasks.board_taken, name="board-taken"),
    path("nhiem-vu/chua-bao-cao/", missing.missing_list, name="missing"),
    path("nhiem-vu/chua-bao-cao/danh-sach.xlsx", missing.missing_taken, name="missing-taken"),
    path("nhiem-vu/<int:number>/", tasks.task_page, name="task"),
    path("nhiem-vu/<int:number>/vi-sao/", tasks.why, name="task-why"),
    path("nhiem-vu/<int:number>/phan-cong/", assigning.assign_task, name="task-assign"),
    path("nhiem-vu/<int:number>/<slug:slug>/", tasks.take, name="task-step"),
    path("kho-khan/", difficulties.difficulties, name="difficulties"),
    path("kho-khan/danh-sach.xlsx", difficulties.difficulties_taken, name="difficulties-taken"),
    path("kho-khan/<int:number>/tra-loi/", tasks.answer, name="answer"),
    path("van-ban/<int:number>/trinh-phe-duyet/", requests.lay, name="ask-approval"),
    path("van-ban-chi-dao/", directives.directives, name="directives"),
    path("van-ban-chi-dao/danh-sach.xlsx", directives.list_download, name="directives-download"),
    path("van-ban-chi-dao/them/<slug:code>/", entering.enter, name="directive-enter"),
    path("van-ban-chi-dao/tu-van-ban/<int:number>/", entering.from_paper, name="directive-from-paper"),
    path("van-ban-chi-dao/<int:number>/", directives.directive_page, name="directive"),
    path("van-ban-chi-dao/<int:number>/bang-theo-doi.xlsx", directives.table_download, name="directive-table"),
    path("van-ban-chi-dao/<int:number>/don-doc/", directives.urge, name="directive-urge"),
    path("van-ban-chi-dao/<int:number>/giao-viec/", directives.give, name="directive-give"),
    path("van-ban-chi-dao/<int:number>/them-noi-nhan/", correcting.address, name="directive-address"),
    path("van-ban-chi-dao/<int:number>/sua/", correcting.correct, name="directive-correct"),
    path("van-ban-chi-dao/<int:number>/thu-hoi/", correcting.end, name="directive-end"),
    path("van-ban-chi-dao/<int:number>/tiep-nhan/<slug:code>/", directives.acknowledge, name="directive-acknowledge"),
    path("van-ban-chi-dao/<int:number>/phan-cong/", assigning.assign_directive, name="directive-assign"),
    path("phan-cong-theo-doi/<int:number>/ket-thuc/", assigning.end_assignment, name="assignment-end"),
    path("van-ban-chi-dao/<int:number>/dang-tai/", directives.post, name="directive-post"),
    path("van-ban-chi-dao/dang-tai/<int:number>/sua/", postings.correct, name="posting-correct"),
    path("van-ban-chi-dao/dang-tai/<int:number>/gach-bo/", postings.strike, name="posting-strike"),
]
