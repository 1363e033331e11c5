"""A table as it stands in a file: rows of cells with their numbers, and, once recognised, its headings and its kind."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from planner.register.cells import Cell, tidy
from planner.register.headings import KNOWN, Kind, fold, without_unit
from planner.register.personal import HIDDEN, looks_like_name, personal_data_in

Row = tuple[int, tuple[Cell, ...]]
"""Number of a row in its file, and its cells."""
HEAD_WITHIN = 10
"""Rows among which the headings are looked for."""
LONGEST_HEADING = 36
"""Characters of an unknown heading that messages repeat."""
WIDEST = 400
"""Columns that a table may have."""


@dataclass
class Grid:
    """One sheet of a workbook, one CSV file or one Parquet file, nothing interpreted; rows without content left out."""

    file: str
    """Name of the file in messages."""
    name: str
    """Name of the sheet; empty where the file has none."""
    rows: list[Row]
    headed: bool = False
    """Whether the first row is surely the headings (Parquet)."""
    merged: tuple[tuple[int, str], ...] = ()
    """Last row and address of each merged range."""


@dataclass
class Sheet:
    """A table with its kind, its headings and its data rows."""

    file: str
    name: str
    kind: Kind
    head: int
    """Row of the headings."""
    headings: tuple[str, ...]
    rows: list[Row]
    columns: dict[str, int] = field(default_factory=dict)
    """Target to position. Filled by matching."""

    def column(self, position: int) -> list[Cell]:
        """The cells of a column, top to bottom."""
        return [cells[position] if position < len(cells) else None for _, cells in self.rows]

    def place(self, row: int | None, position: int | None) -> tuple[int, str]:
        """Line and path of a cell, a row, a column or the whole table, as messages show them.

        Row is an index into `rows`; None for the row of the headings.
        """
        line = self.head if row is None else self.rows[row][0]
        sheet = f"{self.name}!" if self.name else ""
        if position is None:
            return line, self.name
        heading = self.headings[position] if position < len(self.headings) else ""
        return line, f"{sheet}{letter(position)}{line} {shown_heading(heading)}".rstrip()


def shown_heading(heading: str) -> str:
    """A heading as messages repeat it: on one line, and hidden where it could be a person's name or number."""
    text = " ".join(heading.split())
    base, _ = without_unit(fold(text))
    if any(base in known or fold(text) in known for known in KNOWN.values()):
        return text
    return HIDDEN if looks_like_name(text) or personal_data_in(text) else text[:LONGEST_HEADING]


def letter(position: int) -> str:
    """The letters of a column counted from nought, as a spreadsheet shows them.

    >>> letter(0), letter(25), letter(26), letter(701), letter(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    letters, rest = "", position + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


def position_of(letters: str) -> int | None:
    """The position of a column named by letters, counted from nought; None where they name none.

    >>> position_of("A"), position_of("ab"), position_of("F1")
    (0, 27, None)
    """
    if not letters.isascii() or not letters.isalpha() or len(letters) > 3:
        return None
    position = 0
    for character in letters.upper():
        position = position * 26 + ord(character) - 64
    return position - 1


def kept_rows(rows: Iterator[Sequence[Cell]], first: int = 1) -> list[Row]:
    """Rows that hold something, with their numbers; equal texts and numbers are kept once, which saves most memory."""
    texts: dict[str, str] = {}
    numbers: dict[float, float] = {}
    kept: list[Row] = []
    for number, cells in zip(itertools.count(first), rows, strict=False):
        row: list[Cell] = []
        some = False
        for cell in cells:
            if cell is None or cell == "":
                row.append(None)
                continue
            held: Cell = cell
            if cell.__class__ is str:
                held = texts.setdefault(cell, cell)
                some = some or tidy(cell) is not None
            elif cell.__class__ is float:
                held = numbers.setdefault(cell, cell)
                some = True
            else:
                some = True
            row.append(held)
        if some:
            while row and row[-1] is None:
                row.pop()
            kept.append((number, tuple(row)))
    return kept
