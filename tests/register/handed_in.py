"""Small tables as a bureau would hand them in, for the tests of the import."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from planner.plan.loading import load_plan
from planner.plan.model import Plan
from planner.register.importing import Imported, Order, import_register

TINY = Path(__file__).parent.parent / "plan" / "tiny" / "plan.yaml"
STANDARD = "11010519491231002X"
"""The example in the national standard of identity numbers: nobody's."""
HOUSEHOLDS = [
    ["户编号", "乡镇", "行政村", "家庭人口", "是否危房", "是否通水"],
    [11, "青石镇", "上湾村", 4, "否", "是"],
    [12, "青石镇", "上湾村", 3, "是", ""],
    [13, "白水乡", "大岭村", 2, "", "否"],
]


def plan_of(*townships: str, **changes: Any) -> Plan:
    """The tiny plan with other townships."""
    return load_plan(TINY).model_copy(update={"townships": list(townships), **changes})


def csv_of(rows: Sequence[Sequence[Any]]) -> str:
    """Rows as the text of a CSV file; cells with a comma are quoted."""
    return "".join(",".join(f'"{c}"' if "," in str(c) else str(c) for c in row) + "\n" for row in rows)


def handed_in(folder: Path, **tables: Sequence[Sequence[Any]]) -> tuple[Path, ...]:
    """CSV files of these names."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, rows in tables.items():
        path = folder / f"{name}.csv"
        path.write_text(csv_of(rows), encoding="utf-8")
        paths.append(path)
    return tuple(paths)


def brought_in(folder: Path, **tables: Sequence[Sequence[Any]]) -> Imported:
    """The register of these tables."""
    return import_register(Order(handed_in(folder, **tables)))


def columns(names: str, *rows: str) -> list[list[str]]:
    """A table from lines whose cells are parted by spaces; a dot is an empty cell."""
    return [["" if cell == "." else cell for cell in line.split()] for line in (names, *rows)]


def codes(found: Imported) -> set[str]:
    """Codes of the notes, without the family."""
    return {note.code.partition(".")[2] for note in found.notes}
