"""Checks between the columns of one household or village, and of a whole column against what is plausible."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from planner.register.faultbook import FaultBook
from planner.register.incomes import COMPONENTS
from planner.register.mapping import own_name
from planner.register.parts import Part
from planner.register.personal import shown

Floats = NDArray[np.float64]
WITHIN_PERSONS = ("labour", "off_farm", "pupils", "students", "graduates", "elderly", "disabled", "ill", "pupils_all")
"""Counts that cannot exceed the persons of the household."""
PLAUSIBLE: dict[str, tuple[float, float, str]] = {
    "income": (100.0, 200_000.0, "元/人/年"),
    "house_area": (5.0, 1000.0, "平方米"),
    "land_mu": (0.0, 100.0, "亩"),
    "km_gravel": (0.0, 100.0, "公里"),
    "km_concrete": (0.0, 100.0, "公里"),
    "rural_persons": (50.0, 100_000.0, "人"),
}
"""Between what the median of a column's positive figures lies where its unit is right; outside it the unit is asked for."""
ENOUGH = 5
"""Figures that a column needs before its median is asked for anything."""


def check_households(part: Part, persons: Floats, book: FaultBook) -> None:
    """Counts against the persons of the household, and each column as a whole."""
    for target in WITHIN_PERSONS:
        if target in part.matched:
            _not_above(part, target, part.numbers(target), persons, book)
    if "pupils" in part.matched and "students" in part.matched:
        both = part.numbers("pupils") + part.numbers("students")
        alone = (part.numbers("pupils") <= persons) & (part.numbers("students") <= persons)
        for i in np.flatnonzero(alone & (both > persons)):
            values = {"found": int(both[i]), "persons": int(persons[i])}
            book.cell(part.sheet, int(i), part.position("students"), "register.pupils_and_students", **values)
    income = np.sum([part.numbers(name) for name in COMPONENTS], axis=0)
    if any(name in part.values for name in COMPONENTS):
        position = next(p for p in map(part.position, ("income_total", *COMPONENTS)) if p is not None)
        _plausible(part, "income", income, position, book)
    for target in ("house_area", "land_mu"):
        if target in part.matched:
            _plausible(part, target, part.numbers(target), part.position(target), book)


def check_villages(part: Part, book: FaultBook) -> None:
    """A year to leave the list needs a place on it; each column as a whole."""
    due, listed = part.numbers("due_year"), part.numbers("poor_village")
    if "due_year" in part.matched and "poor_village" in part.values:
        for i in np.flatnonzero((due > 0) & (listed == 0)):
            book.cell(part.sheet, int(i), part.position("due_year"), "register.due_not_listed", found=int(due[i]))
    for target in ("km_gravel", "km_concrete", "rural_persons"):
        if target in part.matched:
            _plausible(part, target, part.numbers(target), part.position(target), book)


def _not_above(part: Part, target: str, counts: Floats, persons: Floats, book: FaultBook) -> None:
    for i in np.flatnonzero(counts > persons):
        values = {"name": own_name("households", target), "found": int(counts[i]), "persons": int(persons[i])}
        book.cell(part.sheet, int(i), part.position(target), "register.more_than_persons", **values)


def _plausible(part: Part, target: str, vector: Floats, position: int | None, book: FaultBook) -> None:
    low, high, unit = PLAUSIBLE[target]
    positive = vector[vector > 0]
    if len(positive) < ENOUGH:
        return
    median = float(np.median(positive))
    if not low <= median <= high:
        values = {"median": round(median, 4), "low": low, "high": high, "unit": unit}
        code = "register.column_too_small" if median < low else "register.column_too_large"
        book.column(part.sheet, position, code, **values)


def check_ids(parts: Sequence[Part], book: FaultBook) -> None:
    """No household twice. Where two rows are the same, the later one is a fault; where they differ, both are."""
    first: dict[str, tuple[Part, int]] = {}
    told: set[str] = set()
    for part in parts:
        if "id" not in part.matched:
            continue
        for row, name in enumerate(part.words("id")):
            if name is None or row in part.passed_over:
                continue
            if name not in first:
                first[name] = (part, row)
                continue
            before, at = first[name]
            same = part.sheet.rows[row][1] == before.sheet.rows[at][1]
            where = str(before.sheet.rows[at][0])
            if before.sheet.file != part.sheet.file or before.sheet.name != part.sheet.name:
                where = f"{before.sheet.file} {before.sheet.name}".strip() + f" {where}"
            code = "register.id_twice_same" if same else "register.id_twice"
            book.cell(part.sheet, row, part.position("id"), code, found=shown(name), row=where)
            if not same and name not in told:
                told.add(name)
                here = part.sheet.rows[row][0]
                book.cell(before.sheet, at, before.position("id"), code, found=shown(name), row=here)


def share_of_repeated(part: Part) -> float:
    """Share of rows whose household number stood before: a table of persons taken for one of households has many."""
    names = [name for name in part.words("id") if name is not None]
    return 1 - len(set(names)) / len(names) if names else 0.0
