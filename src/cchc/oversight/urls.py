"""Addresses of this room."""

from django.urls import path

from cchc.oversight.urls_cases import CASES
from cchc.oversight.urls_logs import LOGS
from cchc.oversight.views import (
    board,
    compiled,
    dossiers,
    lists,
    public_lists,
    replies,
    several,
    signals,
    verdicts,
    watch,
)

app_name = "oversight"
urlpatterns = [
    path("theo-doi/", board.board, name="board"),
    path("theo-doi/hom-nay/", watch.watch, name="watch"),
    path("theo-doi/hom-nay/ho-so/", watch.rows, name="watch-rows"),
    path("theo-doi/hom-nay/tai/", watch.download, name="watch-download"),
    path("theo-doi/phan/", board.rows, name="rows"),
    path("theo-doi/cac-thang/", board.months, name="months"),
    path("theo-doi/quy-trinh/", board.process, name="process"),
    path("theo-doi/quy-trinh/doan/", board.spells, name="spells"),
    path("theo-doi/cau-hoi/", signals.signals, name="signals"),
    path("theo-doi/cau-hoi/<int:number>/", signals.reply, name="answer"),
    path("theo-doi/tai/", board.download, name="download"),
    path("theo-doi/cua-toi/", dossiers.own, name="own"),
    path("theo-doi/ho-so/<int:number>/", dossiers.dossier, name="dossier"),
    path("theo-doi/can-bo/<slug:official>/<slug:unit>/", dossiers.record, name="record"),
    path("theo-doi/danh-sach/", lists.all_lists, name="lists"),
    path("theo-doi/danh-sach/lap/<slug:code>/", lists.draft, name="list-draft"),
    path("theo-doi/danh-sach/tong-hop/<slug:code>/", compiled.compiled, name="compiled"),
    path("theo-doi/danh-sach/tong-hop/<slug:code>/<str:month>.<slug:form>", compiled.paper, name="compiled-paper"),
    path("theo-doi/danh-sach/<int:number>/", lists.list_page, name="list"),
    path("theo-doi/danh-sach/<int:number>/tai/<slug:form>/", lists.paper, name="list-paper"),
    path("theo-doi/danh-sach/<int:number>/thong-bao/<int:part>/", lists.notices, name="list-notices"),
    path("theo-doi/danh-sach/<int:number>/quyet-dinh/", several.decide, name="list-decide-several"),
    path("theo-doi/danh-sach/<int:number>/viec/<slug:slug>/", lists.act, name="list-act"),
    path("theo-doi/danh-sach/muc/<int:number>/", replies.item_page, name="list-item"),
    path("theo-doi/danh-sach/muc/<int:number>/phan-hoi/", replies.reply, name="list-reply"),
    path("theo-doi/danh-sach/muc/<int:number>/quyet-dinh/", replies.decide, name="list-decide"),
    path("theo-doi/danh-sach/thong-bao/<int:number>/", replies.notice_page, name="list-notice"),
    path("theo-doi/danh-sach/thong-bao/<int:number>/tai/<slug:form>/", replies.notice_paper, name="list-notice-paper"),
    path("theo-doi/danh-sach/thong-bao/<int:number>/da-nhan/", replies.received, name="list-received"),
    path("theo-doi/xac-minh/", verdicts.verdicts, name="verdicts"),
    path("theo-doi/xac-minh/nhieu/", several.verify, name="verify-several"),
    path("theo-doi/xac-minh/<int:number>/", verdicts.verify, name="verify"),
    path("theo-doi/xac-minh/rut/<slug:code>/", verdicts.draw, name="verdict-draw"),
    path("theo-doi/xac-minh/phuc-tra/<int:number>/", verdicts.recheck, name="recheck"),
    path("danh-sach-cham/", public_lists.index, name="public-lists"),
    path("danh-sach-cham/tong-hop/<slug:code>/<str:month>/", compiled.public_page, name="public-compiled"),
    path(
        "danh-sach-cham/tong-hop/<slug:code>/<str:month>.<slug:form>",
        compiled.public_paper,
        name="public-compiled-paper",
    ),
    path("danh-sach-cham/<slug:code>/<str:month>.json", public_lists.download, name="public-list-file"),
    path("danh-sach-cham/<slug:code>/<str:month>.<slug:form>", public_lists.paper, name="public-list-paper"),
    path("danh-sach-cham/<slug:code>/<str:month>/", public_lists.list_page, name="public-list"),
    *CASES,
    *LOGS,
]
