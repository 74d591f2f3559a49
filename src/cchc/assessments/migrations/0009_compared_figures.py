from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def keep_figures(apps: Any, _: Any) -> None:
    """For rounds that units already score themselves in."""
    from cchc.assessments.comparing import compared_columns
    from cchc.assessments.computing import only_compared
    from cchc.assessments.criteria import set_of

    of = {name: apps.get_model("assessments", name) for name in ("Round", "Answer", "ComparedFigure")}
    for round_ in of["Round"].objects.exclude(state="preparing").exclude(criteria="").order_by("pk"):
        criteria = set_of(round_)
        part = only_compared(criteria, criteria.by_code.keys())
        if part is not None:
            sheets = list(round_.sheets.order_by("pk"))
            answers = of["Answer"].objects.filter(sheet__round=round_, criterion__in=list(part.by_code)).order_by("pk")
            rows = compared_columns(part, sheets, list(answers))
            of["ComparedFigure"].objects.bulk_create((of["ComparedFigure"](**row) for row in rows), batch_size=1_000)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0008_opinions_asked")]

    operations = [
        migrations.CreateModel(
            name="ComparedFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("group", models.CharField(blank=True, max_length=100)),
                ("criterion", models.CharField(max_length=40)),
                ("stage", models.CharField(max_length=20)),
                ("figure", models.TextField(blank=True)),
                ("order_key", models.CharField(blank=True, max_length=100)),
                ("was_said", models.BooleanField(default=False)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="assessments.round"
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="assessments.sheet"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["round", "group", "criterion", "stage", "-order_key"], name="assessments_figures_order"
                    ),
                    models.Index(
                        condition=models.Q(("was_said", True)),
                        fields=["round", "group", "criterion", "stage"],
                        name="assessments_figures_said",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sheet", "criterion", "stage"), name="assessments_compared_figure_once"
                    )
                ],
            },
        ),
        migrations.RunPython(keep_figures, migrations.RunPython.noop),
    ]
