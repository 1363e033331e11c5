"""Imports run one way, in no ring, and each foreign library has one door.

Every import statement counts: those for type checkers, those inside functions, and `import_module("...")` too.
There is no list of exceptions.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

GROUND = {"errors", "terms", "quantities", "citations", "reading", "tables", "labels", "messages", "wording"}
CHAIN = [
    "plan",
    "register",
    "rules",
    "survey",
    "allocation",
    "simulation",
    "comparison",
    "report",
    "storage",
    "verification",
    "study",
]
TOPS = {"commands", "app", "cli"}

BELOW: dict[str, set[str]] = {
    **dict.fromkeys(GROUND, GROUND),
    **{unit: GROUND.union(CHAIN[:i]) for i, unit in enumerate(CHAIN)},
    "scenario": GROUND | {"plan"},
    "study": GROUND.union(CHAIN, {"scenario"}),
    **dict.fromkeys(TOPS, GROUND.union(CHAIN, {"scenario"})),
    "cli": GROUND.union(CHAIN, {"scenario", "commands"}),
    "__init__": GROUND.union(CHAIN, {"scenario"}),
    "__main__": {"cli"},
}
"""What each folder or file at the top of the package may import besides itself."""

DOORS: dict[str, tuple[str, ...]] = {
    "ruamel": ("planner.reading",),
    "pydantic": ("planner.plan", "planner.scenario"),
    "pulp": ("planner.allocation.pulp_view",),
    "highspy": ("planner.allocation.solving",),
    "simpy": ("planner.simulation",),
    "plotly": ("planner.report",),
    "jinja2": ("planner.report",),
    "typer": ("planner.cli", "planner.commands"),
    "rich": ("planner.cli", "planner.commands"),
    "openpyxl": ("planner.register.workbook",),
    "defusedxml": ("planner.register.workbook",),
    "pyarrow": ("planner.storage", "planner.register.parquet"),
    "pandas": (
        "planner.comparison",
        "planner.report",
        "planner.storage",
        "planner.study",
        "planner.register",
        "planner.commands",
    ),
    "numpy": ("planner",),
    "scipy": ("planner",),
}
"""Where each foreign library may be imported; one that is not named here may not be imported at all."""


class Import(NamedTuple):
    """One import: who, where, and the full dotted name of what."""

    module: str
    file: str
    line: int
    target: str


def modules_of(root: Path) -> dict[str, Path]:
    """Dotted name → file of every module under `root`/planner."""
    names = {}
    for path in sorted((root / "planner").rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        names[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return names


def named_by(node: ast.AST, package: list[str]) -> Iterator[str]:
    """The dotted names that one node imports, relative ones made absolute."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        above = package[: len(package) - node.level + 1] if node.level else []
        base = ".".join([*above, *([node.module] if node.module else [])])
        yield from (f"{base}.{alias.name}" for alias in node.names)
    elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called in {"import_module", "__import__"} and isinstance(node.args[0].value, str):
            yield node.args[0].value


def imports_of(root: Path) -> list[Import]:
    """Every import in the package; those from inside it end at a module, not at a name within one."""
    modules, found = modules_of(root), []
    for module, path in modules.items():
        package = module.split(".") if path.name == "__init__.py" else module.split(".")[:-1]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for name in named_by(node, package):
                target = name
                while target.count(".") > 1 and target not in modules:
                    target = target.rpartition(".")[0]
                if target.startswith("planner.") and target not in modules and target.count(".") == name.count("."):
                    target = "planner"  # a name of the front, not a module
                found.append(Import(module, str(path.relative_to(root)), getattr(node, "lineno", 0), target))
    return found


def unit_of(module: str) -> str:
    """The folder or file at the top of the package that a module belongs to."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def direction_faults(root: Path) -> list[str]:
    """One sentence for each import that runs against the chain."""
    faults = [
        f"{path.relative_to(root)}: '{unit_of(module)}' has no place in the chain; give it one in tests/test_layers.py."
        for module, path in modules_of(root).items()
        if unit_of(module) not in BELOW
    ]
    for found in imports_of(root):
        if found.target.split(".")[0] != "planner":
            continue
        own, other = unit_of(found.module), unit_of(found.target)
        if other == "__init__":
            faults.append(
                f"{found.file}, line {found.line}: imports the front of the package; "
                "inside it each name is imported from the module that defines it."
            )
        elif own != other and other not in BELOW.get(own, set()):
            faults.append(
                f"{found.file}, line {found.line}: imports {found.target}; "
                f"'{own}' may not import '{other}', which does not come before it in the chain."
            )
    return faults


def ring_faults(root: Path) -> list[str]:
    """One sentence for each ring of modules that import each other."""
    edges: dict[str, set[str]] = {module: set() for module in modules_of(root)}
    for found in imports_of(root):
        if found.target in edges and found.target != found.module:
            edges[found.module].add(found.target)
    reach = {module: set(targets) for module, targets in edges.items()}
    for via, beyond in reach.items():
        for seen in reach.values():
            if via in seen:
                seen |= beyond  # noqa: PLW2901
    rings = {frozenset(b for b in reach[a] if a in reach[b]) for a in reach if a in reach[a]}
    return sorted(f"{', '.join(sorted(ring))}: these modules import each other in a ring." for ring in rings)


def door_faults(root: Path) -> list[str]:
    """One sentence for each foreign library that came in by another door than its own."""
    faults = []
    for found in imports_of(root):
        library = found.target.split(".")[0]
        if library == "planner" or library in sys.stdlib_module_names:
            continue
        doors = DOORS.get(library, ())
        if not any(found.module == door or found.module.startswith(door + ".") for door in doors):
            rule = f"only {' and '.join(doors)} may" if doors else "no door has been named for it"
            faults.append(f"{found.file}, line {found.line}: imports {found.target}; {rule}.")
    return faults


def front_faults(root: Path) -> list[str]:
    """One sentence for each folder whose front holds more than a docstring."""
    return [
        f"{path.relative_to(root)}, line {node.lineno}: the front of a folder stays empty."
        for module, path in modules_of(root).items()
        if path.name == "__init__.py" and module != "planner"
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]


CHECKS = (direction_faults, ring_faults, door_faults, front_faults)


@pytest.mark.parametrize("check", CHECKS)
def test_the_package_keeps_the_rule(check, root):
    faults = check(root)
    assert not faults, "\n" + "\n".join(faults)


def test_every_module_of_the_package_is_read(root):
    assert {"planner.errors", "planner.plan.model", "planner.__main__"} <= set(modules_of(root))
    assert any(found.target == "planner.quantities" for found in imports_of(root))


def plant(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / "planner" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


UPWARD = {
    "a statement at the top": "from planner.allocation.problem import Problem\n",
    "a whole module": "import planner.allocation.problem\n",
    "for type checkers only": "if TYPE_CHECKING:\n    from planner.allocation import problem\n",
    "inside a function": "def f():\n    from planner.allocation.problem import Problem\n",
    "relative": "from ..allocation import problem\n",
    "by its name as text": "import_module('planner.allocation.problem')\n",
}


@pytest.mark.parametrize("text", UPWARD.values(), ids=list(UPWARD))
def test_an_import_against_the_chain_is_told_with_file_line_and_rule(text, tmp_path):
    tree = plant(tmp_path, {"allocation/problem.py": "", "plan/model.py": "\n" + text})
    line = 1 + len(text.splitlines())
    assert direction_faults(tree) == [
        f"planner/plan/model.py, line {line}: imports planner.allocation.problem; "
        "'plan' may not import 'allocation', which does not come before it in the chain."
    ]


@pytest.mark.parametrize("unit", [*CHAIN[1:-1], "scenario"])
def test_scenarios_are_known_to_study_and_to_the_commands_alone(unit, tmp_path):
    text = "from planner.scenario.model import Scenario\n"
    tree = plant(tmp_path, {"scenario/model.py": "", f"{unit}/x.py": text, "study.py": text, "cli.py": text})
    assert len(direction_faults(tree)) == (unit != "scenario")


def test_imports_down_the_chain_and_within_a_folder_are_fine(tmp_path):
    tree = plant(
        tmp_path,
        {
            "errors.py": "import json\n",
            "plan/model.py": "from planner.errors import Fault\n",
            "plan/loading.py": "from planner.plan import model\n",
            "rules/book.py": "from planner.plan.model import Plan\n",
            "cli.py": "from planner import study\n",
            "study.py": "from planner.rules.book import evaluate\n",
        },
    )
    assert [fault for check in CHECKS for fault in check(tree)] == []


def test_the_front_of_the_package_is_not_imported_from_inside(tmp_path):
    tree = plant(tmp_path, {"__init__.py": "", "study.py": "from planner import Plan\n"})
    assert direction_faults(tree) == [
        "planner/study.py, line 1: imports the front of the package; "
        "inside it each name is imported from the module that defines it."
    ]


def test_a_module_without_a_place_in_the_chain_is_told(tmp_path):
    tree = plant(tmp_path, {"odds.py": ""})
    assert direction_faults(tree) == [
        "planner/odds.py: 'odds' has no place in the chain; give it one in tests/test_layers.py."
    ]


def test_a_ring_is_told_once_with_all_its_modules(tmp_path):
    tree = plant(
        tmp_path,
        {
            "plan/a.py": "from planner.plan import b\n",
            "plan/b.py": "def f():\n    from planner.plan.c import g\n",
            "plan/c.py": "import planner.plan.a\n",
            "plan/d.py": "from planner.plan import a\n",
        },
    )
    assert ring_faults(tree) == [
        "planner.plan.a, planner.plan.b, planner.plan.c: these modules import each other in a ring."
    ]


@pytest.mark.parametrize("library", sorted(set(DOORS) - {"numpy", "scipy"}))
def test_a_library_at_another_door_is_told(library, tmp_path):
    tree = plant(tmp_path, {"terms.py": f"def f():\n    import {library}.inside as x\n"})
    (fault,) = door_faults(tree)
    assert fault.startswith(f"planner/terms.py, line 2: imports {library}.inside; only planner.")


def test_a_door_is_not_widened_by_a_like_name(tmp_path):
    tree = plant(tmp_path, {"reading_room.py": "import ruamel.yaml\n", "reading.py": "import ruamel.yaml\n"})
    assert door_faults(tree) == ["planner/reading_room.py, line 1: imports ruamel.yaml; only planner.reading may."]


def test_a_library_without_a_door_is_told(tmp_path):
    tree = plant(tmp_path, {"study.py": "import networkx\n"})
    assert door_faults(tree) == ["planner/study.py, line 1: imports networkx; no door has been named for it."]


def test_a_front_that_hands_names_on_is_told(tmp_path):
    tree = plant(tmp_path, {"plan/__init__.py": '"""The plan."""\nfrom planner.plan.model import Plan\n'})
    assert front_faults(tree) == ["planner/plan/__init__.py, line 2: the front of a folder stays empty."]
