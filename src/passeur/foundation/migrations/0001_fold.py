"""Makes the SQL function `passeur_fold`."""

from django.db import migrations

from passeur.foundation.text import fold_sql


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [migrations.RunSQL(fold_sql(), "drop function if exists passeur_fold(text)")]
