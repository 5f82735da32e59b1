from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sponsors', '0002_told'),
    ]

    operations = [
        migrations.AddField(
            model_name='told',
            name='before',
            field=models.JSONField(help_text='the same, of the weeks before', null=True),
        ),
        migrations.AddField(
            model_name='told',
            name='counted_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='told',
            name='gestures',
            field=models.PositiveIntegerField(help_text='cues that the LCM answered in those weeks', null=True),
        ),
    ]
