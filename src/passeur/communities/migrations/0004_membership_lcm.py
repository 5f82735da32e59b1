"""An index of the managers of communities, made while the product serves."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("communities", "0003_still_true")]
    operations = [
        AddIndexConcurrently(
            "membership",
            models.Index(
                fields=["community"], condition=models.Q(role="lcm", left_at=None), name="membership_lcm"
            ),
        ),
    ]
