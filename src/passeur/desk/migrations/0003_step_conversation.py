"""A gesture remembers whose title it shows: the title goes when its opening is taken out."""

import django.db.models.deletion
from django.db import migrations, models

# The lines that bear the title of a conversation lead to it, or to a contribution of it.
FILL = """
update desk_step s set conversation_id = c.id
from conversations_conversation c
where s.url ~ '^/conversations/[0-9]+/' and c.id = substring(s.url from '^/conversations/([0-9]+)/')::bigint;
update desk_step s set conversation_id = k.conversation_id
from conversations_contribution k
where s.url ~ '^/contributions/[0-9]+/' and k.id = substring(s.url from '^/contributions/([0-9]+)/')::bigint;
"""


class Migration(migrations.Migration):
    dependencies = [("desk", "0002_entries"), ("conversations", "0005_title_aside")]
    operations = [
        migrations.AddField(
            model_name="step",
            name="conversation",
            field=models.ForeignKey(
                blank=True,
                help_text="whose title that is",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="conversations.conversation",
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
