"""Whether this installation can answer."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cchc.interface.access import public


@public
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """`ok` when the database answers; otherwise the server error page says it does not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
