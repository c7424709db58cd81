from django.conf import settings
from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    given = apps.get_model("references", "Acknowledgement").objects.filter(by_name="", by__isnull=False)
    users = apps.get_model(settings.AUTH_USER_MODEL).objects.filter(pk=OuterRef("by"))
    known = given.filter(by__in=apps.get_model(settings.AUTH_USER_MODEL).objects.all())
    known.update(by_name=Subquery(users.values("username")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("references", "0005_acknowledgement_by_name"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),  # the column goes, and with it what it held
    ]
