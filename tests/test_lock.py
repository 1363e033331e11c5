"""The lock holds every library that the project names, each with its hashes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib

import pytest


def plain(name: str) -> str:
    """A library's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.fixture(scope="module")
def locked(root) -> dict[str, int]:
    """Locked library → how many hashes it has."""
    text = (root / "requirements.lock").read_text(encoding="utf-8")
    entries = re.findall(
        r"^([A-Za-z0-9][\w.-]*)==\S+[^\n]*\n((?:    --hash=sha256:[0-9a-f]{64}[^\n]*\n)*)", text, re.MULTILINE
    )
    return {plain(name): hashes.count("--hash") for name, hashes in entries}


@pytest.fixture(scope="module")
def project(root) -> dict:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def test_every_library_that_the_project_names_is_locked(locked, project):
    named = project["project"]["dependencies"] + project["project"]["optional-dependencies"]["dev"]
    named += project["build-system"]["requires"]
    wanted = {plain(re.match(r"[\w.-]+", entry)[0]) for entry in named}
    assert wanted - set(locked) == set(), "run `make lock`"


def test_every_locked_library_has_a_hash(locked):
    assert len(locked) > 50
    assert [name for name, hashes in locked.items() if not hashes] == []


def test_the_lock_names_no_address(root):
    assert "://" not in (root / "requirements.lock").read_text(encoding="utf-8")


@pytest.mark.long
def test_no_locked_library_has_a_known_weakness(root):
    command = [sys.executable, "-m", "pip_audit", "--require-hashes", "--disable-pip", "--format", "json"]
    done = subprocess.run([*command, "-r", "requirements.lock"], cwd=root, capture_output=True, text=True, check=False)
    told = json.loads(done.stdout)["dependencies"]
    passed_over = [entry["name"] for entry in told if "skip_reason" in entry]
    if len(passed_over) == len(told):
        pytest.skip("the registry of this machine tells nothing of weaknesses")
    assert passed_over == []
    assert [
        (entry["name"], entry["version"], [v["id"] for v in entry["vulns"]]) for entry in told if entry["vulns"]
    ] == []
