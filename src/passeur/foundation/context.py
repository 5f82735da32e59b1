"""What each template may ask about the frame: theme, shortcuts, navigation. Nothing is computed unasked."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from passeur.foundation.frame import Frame
from passeur.foundation.navigation import Navigation
from passeur.foundation.tokens import form_token


def theme(request: HttpRequest) -> str:
    """`light` or `dark` where the member chose one, else nothing: the device decides."""
    chosen = getattr(request.user, "appearance", "system")
    return chosen if chosen in {"light", "dark"} else ""


def shortcuts(request: HttpRequest) -> bool:
    """Whether single keys act (a member may switch them off)."""
    return bool(getattr(request.user, "shortcuts", True))


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context processor of the shared pages."""
    navigation = Navigation(request)
    return {
        "theme": SimpleLazyObject(lambda: theme(request)),
        "shortcuts_on": SimpleLazyObject(lambda: shortcuts(request)),
        "navigation": navigation,
        "frame": Frame(request, navigation),
        "csrf_token": SimpleLazyObject(lambda: form_token(request)),
    }
