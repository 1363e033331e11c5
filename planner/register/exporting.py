"""A register as tables for people: a workbook, a folder of CSV files, or a folder of Parquet; read back it is the same.

Unknown is an empty cell. Flags are 是 and 否, causes are words, a household's village stands there by its name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from planner.errors import UsageError
from planner.register.cells import Cell
from planner.register.columns import CAUSES, HOUSEHOLD, UNKNOWN, VILLAGE, Column
from planner.register.delimited import write_delimited
from planner.register.gathering import STORED
from planner.register.headings import OWN, Kind, own_heading
from planner.register.importing import ABOUT_SEED, ABOUT_SYNTHETIC
from planner.register.model import Register, Table
from planner.register.stored import put_in_place, write_register
from planner.register.workbook import Page, write_workbook

SHEETS: Mapping[Kind, str] = {"households": "贫困户", "villages": "村", "townships": "乡镇", "about": "说明"}
"""Names of our own sheets, and of CSV files."""
YES, NO = "是", "否"


def export_register(register: Register, target: Path) -> None:
    """Write a register to an .xlsx file, or to a folder whose name ends in .csv or .parquet or has no ending (CSV).

    Raises: UsageError for another ending, RegisterError where the folder holds something else.
    """
    ending = target.suffix.casefold()
    if ending == ".xlsx":
        if target.exists():
            raise UsageError("usage.file_exists", path=str(target))
        target.parent.mkdir(parents=True, exist_ok=True)
        write_workbook(target, pages_of(register))
    elif ending == ".parquet":
        write_register(register, target)
    elif ending in ("", ".csv"):
        put_in_place(target, lambda place: _write_csv(register, place), _csv_files)
    else:
        raise UsageError("usage.export_kind", found=ending)


def _write_csv(register: Register, place: Path) -> None:
    for page in pages_of(register):
        write_delimited(place / f"{page.name}.csv", page.headings, page.rows)


def _csv_files(folder: Path) -> set[str]:
    """Files that an earlier export left and this one replaces; without its description the tables are somebody's own."""
    names = {f"{name}.csv" for name in SHEETS.values()}
    return names if (folder / f"{SHEETS['about']}.csv").is_file() else set()


def pages_of(register: Register) -> list[Page]:
    """The tables of a register, as they are written."""
    households = [name for name in HOUSEHOLD if name not in ("household", "village")]
    villages = [name for name in VILLAGE if name not in ("village", "name", "township")]
    v, home = register.villages, register.households["village"]
    town = np.array(register.townships, dtype=object)[v["township"]]
    placed = [register.households["household"].tolist(), town[home].tolist(), v["name"][home].tolist()]
    about = [(ABOUT_SYNTHETIC, YES if register.synthetic else NO), (ABOUT_SEED, str(register.seed))]
    return [
        Page(
            SHEETS["households"],
            [OWN["households", t] for t in ("id", "township", "village")] + _headings("households", households),
            zip(*placed, *_cells(register.households, HOUSEHOLD, households), strict=True),
            {},
        ),
        Page(
            SHEETS["villages"],
            [OWN["villages", t] for t in ("township", "village")] + _headings("villages", villages),
            zip(town.tolist(), v["name"].tolist(), *_cells(v, VILLAGE, villages), strict=True),
            {},
        ),
        Page(SHEETS["townships"], [OWN["villages", "township"]], [(name,) for name in register.townships], {}),
        Page(SHEETS["about"], ["项目", "内容"], about, {}),
    ]


def _headings(kind: Kind, names: Iterable[str]) -> list[str]:
    return [own_heading(kind, name) for name in names]


def _cells(table: Table, declared: Mapping[str, Column], names: Iterable[str]) -> list[list[Cell]]:
    return [written(table[name], declared[name]) for name in names]


def written(vector: Any, column: Column) -> list[Cell]:
    """The cells of a column as they are written: nothing where it is unknown."""
    values = vector.tolist()
    if column.kind == "amount":
        return [None if value != value else value for value in values]
    if column.kind == "flag":
        return [{1: YES, 0: NO}.get(value) for value in values]
    if column.name in ("cause", "cause_second"):
        return [CAUSES[value] if value >= 0 else None for value in values]
    if column.name == "due_year":
        return [value or None for value in values]
    return [None if value == UNKNOWN else value for value in values]


def stored_in(folder: Path) -> bool:
    """Whether a folder holds a register that needs no reading of headings."""
    try:
        return isinstance(json.loads((folder / STORED).read_text(encoding="utf-8")), dict)
    except (OSError, ValueError):
        return False
