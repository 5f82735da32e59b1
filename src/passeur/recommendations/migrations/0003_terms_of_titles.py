"""In how many titles a term stands, and an index of the terms of titles, made while the product serves."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

from passeur.recommendations.models import TermsOfTitle

# Who indexes meanwhile holds the corpora that they change first, in this order: they wait, and nobody waits for
# each other in a ring. What the previous version indexes afterwards is not counted: these numbers only say which
# terms are usual.
COUNT = """
SELECT FROM recommendations_lexicalcorpus ORDER BY kind, scope FOR UPDATE;
UPDATE recommendations_lexicalterm t SET titles = counted.titles
  FROM (SELECT term, count(*) AS titles
          FROM recommendations_lexicaldocument, unnest(terms[1:titles]) AS own(term) GROUP BY term) AS counted
 WHERE counted.term = t.term
"""


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("recommendations", "0002_close_lists")]
    operations = [
        migrations.AddField("lexicalterm", "titles", models.IntegerField(default=0, db_default=0)),
        migrations.RunSQL(COUNT, migrations.RunSQL.noop),
        AddIndexConcurrently("lexicaldocument", GinIndex(TermsOfTitle(), name="lexical_title_terms")),
    ]
