"""An index that gives whom somebody has helped, without all else that they did.

Made while the product serves: it locks nothing that is being written.
"""

from __future__ import annotations

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("expertise", "0002_contest")]
    operations = [
        AddIndexConcurrently(
            "tally",
            models.Index(
                fields=["community", "person", "key"],
                condition=models.Q(scope=5),
                include=["year"],
                name="tally_helped",
            ),
        ),
    ]
