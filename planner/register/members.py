"""A table of persons, one row each, brought together by household; nothing of a single person is kept.

Where there is no table of households, the persons' rows also carry what belongs to the household (village, income,
cause); the first row of each household that says it counts, and rows that say otherwise are faults.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.register.cells import Cell, tidy
from planner.register.faultbook import FaultBook
from planner.register.headings import fold
from planner.register.parts import DISABLED, ILL, Part
from planner.register.sheets import Row, Sheet

OLD_FROM = 60
"""Years from which a person counts as elderly."""
COUNTED = ("persons", "labour", "off_farm", "pupils", "students", "elderly", "disabled", "ill", "insured")
"""Targets of a household that its persons tell."""
_HEADS = frozenset({"户主", "本人", "本人或户主", "本人户主"})


@dataclass(frozen=True)
class Gathered:
    """What the persons of each household come to."""

    ids: list[str]
    """Of the households, in the order of their first row."""
    values: dict[str, NDArray[np.float64]]
    """Target to one number per household; NaN where the persons do not tell."""
    first: list[tuple[Part, int]]
    """Where each household begins."""
    faulty: frozenset[str]
    """Households of which a row was faulty."""


def gather(parts: list[Part], book: FaultBook) -> Gathered:
    """Count the persons of each household over all tables of persons."""
    order: dict[str, int] = {}
    first: list[tuple[Part, int]] = []
    faulty: set[str] = set()
    at: list[NDArray[np.int64]] = []
    for part in parts:
        ids = part.words("id")
        row_of = np.full(part.rows, -1, np.int64)
        for i, name in enumerate(ids):
            if name is None:
                continue
            if name not in order:
                order[name] = len(order)
                first.append((part, i))
            row_of[i] = order[name]
            if book.faulty(part.sheet, i):
                faulty.add(name)
        at.append(row_of)
    values = {target: np.full(len(order), np.nan) for target in COUNTED}
    told: dict[str, list[tuple[NDArray[np.int64], NDArray[np.float64]]]] = {}
    for part, rows in zip(parts, at, strict=True):
        for target, vector in _signs(part).items():
            told.setdefault(target, []).append((rows, vector))
    for target, pieces in told.items():
        rows, signs = np.concatenate([r for r, _ in pieces]), np.concatenate([v for _, v in pieces])
        inside = rows >= 0
        values[target] = _together(target, rows[inside], signs[inside], len(order))
    return Gathered(list(order), values, first, frozenset(faulty))


def _signs(part: Part) -> dict[str, NDArray[np.float64]]:
    """For each target that a table of persons tells: one where a person counts, nought where not, NaN for unknown."""
    found = {"persons": np.ones(part.rows)}

    def marked(source: str) -> NDArray[np.float64] | None:
        return part.numbers(source) if source in part.matched else None

    if (skill := marked("skill")) is not None:
        found["labour"] = skill
    if (months := marked("away_months")) is not None:
        # An empty cell stands for no work away: the form asks only for those who are away.
        found["off_farm"] = (np.nan_to_num(months) > 0).astype(np.float64)
    elif (away := marked("away")) is not None:
        found["off_farm"] = np.nan_to_num(away)
    if (school := marked("school")) is not None:
        found["pupils"], found["students"] = np.where(school == 1, 1.0, 0.0), np.where(school == 2, 1.0, 0.0)
    if (age := marked("age")) is not None:
        found["elderly"] = np.where(np.isnan(age), np.nan, age >= OLD_FROM)
    if (health := marked("health")) is not None:
        bits = np.nan_to_num(health).astype(np.int64)
        known = ~np.isnan(health)
        found["ill"] = np.where(known, (bits & ILL) > 0, np.nan)
        found["disabled"] = np.where(known, (bits & DISABLED) > 0, np.nan)
    if (insured := marked("person_insured")) is not None:
        found["insured"] = insured
    return found


def _together(target: str, rows: NDArray[np.int64], signs: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """A household's count over its persons; medical cover holds where all have it; one unknown makes either unknown."""
    unknown = np.bincount(rows, weights=np.isnan(signs), minlength=count) > 0
    total = np.bincount(rows, weights=np.nan_to_num(signs), minlength=count)
    if target != "insured":
        return np.where(unknown, np.nan, total)
    without = np.bincount(rows, weights=signs == 0, minlength=count) > 0
    return np.where(without, 0.0, np.where(unknown, np.nan, 1.0))


def households_sheet(part: Part, columns: dict[str, int], book: FaultBook) -> Sheet:
    """A table of households made of a table of persons: one row each, filled from the first row that says something.

    `columns` are the positions of what belongs to households. Rows that contradict each other are faults.
    """
    sheet = part.sheet
    kept: dict[str, int] = {}
    rows: list[Row] = []
    ids = part.words("id")
    relation = _relation(part)
    order = sorted(range(part.rows), key=lambda i: (relation[i] not in _HEADS, i))
    for i in order:
        name = ids[i]
        if name is None or i in part.passed_over:
            continue
        number, cells = sheet.rows[i]
        if name not in kept:
            kept[name] = len(rows)
            rows.append((number, tuple(cells)))
            continue
        line, held = rows[kept[name]]
        merged = list(held) + [None] * (max(columns.values(), default=0) + 1 - len(held))
        for target, position in columns.items():
            said = tidy(cells[position]) if position < len(cells) else None
            if said is None or target == "id":
                continue
            if tidy(merged[position]) is None:
                merged[position] = said
            elif _differ(merged[position], said):
                book.cell(sheet, i, position, "register.member_differs", row=line)
        rows[kept[name]] = (line, tuple(merged))
    rows.sort()
    return Sheet(sheet.file, sheet.name, "households", sheet.head, sheet.headings, rows)


def _relation(part: Part) -> list[str]:
    """What each person is to the head of the household, folded; read from the cells and not kept."""
    position = part.position("relation")
    cells: list[Cell] = [None] * part.rows if position is None else part.sheet.column(position)
    return [fold(c) if isinstance(c, str) else "" for c in cells]


def _differ(one: Cell, other: Cell) -> bool:
    return (fold(str(tidy(one))) != fold(str(other))) if not isinstance(one, int | float) else one != other
