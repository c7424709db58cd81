from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("affiliates", "0009_count_from_here")]
    operations = [migrations.RenameField("program", "cookie_days", "credit_days")]
