"""An index that finds people by the beginning of a word of their name.

Made while the product serves: it locks nothing that is being written.
"""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations

from passeur.foundation.folded import NameWords


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("accounts", "0002_people"), ("foundation", "0001_fold")]
    operations = [AddIndexConcurrently("member", GinIndex(NameWords("name"), name="member_name_words"))]
