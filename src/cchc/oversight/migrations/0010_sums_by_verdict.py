from collections.abc import Iterator
from typing import Any

from django.db import migrations, models
from django.db.models import Count

_GRAIN = (
    "source_id", "month", "unit_id", "unit_name", "holder_kind", "official_id", "holder_name", "role",
    "dossier__procedure",
)  # fmt: skip
_FINDINGS = ("real", "forgotten")


def count_verdicts(apps: Any, _: Any) -> None:
    """Of verdicts that were given before: the sums of their shares say how many are overdue by each finding."""
    share, kept_sum = apps.get_model("oversight", "KeptShare"), apps.get_model("oversight", "KeptSum")
    for finding in _FINDINGS:
        for key, number in list(_counted(share, finding)):
            kept_sum.objects.filter(**key).update(**{f"overdue_{finding}": number})


def _counted(share: Any, finding: str) -> Iterator[tuple[dict[str, Any], int]]:
    found = share.objects.filter(
        is_overdue=True, dossier__verdicts__is_current=True, dossier__verdicts__finding=finding
    )
    for row in found.order_by().values(*_GRAIN).annotate(number=Count("pk")):
        number = row.pop("number")
        yield row | {"procedure": row.pop("dossier__procedure")}, number


class Migration(migrations.Migration):
    dependencies = [("oversight", "0009_who_was_told_of_forecasts")]

    operations = [
        migrations.AddField("keptsum", f"overdue_{finding}", models.PositiveBigIntegerField(default=0), False)
        for finding in _FINDINGS
    ] + [migrations.RunPython(count_verdicts, migrations.RunPython.noop)]
