from itertools import islice
from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def keep_points(apps: Any, _: Any) -> None:
    """For what was said in rounds so far: criteria of which nothing was said have none."""
    from cchc.assessments.comparing import points_columns
    from cchc.assessments.computing import NOBODY
    from cchc.assessments.criteria import set_of

    of = {name: apps.get_model("assessments", name) for name in ("Round", "Answer", "StagePoints")}
    for round_ in of["Round"].objects.exclude(state="preparing").exclude(criteria="").order_by("pk"):
        criteria, sheets = set_of(round_), list(round_.sheets.order_by("pk"))
        answers = list(of["Answer"].objects.filter(sheet__round=round_).order_by("pk"))
        said = {(one.sheet_id, one.criterion) for one in answers if one.version}
        resting = {
            (sheet.pk, code)
            for sheet in sheets
            for code, read in criteria.read_for.items()
            if any((sheet.pk, one) in said for one in read)
        }
        rows = points_columns(criteria, criteria.by_code.keys(), sheets, answers, NOBODY)
        made = (of["StagePoints"](**row) for row in rows if (row["sheet_id"], row["criterion"]) in resting)
        while some := list(islice(made, 1_000)):
            of["StagePoints"].objects.bulk_create(some)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0010_visits")]

    operations = [
        migrations.CreateModel(
            name="StagePoints",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("criterion", models.CharField(max_length=40)),
                ("stage", models.CharField(max_length=20)),
                ("points", models.TextField(blank=True)),
                ("applicable", models.BooleanField(default=True)),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="assessments.sheet"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sheet", "criterion", "stage"), name="assessments_stage_points_once"
                    )
                ],
            },
        ),
        migrations.RunPython(keep_points, migrations.RunPython.noop),
    ]
