"""Two changes made side by side, put into one line."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('engagement', '0011_four_weeks'),
        ('engagement', '0011_places_in_the_network'),
    ]

    operations = []
