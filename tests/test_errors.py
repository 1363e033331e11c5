"""The tree of errors is as drawn, and each kind of error is raised by a test that names it."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import pytest

from planner import errors
from planner.errors import (
    AllocationError,
    DocumentError,
    Fault,
    IllegalMove,
    Infeasible,
    PlanError,
    PlannerError,
    ResultError,
    SimulationError,
    UsageError,
)

CLASSES = {
    name: found
    for name, found in vars(errors).items()
    if inspect.isclass(found) and issubclass(found, Exception) and found.__module__ == errors.__name__
}


def drawn_tree(text: str) -> dict[str, str]:
    """Error → its parent, read from the drawing in a docstring."""
    parents, path = {}, ["PlannerError"]
    for line in text.splitlines():
        if found := re.match(r"([│ ]*)[├└]─ (\w+)", line):
            depth = len(found[1]) // 3 + 1
            path = [*path[:depth], found[2]]
            parents[found[2]] = path[depth - 1]
    return parents


def raised_in(folder: Path) -> set[str]:
    """The names that stand in `pytest.raises(...)` in the tests of a folder."""
    names: set[str] = set()
    for file in sorted(folder.rglob("test_*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"pytest.raises", "raises"} and node.args:
                names.update(re.findall(r"\w+", ast.unparse(node.args[0])))
    return names


def test_the_tree_is_as_drawn():
    assert drawn_tree(inspect.getdoc(errors) or "") == {
        name: found.__bases__[0].__name__ for name, found in CLASSES.items() if name != "PlannerError"
    }


def test_every_kind_of_error_is_raised_by_some_test(root):
    missing = sorted(set(CLASSES) - raised_in(root / "tests"))
    assert not missing, f"no test raises {', '.join(missing)}; write one that provokes it and matches its text."


def test_an_error_that_no_test_names_is_noticed(tmp_path):
    (tmp_path / "test_x.py").write_text("with pytest.raises((errors.PlanError, UsageError), match='x'): pass\n")
    assert raised_in(tmp_path) == {"errors", "PlanError", "UsageError"}


FAMILIES = [
    (PlannerError, UsageError("unknown_thing", name="x")),
    (DocumentError, ResultError([])),
    (AllocationError, Infeasible(["a", "b"])),
    (SimulationError, IllegalMove("from here to there")),
]


@pytest.mark.parametrize(("family", "error"), FAMILIES, ids=[family.__name__ for family, _ in FAMILIES])
def test_an_error_is_caught_by_its_family_and_by_the_root(family, error):
    with pytest.raises((PlannerError, DocumentError, AllocationError, SimulationError)) as caught:
        raise error
    assert isinstance(caught.value, family)
    assert isinstance(caught.value, PlannerError)


def test_faults_are_carried_all_sorted_by_file_and_line():
    late, early, other = (
        Fault("b.yaml", 9, "x", "late"),
        Fault("b.yaml", 2, "y", "early"),
        Fault("a.yaml", 30, "z", "other"),
    )
    error = PlanError([late, early, other])
    assert error.faults == (other, early, late)
    assert str(error) == "a.yaml:30 z other; b.yaml:2 y early; b.yaml:9 x late"


def test_clauses_that_clash_are_named():
    error = Infeasible(["二(一)", "二(五)"], rows=["target", "whole"])
    assert str(error) == "clauses that cannot all hold: 二(一), 二(五)"
    assert error.rows == ("target", "whole")
