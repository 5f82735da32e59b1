"""An index that gives the conversations that lived last, of all communities together.

Made while the product serves: it locks nothing that is being written.
"""

from __future__ import annotations

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("conversations", "0003_newest_first")]
    operations = [
        AddIndexConcurrently(
            "conversation", models.Index(fields=["-last_activity_at", "-id"], name="conversation_latest")
        ),
    ]
