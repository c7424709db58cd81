from django.db import migrations


def load(apps, schema_editor):
    from affiliates.networks import sync

    sync(apps.get_model("affiliates", "Network"))


class Migration(migrations.Migration):
    dependencies = [("affiliates", "0001_initial")]
    # Nothing to undo: 0001 drops the table.
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
