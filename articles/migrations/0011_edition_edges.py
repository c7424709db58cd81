from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0010_image_renditions"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(
                condition=models.Q(("live_from__gt", models.F("created_at"))),
                fields=["live_from"],
                name="articles_edition_starts",
            ),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(
                condition=models.Q(("live_until__isnull", False)),
                fields=["live_until"],
                name="articles_edition_ends",
            ),
        ),
    ]
