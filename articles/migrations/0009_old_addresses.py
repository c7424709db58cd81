import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0008_search_entry'),
    ]

    operations = [
        migrations.CreateModel(
            name='OldAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=400, unique=True)),
                ('claimed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='old_addresses', to='articles.article')),
            ],
            options={
                'ordering': ['path'],
                'constraints': [models.CheckConstraint(condition=models.Q(('path__startswith', '/'), models.Q(('path__startswith', '//'), _negated=True)), name='articles_oldaddress_is_a_path')],
            },
        ),
    ]
