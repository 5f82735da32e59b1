"""The token of the forms of one page."""

from django.middleware.csrf import _does_token_match, rotate_token
from django.test import RequestFactory

from passeur.foundation.tokens import form_token


def test_all_forms_of_a_page_bring_one_token_and_another_page_another_of_the_same_secret():
    one, other = RequestFactory().get("/"), RequestFactory().get("/")
    token = form_token(one)
    assert form_token(one) == token
    other.META["CSRF_COOKIE"] = one.META["CSRF_COOKIE"]
    assert form_token(other) != token
    assert all(_does_token_match(said, one.META["CSRF_COOKIE"]) for said in (token, form_token(other)))
    assert one.META["CSRF_COOKIE_NEEDS_UPDATE"]


def test_whoever_signs_in_while_a_page_is_made_gets_the_token_of_the_new_secret():
    request = RequestFactory().get("/")
    before = form_token(request)
    rotate_token(request)
    assert form_token(request) != before
    assert _does_token_match(form_token(request), request.META["CSRF_COOKIE"])
