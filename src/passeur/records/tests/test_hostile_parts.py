"""Bodies of several parts, and signatures among them, made to do harm: kept whole, or not at all."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa

from passeur.algorithms.xapi.objects import SIGNATURE

from ..models import Statement
from ..views import statements as views
from .certificates import certificate
from .factories import said
from .programs import Program
from .refusals import kept, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    return Program()


class TestParts:
    """Bodies of several parts."""

    @pytest.fixture
    def body(self):
        content = b"bytes"
        self.sha2 = hashlib.sha256(content).hexdigest()
        one = said(
            attachments=[
                {
                    "usageType": "https://e.org/u",
                    "display": {"fr": "x"},
                    "contentType": "text/plain",
                    "length": 5,
                    "sha2": self.sha2,
                }
            ]
        )
        first = b"--b\r\nContent-Type: application/json\r\n\r\n" + json.dumps([said(), one]).encode()
        second = (
            f"--b\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: {self.sha2}\r\n\r\n".encode()
            + content
        )
        self.ids = [one["id"] for one in json.loads(first.split(b"\r\n\r\n")[1])]
        return first + b"\r\n" + second + b"\r\n--b--"

    def test_it_is_kept_as_it_is(self, program, body):
        assert program.post(body, type="multipart/mixed; boundary=b").status_code == 200
        assert kept()[:4] == [2, 2, 0, 1]

    @pytest.mark.parametrize(
        "kind",
        [
            "multipart/mixed",
            "multipart/mixed; boundary=",
            'multipart/mixed; boundary=""',
            "multipart/mixed; boundary=c",
            'multipart/mixed; boundary="b',
            "multipart/mixed; boundary=é",
            "multipart/form-data; boundary=b",
            "multipart/mixed; boundary=" + "b" * 71,
            'multipart/mixed; boundary="b\\"',
            "multipart/mixed;;;;boundary",
            "application/json",
            "MULTIPART",
        ],
    )
    def test_a_boundary_that_is_none(self, kind, program, body):
        refused(program.post(body, type=kind))

    @pytest.mark.parametrize(
        "change",
        [
            lambda body: body[:-2],
            lambda body: body[:-5],
            lambda body: body.replace(b"binary", b"base64"),
            lambda body: body.replace(b"X-Experience-API-Hash", b"X-Nothing"),
            lambda body: body.replace(b"bytes", b"other"),
            lambda body: body.replace(b"application/json", b"text/plain"),
            lambda body: body.replace(b"\r\n\r\nbytes", b"\r\nbytes"),
            lambda body: body.replace(b"\r\n\r\n[", b"\r\n["),
            lambda body: body.replace(b"Content-Type:", b"Content-Type: a\r\nContent-Type:"),
            lambda body: body.replace(b"Content-Transfer", b"\xff\xfe"),
            lambda body: body.replace(b"binary", b"\xff"),
            lambda body: body.replace(b"\r\n--b--", b"\r\n--b\r\n" * 5000 + b"\r\n--b--"),
            lambda body: body.replace(b"--b\r\n", b"--b\r\n" + b"x" * 100_000 + b": 1\r\n", 1),
            lambda body: body.replace(b"bytes", gzip.compress(b"bytes")),
            lambda body: b"--b--",
            lambda body: b"--b\r\n--b--",
            lambda body: b"\r\n" * 1000,
            lambda body: body.replace(
                b"--b--", b"--b\r\nContent-Transfer-Encoding: binary\r\n\r\nstray\r\n--b--"
            ),
        ],
    )
    def test_parts_that_are_none(self, change, program, body):
        refused(program.post(change(body), type="multipart/mixed; boundary=b"))

    def test_a_page_of_large_attachments_is_cut_and_goes_on(self, program, body, monkeypatch):
        ids = []
        for number in range(4):
            content = bytes([65 + number]) * 3000
            sha2 = hashlib.sha256(content).hexdigest()
            made = body.replace(self.sha2.encode(), sha2.encode()).replace(b"bytes", content)
            for key in self.ids:
                made = made.replace(key.encode(), str(uuid4()).encode())
            ids += program.post(made, type="multipart/mixed; boundary=b").json()
        monkeypatch.setattr(views, "LARGEST", 5000)
        found, address, pages = [], "/xapi/statements?attachments=true", 0
        while address:
            response = program.get(address)
            kind = response.headers["Content-Type"]
            text = response.content.split(b"\r\n\r\n", 1)[1].split(b"\r\n--" + kind.split("=")[1].encode())[0]
            told = json.loads(text)
            assert 0 < len(told["statements"]) < 8
            found += [one["id"] for one in told["statements"]]
            address, pages = told["more"], pages + 1
        assert pages > 2
        assert found == ids[::-1]


@pytest.fixture(scope="module")
def signer():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def signed(statement, key, x5c, **header):
    """A statement with its signature, in parts."""

    def piece(raw):
        return base64.urlsafe_b64encode(raw).rstrip(b"=")

    told = {"alg": "RS256", "x5c": x5c, **header}
    token = piece(json.dumps(told).encode()) + b"." + piece(json.dumps(statement).encode())
    token += b"." + piece(key.sign(token, padding.PKCS1v15(), hashes.SHA256()))
    sha2 = hashlib.sha256(token).hexdigest()
    attachment = {
        "usageType": SIGNATURE,
        "display": {"en": "signature"},
        "contentType": "application/octet-stream",
        "length": len(token),
        "sha2": sha2,
    }
    whole = json.dumps([said(), {**statement, "attachments": [attachment]}]).encode()
    return (
        b"--b\r\nContent-Type: application/json\r\n\r\n"
        + whole
        + f"\r\n--b\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: {sha2}\r\n\r\n".encode()
        + token
        + b"\r\n--b--"
    )


def test_a_signature_with_its_certificate(program, signer):
    body = signed(said(), signer, [certificate(signer)])
    assert program.post(body, type="multipart/mixed; boundary=b").status_code == 200
    Statement.objects.all().delete()
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    body = signed(said(), signer, [certificate(other)])
    assert program.post(body, type="multipart/mixed; boundary=b").status_code == 400


def unknown_key():
    """A certificate whose key is of a kind that nobody knows."""
    key = ed25519.Ed25519PrivateKey.generate()
    raw = base64.b64decode(certificate(key)).replace(b"\x06\x03\x2b\x65\x70", b"\x06\x03\x2b\x65\x7a")
    return base64.b64encode(raw).decode()


@pytest.mark.parametrize(
    "x5c",
    [
        list,
        dict,
        lambda: 1,
        lambda: None,
        lambda: [1],
        lambda: [[]],
        lambda: ["é"],
        lambda: ["AAAA"],
        lambda: "x",
        lambda: [""],
        lambda: [unknown_key()],
        lambda: [certificate(ed25519.Ed25519PrivateKey.generate())],
    ],
)
def test_certificates_that_are_none(x5c, program, signer):
    refused(program.post(signed(said(), signer, x5c()), type="multipart/mixed; boundary=b"))


@pytest.mark.parametrize(
    "header", [{"alg": None}, {"alg": []}, {"alg": "none"}, {"alg": "HS256"}, {"alg": {}}]
)
def test_algorithms_that_sign_nothing(header, program, signer):
    body = signed(said(), signer, [certificate(signer)], **header)
    refused(program.post(body, type="multipart/mixed; boundary=b"))
