"""The public names are these and no others, and asking for them loads nothing heavy."""

from __future__ import annotations

import subprocess
import sys

import pytest

import planner

PUBLIC: list[str] = [
    "Plan",
    "PlannerError",
    "Register",
    "__version__",
    "allocate",
    "ask",
    "audit",
    "certify",
    "difference",
    "explain_household",
    "explain_village",
    "load_plan",
    "resolve",
    "simulate",
    "synthesise",
]

HEAVY = {"highspy", "jinja2", "pandas", "plotly", "pulp", "pyarrow", "scipy", "simpy"}


def loaded_by(statement: str, root) -> set[str]:
    """The top-level libraries that a fresh interpreter has loaded after a statement."""
    code = f"{statement}; import sys; print(*{{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_public_names_are_those_listed_here():
    assert sorted(planner.__all__) == sorted(PUBLIC)


def test_every_public_name_can_be_had_and_says_what_it_is():
    for name in PUBLIC:
        found = getattr(planner, name)
        assert isinstance(found, str) or found.__doc__, name


def test_a_name_that_is_not_public_is_refused_by_name():
    with pytest.raises(AttributeError, match="no_such_name"):
        planner.no_such_name  # noqa: B018


@pytest.mark.parametrize("statement", ["import planner", "import planner.errors, planner.terms, planner.quantities"])
def test_importing_the_package_loads_nothing_heavy(statement, root):
    assert loaded_by(statement, root) & HEAVY == set()
