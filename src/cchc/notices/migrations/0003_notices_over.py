from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0002_wishes_version"),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="over_at",
            field=models.DateTimeField(null=True),
        ),
    ]
