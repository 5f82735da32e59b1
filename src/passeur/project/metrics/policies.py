"""Who may read the figures: programs of this machine, and whoever has the token."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils.crypto import constant_time_compare

_OF_A_PROXY = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP")


def may_read(request: HttpRequest) -> bool:
    """Whether the token is right, or nobody but this machine is asking."""
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    token: str = settings.METRICS_TOKEN
    if token and kind.lower() == "bearer" and constant_time_compare(given.strip(), token):
        return True
    return _is_of_this_machine(request)


def _is_of_this_machine(request: HttpRequest) -> bool:
    """A proxy on this machine speaks from it too: it passes the public name on, or says that it forwards."""
    if any(name in request.headers for name in _OF_A_PROXY):
        return False
    host, _port = split_domain_port(request.headers.get("Host", ""))
    return _is_loopback(host.strip("[]")) and _is_loopback(str(request.META.get("REMOTE_ADDR", "")))


def _is_loopback(name: str) -> bool:
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"
