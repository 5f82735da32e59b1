"""The list of what Passeur is made of: whole, valid, and the same each time."""

import json
import re

import pytest

from tools import sbom


@pytest.fixture(scope="module")
def written():
    return sbom.bill()


def test_the_list_holds_each_locked_package_and_each_front_end_package_with_its_hash(written):
    components = json.loads(written)["components"]
    held = {(component["name"].lower(), component["version"]) for component in components}
    locked = set(re.findall(r"^([a-z0-9._-]+)==([^ ;]+)", sbom.LOCK.read_text(), re.MULTILINE))
    assert len(locked) > 50
    assert locked <= held
    assert ("htmx.org", "2.0.11") in {
        (one["name"], one["version"]) for one in components if "npm" in one["purl"]
    }
    assert all(component["hashes"] for component in components if "npm" in component["purl"])
    assert written == sbom.bill()


def test_the_list_names_no_index_and_no_folder(written):
    assert "/simple/" not in written
    assert str(sbom.ROOT) not in written
