"""Counts of conversations by state, kept by triggers of their table."""

import django.db.models.deletion
from django.db import migrations, models

TRIGGERS = """
create function conversations_count_states() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into conversations_statecount (community_id, state, n)
    select community_id, state, count(*) from came group by 1, 2;
  elsif tg_op = 'DELETE' then
    insert into conversations_statecount (community_id, state, n)
    select community_id, state, -count(*) from gone group by 1, 2;
  else
    insert into conversations_statecount (community_id, state, n)
    select community_id, state, sum(n) from (
      select community_id, state, 1 as n from came union all select community_id, state, -1 from gone
    ) as changed group by 1, 2 having sum(n) <> 0;
  end if;
  return null;
end $$;
create trigger count_states_of_new after insert on conversations_conversation
  referencing new table as came for each statement execute function conversations_count_states();
create trigger count_states_of_gone after delete on conversations_conversation
  referencing old table as gone for each statement execute function conversations_count_states();
create trigger count_states_of_changed after update on conversations_conversation
  referencing old table as gone new table as came
  for each statement execute function conversations_count_states();
-- Also for an import, which says that it is a replica so that keys it just made are not looked up once more.
alter table conversations_conversation enable always trigger count_states_of_new;
alter table conversations_conversation enable always trigger count_states_of_gone;
alter table conversations_conversation enable always trigger count_states_of_changed;
-- Making the triggers has locked the table against writers: what is counted now and what they add is all.
insert into conversations_statecount (community_id, state, n)
select community_id, state, count(*) from conversations_conversation group by 1, 2;
"""
NO_TRIGGERS = """
drop trigger count_states_of_new on conversations_conversation;
drop trigger count_states_of_gone on conversations_conversation;
drop trigger count_states_of_changed on conversations_conversation;
drop function conversations_count_states();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0002_invitation_name_language"),
        ("conversations", "0005_title_aside"),
    ]
    operations = [
        migrations.CreateModel(
            name="StateCount",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False, auto_created=True, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Attend une réponse"),
                            ("replied", "En discussion, sans réponse"),
                            ("answered", "A une réponse"),
                            ("not_helped", "Pas encore aidée"),
                            ("resolved", "Résolue"),
                            ("open", "Ouverte"),
                            ("closed", "Close"),
                        ],
                        max_length=10,
                    ),
                ),
                ("n", models.IntegerField()),
                (
                    "community",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="communities.community",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
    ]
