"""A register as a folder: households, villages, and a description with units, counts, sources, notes and hashes.

The folder is written whole or not at all, and read only where every file is as it was written.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from planner.errors import Fault, RegisterError
from planner.register.columns import HOUSEHOLD, UNKNOWN, VILLAGE, Column
from planner.register.gathering import STORED, Source
from planner.register.model import Register
from planner.register.parquet import Vectors, read_columns, write_columns
from planner.wording import render

FORMAT = 1
HOUSEHOLDS, VILLAGES, IDS = "households.parquet", "villages.parquet", "ids.parquet"
_KEEP = ".gitkeep"


@dataclass(frozen=True)
class Origins:
    """What is told of a register's making, beside its columns."""

    sources: Sequence[Source] = ()
    notes: Sequence[Fault] = ()
    rejected: int = 0
    ids: Sequence[str | None] = ()
    """The bureau's own number of each household, where the register's is another. Shape: household."""
    keys: Sequence[str | None] = ()
    """Salted key of each household. Shape: household."""


def write_register(register: Register, folder: Path, origins: Origins | None = None) -> None:
    """Write a register as a folder that `read_register` reads back unchanged.

    Raises: RegisterError where the folder holds something else.
    """
    made = origins or Origins()

    def fill(place: Path) -> None:
        write_columns(place / HOUSEHOLDS, register.households)
        write_columns(place / VILLAGES, register.villages)
        if any(made.ids) or any(made.keys):
            extra: Vectors = {"household": register.households["household"]}
            for name, held in (("id", made.ids), ("key", made.keys)):
                if any(held):
                    extra[name] = np.array([value or "" for value in held], dtype=np.str_)
            write_columns(place / IDS, extra)
        text = json.dumps(_described(register, made, _hashes(place)), ensure_ascii=False, indent=1, sort_keys=True)
        (place / STORED).write_text(text + "\n", encoding="utf-8", newline="\n")

    put_in_place(folder, fill, ours)


def _described(register: Register, made: Origins, files: dict[str, str]) -> dict[str, Any]:
    """The description of a register; without a time, so that the same register gives the same bytes."""
    h, v = register.households, register.villages
    registered = h["registered"] == 1
    return {
        "format": FORMAT,
        "synthetic": register.synthetic,
        "seed": register.seed,
        "townships": list(register.townships),
        "households": h.rows,
        "registered_households": int(registered.sum()),
        "registered_persons": int(h["persons"][registered].sum()),
        "villages": v.rows,
        "rejected": made.rejected,
        "sources": [{"name": s.name, "sha256": s.sha256, "bytes": s.size} for s in made.sources],
        "notes": [{"zh": render(note), "en": render(note, "en")} for note in made.notes],
        "columns": {"households": _columns(h, HOUSEHOLD), "villages": _columns(v, VILLAGE)},
        "files": files,
    }


def _columns(table: Mapping[str, Any], declared: Mapping[str, Column]) -> dict[str, dict[str, object]]:
    return {
        name: {"unit": c.unit, "kind": c.kind, "chinese": c.chinese, "unknown": int(unknown_in(table[name], c).sum())}
        for name, c in declared.items()
    }


def unknown_in(vector: Any, column: Column) -> Any:
    """Which entries of a column are unknown. Shape: row."""
    if column.kind == "amount":
        return np.isnan(vector)
    if column.kind == "text" or column.name in ("cause_second", "due_year", "village", "household", "group"):
        return np.zeros(len(vector), bool)
    return np.asarray(vector) == UNKNOWN


def read_register(folder: Path) -> Register:
    """The register in a folder.

    Raises: RegisterError where it is none, a file is missing or was changed, or a column is out of its bounds.
    """
    about = described(folder)
    h, v = read_columns(folder / HOUSEHOLDS), read_columns(folder / VILLAGES)
    v = {name: vector.astype(np.str_) if name == "name" else vector for name, vector in v.items()}
    register = Register.of(
        h, v, tuple(about["townships"]), synthetic=bool(about["synthetic"]), seed=int(about["seed"])
    )  # fmt: skip
    faults = [*_out_of_bounds(register, folder.name), *_loose_ends(register, folder.name)]
    if faults:
        raise RegisterError(faults)
    return register


def described(folder: Path) -> dict[str, Any]:
    """The description of a folder, every file checked against its hash.

    Raises: RegisterError where there is none or a file is not as it was written.
    """
    try:
        about = json.loads((folder / STORED).read_text(encoding="utf-8"))
        files, wanted = about["files"], (about["format"], about["townships"], about["synthetic"], about["seed"])
    except (OSError, ValueError, KeyError, TypeError):
        raise RegisterError([Fault(folder.name, 0, STORED, "register.not_stored", {})]) from None
    if wanted[0] != FORMAT or not {HOUSEHOLDS, VILLAGES} <= set(files):
        raise RegisterError([Fault(folder.name, 0, STORED, "register.not_stored", {})])
    faults = []
    for name, expected in files.items():
        path = folder / name
        if name not in (HOUSEHOLDS, VILLAGES, IDS) or path.is_symlink() or not path.is_file():
            faults.append(Fault(folder.name, 0, str(name)[:40], "register.stored_missing", {}))
        elif hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            faults.append(Fault(folder.name, 0, name, "register.stored_changed", {}))
    if faults:
        raise RegisterError(faults)
    found: dict[str, Any] = about
    return found


def _out_of_bounds(register: Register, shown: str) -> list[Fault]:
    faults = []
    for table, declared in ((register.households, HOUSEHOLD), (register.villages, VILLAGE)):
        for name, column in declared.items():
            if column.kind == "text":
                continue
            vector = np.asarray(table[name], dtype=np.float64)
            known = vector[~np.isnan(vector) & (vector != UNKNOWN)]
            outside = known[(known < column.low) | (known > column.high)]
            if len(outside):
                values = {"found": float(outside[0]), "low": column.low, "high": column.high, "count": len(outside)}
                faults.append(Fault(shown, 0, name, "register.stored_bounds", values))
    return faults


def _loose_ends(register: Register, shown: str) -> list[Fault]:
    """Households without a village of the register, villages without a township of it."""
    ends = (
        ("village", register.households["village"], register.villages.rows),
        ("township", register.villages["township"], len(register.townships)),
    )
    return [
        Fault(shown, 0, name, "register.stored_link", {"count": int(((rows < 0) | (rows >= count)).sum())})
        for name, rows, count in ends
        if ((rows < 0) | (rows >= count)).any()
    ]


def _hashes(place: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(place.iterdir())}


def ours(folder: Path) -> set[str]:
    """The files of a folder that an earlier register left there."""
    try:
        return {*json.loads((folder / STORED).read_text(encoding="utf-8"))["files"], STORED}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def put_in_place(folder: Path, fill: Callable[[Path], None], known: Callable[[Path], set[str]]) -> None:
    """Let `fill` write into a new folder and put it in the place of the old one, whole or not at all.

    `known` tells which files of the old folder may be replaced.

    Raises: RegisterError where the place holds anything else.
    """
    target = folder.resolve()
    if target.exists():
        inside = {p.name for p in target.iterdir()} if target.is_dir() else {target.name}
        alien = sorted(inside - known(target) - {_KEEP}) if target.is_dir() else sorted(inside)
        if alien:
            raise RegisterError([Fault(str(folder), 0, alien[0], "register.not_ours", {})])
    made = [above for above in (target.parent, *target.parent.parents) if not above.exists()]
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        place = temporary / "new"
        place.mkdir()
        fill(place)
        for path in place.iterdir():
            with path.open("rb") as handle:
                os.fsync(handle.fileno())
        if target.exists():
            target.replace(temporary / "was")
        place.replace(target)
    except BaseException:
        for above in made:
            shutil.rmtree(above, ignore_errors=True)
        raise
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
