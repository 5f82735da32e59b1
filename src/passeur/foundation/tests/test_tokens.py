"""The token of the forms of one page."""

from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, rotate_token
from django.test import RequestFactory

from passeur.foundation.tokens import form_token


def opens(token, secret):
    """Whether a form that brings this token is taken from a browser that holds this secret."""
    request = RequestFactory().post("/", {"csrfmiddlewaretoken": token})
    request.COOKIES["csrftoken"] = secret
    gate = CsrfViewMiddleware(lambda request: HttpResponse())
    gate.process_request(request)
    return gate.process_view(request, lambda request: HttpResponse(), (), {}) is None


def test_all_forms_of_a_page_bring_one_token_and_another_page_another_of_the_same_secret():
    one, other = RequestFactory().get("/"), RequestFactory().get("/")
    token = form_token(one)
    assert form_token(one) == token
    secret = other.META["CSRF_COOKIE"] = one.META["CSRF_COOKIE"]
    assert form_token(other) != token
    assert opens(token, secret)
    assert opens(form_token(other), secret)
    assert one.META["CSRF_COOKIE_NEEDS_UPDATE"]


def test_whoever_signs_in_while_a_page_is_made_gets_the_token_of_the_new_secret():
    request = RequestFactory().get("/")
    before = form_token(request)
    rotate_token(request)
    assert form_token(request) != before
    assert opens(form_token(request), request.META["CSRF_COOKIE"])
