"""Sheets become parts: one vector per target, every cell read by the reader of its column, faults and notes in the book.

Unknown is NaN in vectors of numbers and None in vectors of words; `planner.register.building` writes it as the register
does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.register.cells import (
    Cell,
    Read,
    Reader,
    read_amount,
    read_count,
    read_flag,
    read_id,
    read_name,
    read_word,
    read_year,
    tidy,
)
from planner.register.codes import ATTRIBUTES, AWAY, CAUSE_WORDS, HEALTHS, SCHOOLS, SKILLS, STATES
from planner.register.columns import HOUSEHOLD, VILLAGE
from planner.register.faultbook import FaultBook
from planner.register.headings import REQUIRED, fold
from planner.register.matching import Matched
from planner.register.personal import identity_of
from planner.register.sheets import Sheet
from planner.register.units import MONEY, words_of

Floats = NDArray[np.float64]
NAMES = frozenset({"village", "township", "group", "item", "content"})
TEXTS = NAMES | {"id", "identity"}
"""Targets whose cells are words, not numbers or codes."""
UNREAD = frozenset({"relation"})
"""Targets whose cells are looked at where they are needed and kept nowhere."""
QUIET = frozenset({"cause_second", "due_year", "group", "expense_farm", "id", "consent_to_move"})
"""Targets where an empty cell is nothing to speak of."""
TOTALS = frozenset({"合计", "总计", "小计", "共计", "累计", "全村合计", "全镇合计", "全县合计", "全市合计"})
EXAMPLE = "示例"
"""Stands for the number of the example household of the blank form and for the names of its places."""
MOST_INCOME = 10_000_000.0
"""Highest amount of a household's year that is read at all; per head the register's own bounds hold."""


@dataclass
class Part:
    """One sheet, read."""

    sheet: Sheet
    matched: dict[str, Matched]
    values: dict[str, NDArray[Any]] = field(default_factory=dict)
    """Target to its vector. Shape: row."""
    passed_over: set[int] = field(default_factory=set)
    """Rows that are no records (totals, footnotes); their cells were not read."""

    @property
    def rows(self) -> int:
        """How many rows there are, those passed over included."""
        return len(self.sheet.rows)

    def numbers(self, target: str) -> Floats:
        """A vector of numbers; all unknown where the sheet has no such column."""
        found = self.values.get(target)
        return np.full(self.rows, np.nan) if found is None else found.astype(np.float64)

    def words(self, target: str) -> NDArray[Any]:
        """A vector of words; all None where the sheet has no such column."""
        found = self.values.get(target)
        return np.full(self.rows, None, dtype=object) if found is None else found

    def position(self, target: str) -> int | None:
        """Where a target stands in the sheet."""
        found = self.matched.get(target)
        return None if found is None else found.position


def read_part(sheet: Sheet, matched: dict[str, Matched], book: FaultBook) -> Part:
    """Every matched column of a sheet, read."""
    part = Part(sheet, matched)
    _pass_over(part, book)
    for target, column in matched.items():
        if target in UNREAD:
            continue
        part.values[target] = _column(part, column, book)
    return part


def _pass_over(part: Part, book: FaultBook) -> None:
    """Rows that are no records: totals, headings again, footnotes."""
    sheet = part.sheet
    needed = [m.position for t, m in part.matched.items() if t in (*REQUIRED[sheet.kind], "id")]
    for i, (_, cells) in enumerate(sheet.rows):
        texts = [fold(c) for c in cells[:6] if isinstance(c, str) and ("计" in c or "示例" in c)]
        if any(text in TOTALS for text in texts):
            code = "register.row_total"
        elif EXAMPLE in texts:
            code = "register.row_example"
        elif _same(cells, 0, sheet.headings) and all(_same(cells, p, sheet.headings) for p in range(len(cells))):
            code = "register.row_heading_again"
        elif (
            len(part.matched) > 3
            and sum(c is not None for c in cells) <= 2
            and not any(position < len(cells) and tidy(cells[position]) is not None for position in needed[1:])
        ):
            code = "register.row_odd"
        else:
            continue
        part.passed_over.add(i)
        book.cell(sheet, i, None, code)


def _same(cells: tuple[Cell, ...], position: int, headings: tuple[str, ...]) -> bool:
    cell = tidy(cells[position])
    return isinstance(cell, str) and position < len(headings) and cell == headings[position]


def _column(part: Part, column: Matched, book: FaultBook) -> NDArray[Any]:
    """One column, each different cell read once."""
    sheet, target = part.sheet, column.target
    words = target in TEXTS
    out = np.full(part.rows, None, dtype=object) if words else np.full(part.rows, np.nan)
    read = reader_of(column, sheet.kind)
    required = target in (*REQUIRED[sheet.kind], "id")
    done: dict[tuple[type, Cell], tuple[Read, bool]] = {}
    for i, cell in enumerate(sheet.column(column.position)):
        key = (cell.__class__, cell)
        if key not in done:
            done[key] = (read(cell), isinstance(cell, str) and tidy(cell) not in (cell, None))
        found, spaced = done[key]
        if i in part.passed_over:
            continue
        if found.code:
            book.cell(sheet, i, column.position, found.code, **found.values)
        elif found.value is not None:
            out[i] = found.value
            if found.note:
                book.note(sheet, column.position, found.note, i)
            if spaced:
                book.note(sheet, column.position, "register.note_spaces", i)
        elif required:
            book.cell(sheet, i, column.position, "register.cell_blank")
        elif target not in QUIET:
            book.note(sheet, column.position, "register.note_blank", i)
    return out


def reader_of(column: Matched, kind: str) -> Reader:
    """How the cells of a column are read."""
    target = column.target
    words = words_of(target)
    special: dict[str, Callable[[Cell], Read]] = {
        "id": read_id,
        "identity": _read_identity,
        "cause": partial(read_word, codes={**CAUSE_WORDS, **column.codes}),
        "cause_second": partial(_read_first, codes={**CAUSE_WORDS, **column.codes}),
        "attribute": partial(
            read_word, codes={**{w: d + 2 * five for w, (d, five) in ATTRIBUTES.items()}, **column.codes}
        ),
        "house_grade": partial(read_word, codes={**STATES["house_grade"], **column.codes}),
        "village_attribute": partial(read_word, codes={**STATES["poor_village"], **column.codes}),
        "skill": partial(read_word, codes={**SKILLS, **column.codes}),
        "school": partial(read_word, codes={word: _SCHOOL[c] for word, c in SCHOOLS.items()}),
        "health": _read_health,
        "away": partial(read_word, codes={**AWAY, **column.codes}),
        "away_months": partial(read_amount, low=0, high=12, factor=1, units={"月": 1.0, "个月": 1.0}),
        "age": partial(read_amount, low=0, high=130, factor=1, units={"岁": 1.0, "周岁": 1.0}),
        "pupils_all": partial(read_count, low=0, high=20, units=words),
        "poor_persons": partial(read_count, low=0, high=10**6, units=words),
        "house_area_person": partial(read_amount, low=0, high=1000, factor=1, units=words),
        "due_year": partial(read_year, low=0, high=VILLAGE["due_year"].high),
        "person_insured": partial(read_flag, column=target, codes=column.codes, turned=False),
    }
    if target in special:
        return special[target]
    if target in NAMES:
        return read_name
    if target in MONEY:
        return partial(read_amount, low=0, high=_most(target, column.per), factor=column.factor, units=words)
    declared = (HOUSEHOLD if kind == "households" else VILLAGE)[target]
    if declared.kind == "flag":
        return partial(read_flag, column=target, codes=column.codes, turned=column.turned)
    if declared.kind == "count":
        return partial(read_count, low=declared.low, high=declared.high, units=words)
    return partial(read_amount, low=declared.low, high=declared.high, factor=column.factor, units=words)


_SCHOOL = {"": 0.0, "pupils": 1.0, "students": 2.0}
"""A person's schooling as a number: none, of compulsory schooling, above it."""
ILL, DISABLED = 1, 2
"""Bits of a person's health."""


def _most(target: str, per: str) -> float:
    declared = HOUSEHOLD.get(target)
    return declared.high if declared is not None and per == "head" else MOST_INCOME


def _read_identity(cell: Cell) -> Read:
    held = tidy(cell)
    if held is None:
        return Read()
    number = identity_of(str(held) if not isinstance(held, float) else f"{held:.0f}")
    return Read(number) if number else Read(code="register.identity_wrong")


def _read_first(cell: Cell, codes: dict[str, int]) -> Read:
    """The first of several words joined by commas; 无 for none."""
    held = tidy(cell)
    if not isinstance(held, str):
        return read_word(held, codes)
    pieces = [
        p for p in held.replace("，", ",").replace("、", ",").replace(";", ",").replace("；", ",").split(",") if p
    ]
    if not pieces or fold(pieces[0]) == "无":
        return Read()
    found = read_word(pieces[0], codes)
    return Read(found.value, found.code, found.values, "register.note_first_of") if len(pieces) > 1 else found


def _read_health(cell: Cell) -> Read:
    """A person's health as bits; several states may be joined by commas."""
    held = tidy(cell)
    if held is None:
        return Read()
    bits = 0
    for piece in str(held).replace("，", ",").replace("、", ",").replace("；", ",").split(","):
        found = read_word(piece, HEALTHS)
        if found.code:
            return found
        bits |= {"ill": ILL, "disabled": DISABLED}.get(str(found.value), 0)
    return Read(float(bits))
