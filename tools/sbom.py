"""`make sbom`: what Passeur is made of, as CycloneDX 1.6 JSON: locked Python packages and the front-end's.

The Python part comes from `cyclonedx-py` and the lock of what runs; the packages whose files are committed
under `static` are added from the front-end's lock. The whole is checked against the schema first.
"""

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements" / "run.txt"
FRONT_END = ROOT / "frontend" / "package-lock.json"
HASHES = {"sha256": "SHA-256", "sha384": "SHA-384", "sha512": "SHA-512"}


class NotValid(Exception):
    """The list would not be CycloneDX."""


def python_part() -> dict[str, Any]:
    """The bill of the locked packages, the same bytes each time, and naming no index."""
    command = ["cyclonedx-py", "requirements", str(LOCK), "--pyproject", str(ROOT / "pyproject.toml")]
    program = Path(sys.executable).with_name(command[0])
    made = subprocess.run(  # noqa: S603 - our own lock, by a program of the environment
        [program, *command[1:], "--output-reproducible", "--short-PURLs"],
        capture_output=True,
        text=True,
        check=True,
    )
    bill: dict[str, Any] = json.loads(made.stdout)
    for component in bill["components"]:
        component.pop("externalReferences", None)
    return bill


def front_end_part(lock: dict[str, Any]) -> list[dict[str, Any]]:
    """A component for each package of npm's lock: name, version, licence, hash."""
    found = []
    for place, package in sorted(lock["packages"].items()):
        if not place:
            continue
        name = place.removeprefix("node_modules/")
        algorithm, digest = package["integrity"].split("-", 1)
        address = f"pkg:npm/{quote(name, safe='/')}@{package['version']}"
        found.append(
            {
                "type": "library",
                "bom-ref": address,
                "name": name,
                "version": package["version"],
                "licenses": [{"license": {"id": package["license"]}}],
                "hashes": [{"alg": HASHES[algorithm], "content": base64.b64decode(digest).hex()}],
                "purl": address,
            }
        )
    return found


def bill() -> str:
    """The whole, as JSON that the schema accepts.

    Raises `NotValid`, with what the schema says.
    """
    # Two seconds of the processor, which whoever only imports this module need not spend.
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    whole = python_part()
    whole["components"] += front_end_part(json.loads(FRONT_END.read_text()))
    written = json.dumps(whole, indent=2, sort_keys=True) + "\n"
    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(written)
    if wrong is not None:
        raise NotValid(str(wrong.data))
    return written


if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "passeur.cdx.json")
    target.write_text(bill())
    print(f"{target}: {len(json.loads(target.read_text())['components'])} components.")
