"""One vector of words in three forms, and where each contribution begins in it."""

from __future__ import annotations

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversations", "0001_initial")]
    operations = [
        migrations.RemoveIndex(model_name="searchdocument", name="search_stems"),
        migrations.RemoveField(model_name="searchdocument", name="stems"),
        migrations.AddField(
            model_name="searchdocument",
            name="contributions",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="searchdocument",
            name="starts",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.IntegerField(), default=list, size=None
            ),
        ),
    ]
