"""An index that gives all that somebody has shown in a community, themes and overall, side by side.

Made while the product serves: it locks nothing that is being written.
"""

from __future__ import annotations

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("expertise", "0003_helped")]
    operations = [
        AddIndexConcurrently(
            "tally",
            models.Index(
                fields=["community", "person", "key"],
                condition=models.Q(scope__in=[1, 2, 3, 4]),
                name="tally_standing",
            ),
        ),
    ]
