"""From what was named on the command line to tables as they stand: files and folders, each looked at before it is opened."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.register.archive import Limits
from planner.register.delimited import read_delimited
from planner.register.faultbook import FaultBook
from planner.register.personal import without_numbers
from planner.register.sheets import Grid

STORED = "register.json"
"""The file by which a folder is known to hold a register that was imported or exported before."""
MOST_FILES = 2_000
_EXCEL, _TEXT, _PARQUET = (".xlsx",), (".csv", ".txt"), (".parquet",)
_MACROS = (".xlsm", ".xltm", ".xlam", ".xlsb")
_OLD = (".xls", ".et", ".xlt")


@dataclass(frozen=True)
class Source:
    """A file that was read, by its content."""

    name: str
    sha256: str
    size: int
    """Bytes."""


@dataclass(frozen=True)
class Opened:
    """The tables of every file, and the files themselves."""

    grids: tuple[Grid, ...]
    sources: tuple[Source, ...]
    alone: frozenset[str]
    """Files that hold one table only."""


def gather_files(paths: Sequence[Path], book: FaultBook, limits: Limits | None = None) -> Opened:
    """Every table of every file; a folder stands for the tables in it, without those further down."""
    grids: list[Grid] = []
    sources: list[Source] = []
    alone: set[str] = set()
    seen: set[Path] = set()
    for path, named in _files(paths, book):
        shown = without_numbers(path.name)
        if path.resolve() in seen:
            book.file(shown, "register.file_twice")
            continue
        seen.add(path.resolve())
        found = _read(path, shown, named, book, limits)
        if found is None:
            continue
        sources.append(Source(shown, _digest(path), path.stat().st_size))
        grids += found
        if len(found) == 1:
            alone.add(shown)
    return Opened(tuple(grids), tuple(sources), frozenset(alone))


def _files(paths: Sequence[Path], book: FaultBook) -> list[tuple[Path, bool]]:
    """Each file, and whether it was named itself or found in a folder."""
    found: list[tuple[Path, bool]] = []
    for path in paths:
        shown = without_numbers(path.name or str(path))
        if path.is_symlink():
            book.file(shown, "register.file_link")
        elif path.is_dir():
            inside = sorted(p for p in path.iterdir() if not p.is_dir() or p.is_symlink())[: MOST_FILES + 1]
            if len(inside) > MOST_FILES:
                book.file(shown, "register.too_many_files", limit=MOST_FILES)
                continue
            usable = [p for p in inside if not p.name.startswith((".", "~$"))]
            if not any(p.suffix.casefold() in (*_EXCEL, *_TEXT, *_PARQUET, *_MACROS, *_OLD) for p in usable):
                book.file(shown, "register.folder_empty")
            found += [(p, False) for p in usable]
        elif not path.exists():
            book.file(shown, "register.file_absent")
        elif not path.is_file():
            book.file(shown, "register.file_special")
        else:
            found.append((path, True))
    return found


def _read(path: Path, shown: str, named: bool, book: FaultBook, limits: Limits | None) -> list[Grid] | None:
    """The tables of one file; None where it is not taken, with the fault or note in the book."""
    ending = path.suffix.casefold()
    if path.is_symlink():
        book.file(shown, "register.file_link")
    elif not path.is_file():
        book.file(shown, "register.file_special")
    elif path.stat().st_size == 0:
        book.file(shown, "register.file_empty")
    elif ending in _MACROS:
        book.file(shown, "register.excel_macros")
    elif ending in _OLD:
        book.file(shown, "register.excel_old")
    elif ending in _EXCEL:
        from planner.register.workbook import read_workbook

        grids, faults = read_workbook(path, shown, limits)
        book.faults += faults
        return grids
    elif ending in _TEXT:
        grid, faults, notes = read_delimited(path, shown)
        book.faults += faults
        for note in notes:
            book.note_file(note.file, note.code)
        return [] if grid is None else [grid]
    elif ending in _PARQUET:
        from planner.register.parquet import read_parquet

        grid, faults = read_parquet(path, shown)
        book.faults += faults
        return [] if grid is None else [grid]
    elif named:
        book.file(shown, "register.file_kind", found=ending or "-")
    else:
        book.note_file(shown, "register.note_file_ignored")
    return None


def _digest(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
