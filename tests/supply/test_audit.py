"""What the audit of the dependencies makes of each answer it may get."""

import json

import pytest

from tools import audit

SAFE = {"name": "django", "version": "5.2.19", "vulns": []}
FLAWED = {
    "name": "pillow",
    "version": "9.0.0",
    "vulns": [{"id": "PYSEC-2022-10", "fix_versions": ["9.0.1"], "aliases": [], "description": ""}],
}
NOT_KNOWN = {"name": "tomlkit", "skip_reason": "Dependency not found"}


def report(*packages: dict) -> str:
    return json.dumps({"dependencies": list(packages), "fixes": []})


def test_a_known_vulnerability_is_named_with_the_version_that_mends_it():
    outcome = audit.judge(report(SAFE, FLAWED))
    assert outcome.code == audit.VULNERABLE
    assert outcome.lines == ["pillow 9.0.0: PYSEC-2022-10, mended in 9.0.1"]


def test_none_known_is_clean():
    assert audit.judge(report(SAFE)).code == audit.CLEAN


@pytest.mark.parametrize("printed", ["", "Traceback", "{}", report(SAFE, NOT_KNOWN)])
def test_what_was_not_asked_is_not_called_clean(printed):
    assert audit.judge(printed).code == audit.UNKNOWN


@pytest.mark.parametrize(
    ("printed", "strict", "code"),
    [
        (report(FLAWED), False, 1),
        (report(NOT_KNOWN), False, 0),
        (report(NOT_KNOWN), True, 1),
        (report(SAFE), True, 0),
    ],
)
def test_a_vulnerability_always_fails_and_silence_only_where_asked(monkeypatch, printed, strict, code):
    monkeypatch.setattr(audit, "ask", lambda lock: printed)
    assert audit.main(strict) == code
