"""What a table of persons tells of the households: their number of persons, of pupils, of those able to work."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner.register.faultbook import FaultBook
from planner.register.members import COUNTED, gather
from planner.register.parts import Part
from planner.register.personal import shown


def fill_from_persons(households: Sequence[Part], members: Sequence[Part], book: FaultBook) -> frozenset[str]:
    """Fill the columns that the tables of households lack; where both count persons they have to agree.

    Returns the households of which a person's row was faulty.
    """
    if not members:
        return frozenset()
    found = gather(list(members), book)
    row_of = {name: row for row, name in enumerate(found.ids)}
    met: set[str] = set()
    for part in households:
        ids = part.words("id")
        at = np.array([row_of.get(name, -1) if name is not None else -1 for name in ids], dtype=np.int64)
        met.update(name for name in ids if name is not None)
        if "persons" in part.matched:
            _compare(part, at, found.values["persons"], book)
        for target in COUNTED:
            if target not in part.values and not np.isnan(found.values[target]).all():
                part.values[target] = np.where(at >= 0, found.values[target][at], np.nan)
        for row in np.flatnonzero(np.isnan(part.numbers("persons"))).tolist():
            if not book.faulty(part.sheet, row) and "persons" not in part.matched:
                book.cell(part.sheet, row, part.position("id"), "register.household_without_persons")
    for name, (part, row) in zip(found.ids, found.first, strict=True):
        if name not in met:
            book.cell(part.sheet, row, part.position("id"), "register.member_without_household", found=shown(name))
    return found.faulty


def _compare(part: Part, at: np.ndarray[tuple[int], np.dtype[np.int64]], counted: object, book: FaultBook) -> None:
    counts, said = np.asarray(counted, dtype=np.float64), part.numbers("persons")
    without = 0
    for row in range(part.rows):
        if at[row] < 0:
            without += row not in part.passed_over
        elif said[row] != counts[at[row]] and not np.isnan(said[row]):
            values = {"found": int(said[row]), "rows": int(counts[at[row]])}
            book.cell(part.sheet, row, part.position("persons"), "register.persons_differ", **values)
    if without:
        book.note(part.sheet, None, "register.note_without_persons", households=without)
