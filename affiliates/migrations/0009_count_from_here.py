from django.db import migrations
from django.db.models import Max
from django.db.models.functions import TruncDate


def count_from_here(apps, schema_editor):
    """Leave the clicks that have been counted to their days, which are settled anew one by one.

    The running count begins after them, else it would add them to the day sums a second time.
    """
    Click = apps.get_model("affiliates", "Click")
    last = Click.objects.aggregate(last=Max("pk"))["last"]
    if last is None:
        return
    apps.get_model("affiliates", "CountMark").objects.create(pk=1, last_click=last)
    CountedDay = apps.get_model("affiliates", "CountedDay")
    days = Click.objects.annotate(day=TruncDate("time")).values_list("day", flat=True).distinct().order_by("day")
    CountedDay.objects.bulk_create([CountedDay(day=day) for day in days])


class Migration(migrations.Migration):
    dependencies = [
        ("affiliates", "0008_link_health"),
    ]

    operations = [
        migrations.RunPython(count_from_here, migrations.RunPython.noop),  # the reverse drops these tables
    ]
