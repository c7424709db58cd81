from django.db import migrations
from django.db.models import F


def say_that_they_are_silent(apps, schema_editor):
    """Let imports that were killed before this could be told be found: they last spoke when they were made.

    None can be running: a migration is run while the site and its worker stand still.
    """
    ImportFile = apps.get_model("affiliates", "ImportFile")
    busy = ImportFile.objects.filter(state__in=["checking", "writing", "undoing"], seen_at=None)
    busy.update(seen_at=F("created_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("affiliates", "0012_import_goes_on"),
    ]

    operations = [
        migrations.RunPython(say_that_they_are_silent, migrations.RunPython.noop),  # the reverse drops the column
    ]
