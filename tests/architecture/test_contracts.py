"""The floors of the house, the tables, and the settings of production hold."""

import json
import os
import subprocess
import sys
from pathlib import Path

from django.core.management import call_command
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[2]


def test_rooms_import_from_the_floors_below_only():
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml")) == 0


def test_every_change_of_a_model_has_its_migration(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def production(*words: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run a command of Django as production would, with an address and nothing else."""
    environment = {**os.environ, "PASSEUR_ADDRESS": "https://passeur.example.org", **changes}
    environment["SECRET_KEY"] = "5f0c8e2b-9d1a-4c37-8b6e-0a7d3f9e1c24-w8Jq!zR2^vTn-3xK"
    environment.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # of the journeys
    environment.setdefault("DJANGO_SETTINGS_MODULE", "passeur.project.settings")
    command = [sys.executable, "-m", "django", *words]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def test_production_settings_are_clean():
    checked = production("check", "--deploy", "--fail-level", "INFO")
    assert checked.returncode == 0, checked.stderr


def test_production_without_https_is_refused():
    refused = production("check", PASSEUR_ADDRESS="http://passeur.example.org")
    assert refused.returncode != 0
    assert "https://" in refused.stderr


def test_the_policy_of_pages_allows_nothing_inline(client):
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy


def test_the_lock_names_no_index_and_hashes_everything():
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        text = lock.read_text()
        assert "--index-url" not in text
        assert "://" not in text.replace("file://", "://")
        packages = [line for line in text.splitlines() if "==" in line and not line.startswith((" ", "#"))]
        assert packages
        assert text.count("--hash=sha256:") >= len(packages)


def test_running_asks_for_nothing_that_developing_does_not_have():
    def pins(name: str) -> dict[str, str]:
        lines = (ROOT / "requirements" / name).read_text().splitlines()
        return dict(line.split(" ")[0].split("==") for line in lines if "==" in line and line[0].isalnum())

    run, dev = pins("run.txt"), pins("dev.txt")
    assert {name: version for name, version in run.items() if dev.get(name) != version} == {}


def test_the_package_data_of_npm_is_pinned():
    package = json.loads((ROOT / "frontend" / "package.json").read_text())
    assert all(version[0].isdigit() for version in package["dependencies"].values())
