"""A page goes out compressed to a browser that can read it so, and as it is to any other."""

import gzip

import pytest

from passeur.accounts.tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


def test_a_page_is_compressed_for_who_can_read_it(client):
    client.force_login(MemberFactory())
    packed = client.get("/me/preferences/", headers={"accept-encoding": "gzip, br"})
    plain = client.get("/me/preferences/")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert b"<title>" in gzip.decompress(packed.content)
    assert len(packed.content) < len(plain.content) / 2
    assert "Content-Encoding" not in plain.headers
