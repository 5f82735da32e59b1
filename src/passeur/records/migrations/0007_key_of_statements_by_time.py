"""The key of a statement begins with when it was stored, so that new rows come at its end: decision 73."""

from django.db import migrations, models

# Each by itself, as Citus takes them. What read the index of `stored` reads the key, which begins with it.
KEY = 'ALTER TABLE records_statement ADD CONSTRAINT records_statement_pkey PRIMARY KEY ({})'
DROP = 'ALTER TABLE records_statement DROP CONSTRAINT records_statement_pkey'


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0006_place_of_a_statement'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL([DROP, KEY.format('stored, id')], [DROP, KEY.format('id, stored')]),
            ],
            state_operations=[
                migrations.RemoveField('statement', 'pk'),
                migrations.AddField(
                    'statement',
                    'pk',
                    models.CompositePrimaryKey('stored', 'id', blank=True, editable=False, primary_key=True, serialize=False),
                ),
            ],
        ),
        migrations.RemoveIndex('statement', 'statement_stored'),
    ]
