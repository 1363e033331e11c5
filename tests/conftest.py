"""What every test file may ask for, and the list of browser tests that this machine cannot run."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def find_chromium() -> str | None:
    """The Chromium of this machine: `$CHROMIUM` where set, else the first one on the path."""
    named = os.environ.get("CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, BROWSERS)), None)


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium; tests that ask for it carry the mark `browser`."""
    found = find_chromium()
    if found is None:
        pytest.skip("no Chromium on this machine")
    return found


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser test without a browser is not run, and says why."""
    if find_chromium() is None:
        reason = pytest.mark.skip(reason="no Chromium on this machine")
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(reason)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name each test that was not run for want of a browser."""
    skipped = [r for r in terminalreporter.getreports("skipped") if "browser" in r.keywords]
    if skipped:
        terminalreporter.section("not run: no Chromium on this machine")
        for name in sorted(r.nodeid for r in skipped):
            terminalreporter.line(name)
