"""The title of a conversation whose opening was taken out is set aside, and what was made of it is made again."""

from django.db import migrations, models

TAKEN_OUT = """
    exists (
        select 1 from conversations_contribution o
        where o.conversation_id = c.id and o.part = 'opening' and o.deleted_at is not null
    )
"""
ASIDE = f"""
update conversations_conversation c set title_aside = title, title = '' where title <> '' and {TAKEN_OUT};
delete from conversations_searchdocument d using conversations_conversation c
where c.id = d.conversation_id and c.title = '';
"""
BACK = "update conversations_conversation set title = title_aside where title = '' and title_aside <> ''"


class Migration(migrations.Migration):
    dependencies = [("conversations", "0004_latest")]
    operations = [
        migrations.AddField(
            model_name="conversation",
            name="title_aside",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                editable=False,
                help_text="the title, while the opening is taken out and `title` is empty",
                max_length=300,
            ),
        ),
        migrations.RunSQL(ASIDE, BACK),
    ]
