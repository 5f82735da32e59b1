"""What the accounts room puts into the frame: one's own pages, and the ways in and out."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from passeur.foundation import navigation
from passeur.foundation.icons import Icon
from passeur.foundation.navigation import NavEntry, Purpose
from passeur.foundation.palette import PaletteItem, offer
from passeur.foundation.quick import address
from passeur.foundation.text import fold_name

from . import queries


def _profile(request: HttpRequest) -> str:
    return address("accounts:profile", request.user.pk)


navigation.register(
    NavEntry(Purpose.MENU, _("Mon profil"), Icon("user"), "accounts:profile", order=10, url=_profile)
)
navigation.register(
    NavEntry(Purpose.MENU, _("Préférences"), Icon("sliders-horizontal"), "accounts:preferences", order=20)
)
navigation.register(
    NavEntry(Purpose.MENU, _("Ce que Passeur sait de moi"), Icon("shield-check"), "accounts:known", order=15)
)
navigation.register(
    NavEntry(Purpose.FOOT, _("Vos données"), Icon("shield-check"), "accounts:known", order=10)
)
navigation.register(
    NavEntry(
        Purpose.FOOT,
        _("Accessibilité"),
        Icon("info"),
        "foundation:accessibility",
        order=20,
        shown=lambda request: True,
    )
)
navigation.place("sign_in", "account_login")
navigation.place("sign_out", "account_logout")


@offer(order=60)
def people(request: HttpRequest, query: str) -> Iterator[PaletteItem]:
    """People one knows, by a part of their name."""
    if not request.user.is_authenticated:
        return
    for member in queries.named(request.user, fold_name(query), most=4):
        hint = " · ".join(part for part in (member.job, member.site) if part)
        yield PaletteItem(member.name, reverse("accounts:profile", args=[member.pk]), Icon("user"), hint)
