"""All addresses: Vietnamese at `/…`, English at `/en/…`; the health page has no language."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from cchc.interface.health import health

urlpatterns = [
    path("khoe", health, name="health"),
    path("healthz", health),
    *i18n_patterns(
        path("", include("cchc.dossiers.urls")),  # what is asked most comes first
        path("", include("cchc.interface.urls")),
        path("", include("cchc.organizations.urls")),
        path("", include("cchc.organizations.signing_in.urls")),
        path("", include("cchc.files.urls")),
        path("", include("cchc.notices.urls")),
        path("", include("cchc.papers.urls")),
        path("", include("cchc.followups.urls")),
        path("", include("cchc.registers.urls")),
        path("", include("cchc.procedures.urls")),
        path("", include("cchc.slips.urls")),
        path("", include("cchc.apologies.urls")),
        path("", include("cchc.feedback.urls")),
        path("", include("cchc.oversight.urls")),
        path("", include("cchc.assessments.urls")),
        path("", include("cchc.portal.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "cchc.interface.errors.bad_request"
handler403 = "cchc.interface.errors.forbidden"
handler404 = "cchc.interface.errors.not_found"
handler500 = "cchc.interface.errors.server_error"
