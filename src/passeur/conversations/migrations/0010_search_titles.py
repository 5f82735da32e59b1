"""An index of the words of titles, by week, made while the product serves."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations

from ..models.search import SpansOfTitle, TitleOf


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("conversations", "0009_milestones")]
    operations = [
        AddIndexConcurrently(
            "searchdocument",
            GinIndex(TitleOf("words"), SpansOfTitle("week"), name="search_titles", gin_pending_list_limit=512),
        ),
    ]
