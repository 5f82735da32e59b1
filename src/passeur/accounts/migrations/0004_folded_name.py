"""An index on people in the order of their names, without case or accents: the first page of all of them opens by it.

Made while the product serves: it locks nothing that is being written.
"""

from __future__ import annotations

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

from passeur.foundation.folded import Folded


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("accounts", "0003_name_words"), ("foundation", "0001_fold")]
    operations = [
        AddIndexConcurrently("member", models.Index(Folded("name"), "id", name="member_folded_name"))
    ]
