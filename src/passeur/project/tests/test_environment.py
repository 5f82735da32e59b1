"""What the environment may say, and the sentence for what it may not."""

import ast
import os
import stat
import subprocess
import sys

import pytest

from passeur.project import environment
from passeur.project.environment import BadSetting


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql://passeur:a%40b@db.example:5433/house?sslmode=require",
            {"HOST": "db.example", "PORT": "5433", "USER": "passeur", "PASSWORD": "a@b", "NAME": "house"},
        ),
        ("postgres://db.example", {"HOST": "db.example", "PORT": "", "NAME": "passeur"}),
        ("postgresql://u@/house?host=%2Frun%2Fpg", {"HOST": "/run/pg", "USER": "u", "NAME": "house"}),
    ],
)
def test_a_database_url_is_read(monkeypatch, tmp_path, url, expected):
    monkeypatch.setenv("DATABASE_URL", url)
    described = environment.database(tmp_path)
    assert {name: described[name] for name in expected} == expected


def test_what_a_database_url_adds_reaches_the_driver(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://db.example/house?sslmode=require")
    assert environment.database(tmp_path)["OPTIONS"]["sslmode"] == "require"


@pytest.mark.parametrize(("given", "threshold"), [("yes", sys.maxsize), ("no", None)])
def test_statements_are_prepared_unless_a_pooler_cannot(monkeypatch, tmp_path, given, threshold):
    monkeypatch.setenv("PASSEUR_PREPARE", given)
    assert environment.database(tmp_path)["OPTIONS"]["prepare_threshold"] == threshold


@pytest.mark.parametrize("url", ["mysql://db/house", "db.example", "postgresql://db/house?nonsense=1"])
def test_an_unreadable_database_url_is_one_sentence(monkeypatch, tmp_path, url):
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(BadSetting, match="DATABASE_URL") as refusal:
        environment.database(tmp_path)
    assert "\n" not in str(refusal.value)


def test_without_a_database_url_the_private_server_is_meant(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL")
    described = environment.database(tmp_path)
    assert (described["HOST"], described["USER"]) == (str(tmp_path / "postgres"), "passeur")


@pytest.mark.parametrize(
    ("given", "secure"),
    [("https://passeur.example.org/", True), ("http://127.0.0.1:8000", False), ("http://[::1]:8000", False)],
)
def test_an_address_is_https_or_this_machine(monkeypatch, given, secure):
    monkeypatch.setenv("PASSEUR_ADDRESS", given)
    address = environment.address()
    assert address is not None
    assert address.is_secure is secure
    assert address.origin == given.rstrip("/")


@pytest.mark.parametrize(
    "given",
    [
        "http://passeur.example.org",
        "passeur.example.org",
        "https://",
        "https://x/path",
        "ftp://x",
        "https://[x",
    ],
)
def test_any_other_address_is_refused(monkeypatch, given):
    monkeypatch.setenv("PASSEUR_ADDRESS", given)
    with pytest.raises(BadSetting, match="PASSEUR_ADDRESS"):
        environment.address()


def test_the_secret_key_is_made_once_and_for_its_owner_only(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY")
    key = environment.secret_key(tmp_path / "data")
    assert len(key) > 50
    assert environment.secret_key(tmp_path / "data") == key
    assert stat.S_IMODE((tmp_path / "data" / "secret-key").stat().st_mode) == 0o600


def test_a_data_folder_that_cannot_be_made_is_one_sentence(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY")
    (tmp_path / "file").write_text("")
    with pytest.raises(BadSetting, match="DATA_DIR"):
        environment.secret_key(tmp_path / "file" / "data")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "smtp://ines:a%2Fb@mail.example:2525",
            {"EMAIL_PORT": 2525, "EMAIL_USE_TLS": True, "EMAIL_HOST_PASSWORD": "a/b"},
        ),
        ("smtps://mail.example", {"EMAIL_PORT": 465, "EMAIL_USE_SSL": True, "EMAIL_USE_TLS": False}),
        ("smtp://localhost:25?tls=no", {"EMAIL_PORT": 25, "EMAIL_USE_TLS": False}),
        ("", {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}),
    ],
)
def test_mail_goes_where_email_url_says(monkeypatch, url, expected):
    monkeypatch.setenv("EMAIL_URL", url)
    described = environment.mail()
    assert {name: described[name] for name in expected} == expected


def test_an_unreadable_email_url_is_one_sentence(monkeypatch):
    monkeypatch.setenv("EMAIL_URL", "mail.example:25")
    with pytest.raises(BadSetting, match="EMAIL_URL"):
        environment.mail()


@pytest.mark.parametrize("given", ["", "http://localhost:8000", "http://127.0.0.1:8000"])
def test_on_this_machine_all_its_names_are_answered_and_passkeys_need_no_https(given):
    assert _settings(given) == (["localhost", "127.0.0.1", "[::1]"], True)


def test_elsewhere_only_the_public_name_is_answered_and_passkeys_need_https():
    assert _settings("https://passeur.example.org") == (["passeur.example.org"], False)


def _settings(address: str) -> tuple[list[str], bool]:
    """Whom these settings answer, and whether passkeys go without https, in a process of their own."""
    names = "s.ALLOWED_HOSTS, s.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"
    asked = f"from passeur.project import settings as s; print(({names}))"
    kept = {name: value for name, value in os.environ.items() if name != "PASSEUR_HOSTS"}
    said = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True,
        env={**kept, "PASSEUR_ADDRESS": address},
    )  # fmt: skip
    hosts, insecure = ast.literal_eval(said.stdout)
    return hosts, insecure
