"""What a course has to do with: said and taken back by those who animate, and by administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from passeur.foundation import audit
from passeur.foundation import events as bus
from passeur.foundation.policies import require

from .. import policies
from ..choices import Act
from ..events import CourseHelpSwitched, CourseTied
from ..models import CourseSilence, CourseTie

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community
    from passeur.skills.models import Theme

    from ..models import Course


def tie(*, course: Course, community: Community, theme: Theme | None, by: Member) -> CourseTie:
    """Say that a course is about a theme of a community, or about the whole of it. Said again, it is left."""
    require(policies.can_tie(by, community))
    require(theme is None or theme.community_id == community.pk)
    with transaction.atomic():
        made, is_new = CourseTie.objects.get_or_create(
            course=course, community=community, theme=theme, defaults={"tied_by": by}
        )
        if is_new:
            _record(Act.COURSE_TIED, made, by)
    return made


def untie(*, tie: CourseTie, by: Member) -> None:
    """Take it back: nothing more is said of who learns in it there."""
    require(policies.can_tie(by, tie.community))
    with transaction.atomic():
        if CourseTie.objects.filter(pk=tie.pk).delete()[0]:
            _record(Act.COURSE_UNTIED, tie, by)


def _record(act: Act, tie: CourseTie, by: Member) -> None:
    audit.record(act, by=by.pk, community=tie.community_id, course=tie.course_id, theme=tie.theme_id or 0)
    bus.publish(CourseTied(course=tie.course_id, community=tie.community_id))


def use_courses(*, on: bool, by: Member) -> None:
    """Let one's courses be used to be helped, or not."""
    with transaction.atomic():
        if on:
            CourseSilence.objects.filter(member=by).delete()
        else:
            CourseSilence.objects.get_or_create(member=by)
        bus.publish(CourseHelpSwitched(member=by.pk))
