from django.db import migrations, models
import django.utils.timezone


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Derivation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=40, unique=True)),
                ('position', models.BigIntegerField(default=0)),
                ('begun_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.AddField(
            model_name='agent',
            name='link',
            field=models.CharField(blank=True, choices=[('', 'à reconnaître'), ('proven', 'reconnu par Passeur'), ('hand', 'reconnu à la main'), ('apart', 'séparé à la main')], db_default='', default='', max_length=6),
        ),
        migrations.AddIndex(
            model_name='agent',
            index=models.Index(fields=['member', 'link'], name='agent_member_link'),
        ),
    ]
