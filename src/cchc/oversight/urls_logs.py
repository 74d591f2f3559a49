"""Addresses of sources, logs and the names in them."""

from __future__ import annotations

from typing import Final

from django.urls import path

from cchc.oversight.views import log_names, logs

LOGS: Final = [
    path("theo-doi/nguon/", logs.sources, name="sources"),
    path("theo-doi/nguon/moi/", logs.add_source, name="source-new"),
    path("theo-doi/nguon/<int:number>/", logs.source_page, name="source"),
    path("theo-doi/nguon/<int:number>/tai-len/", logs.hand_in, name="log-new"),
    path("theo-doi/nguon/<int:number>/ten/", log_names.names, name="names"),
    path("theo-doi/nguon/ten/<int:number>/", log_names.name, name="name"),
    path("theo-doi/nguon/nhat-ky/<int:number>/", logs.log_page, name="log"),
    path("theo-doi/nguon/nhat-ky/<int:number>/cot/", logs.map_columns, name="log-columns"),
    path("theo-doi/nguon/nhat-ky/<int:number>/yaml/", logs.map_text, name="log-yaml"),
    path("theo-doi/nguon/nhat-ky/<int:number>/chay-thu/", logs.try_it, name="log-try"),
    path("theo-doi/nguon/nhat-ky/<int:number>/nhap/", logs.load, name="log-load"),
    path("theo-doi/nguon/nhat-ky/<int:number>/dung/", logs.give_up, name="log-give-up"),
    path("theo-doi/nguon/nhat-ky/<int:number>/bo/", logs.set_aside, name="log-aside"),
    path("theo-doi/nguon/nhat-ky/<int:number>/dong-loi.csv", logs.rejects, name="log-rejects"),
]
