from django.db import migrations, models

from cchc.records.search import fold

_AT_ONCE = 500


def make_keys(apps, schema_editor):
    """Of all that was raised before."""
    rows = apps.get_model("followups", "Difficulty").objects.order_by("pk")
    for one in rows.iterator(chunk_size=_AT_ONCE):
        one.search_key = fold(f"{one.text} {one.answer}")
        one.save(update_fields=["search_key"])


class Migration(migrations.Migration):
    dependencies = [
        ("followups", "0011_posts_then"),
    ]

    operations = [
        migrations.AddField(
            model_name="difficulty",
            name="search_key",
            field=models.TextField(default=""),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="difficulty",
            index=models.Index(fields=["-raised_at", "-id"], name="followups_newest_raised"),
        ),
        migrations.RunPython(make_keys, migrations.RunPython.noop),
    ]
