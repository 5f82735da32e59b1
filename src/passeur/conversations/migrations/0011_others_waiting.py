"""An index of what waits, by who asked and where, made while the product serves."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("conversations", "0010_search_titles")]
    operations = [
        AddIndexConcurrently(
            "conversation",
            models.Index(
                fields=["author", "community"],
                condition=models.Q(state="waiting"),
                name="conversation_others_waiting",
            ),
        ),
    ]
