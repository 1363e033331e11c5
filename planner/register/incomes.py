"""Incomes of one table brought to 元 per head and year: whether they are per head or per household, and whether they add up.

Nothing is guessed: where neither heading nor mapping says per what an amount is counted, the stated income per head has to
decide, and where it cannot, that is a fault.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from planner.plan.figures import Figure
from planner.plan.model import Plan
from planner.register.columns import HOUSEHOLD
from planner.register.faultbook import FaultBook
from planner.register.mapping import own_name
from planner.register.parts import Part
from planner.register.sheets import shown_heading

Floats = NDArray[np.float64]
COMPONENTS = ("income_farm", "income_wage", "income_transfer", "income_property")
DECIDES_AT = 0.9
"""Share of the households whose parts must add up one way, and not the other, for that way to be taken."""
APART = 1.0
"""元 by which the parts may miss the stated total."""
APART_SHARE = 0.01
LOWEST, LARGE = 10.0, 500.0
"""A stated income per head below the first, in a table whose median is above the second, is in another unit. 元/人/年."""


def settle_incomes(part: Part, persons: Floats, plan: Plan | None, book: FaultBook) -> None:
    """Bring what a table says of incomes to the four components per head, in its own `values`."""
    given = [name for name in (*COMPONENTS, "expense_farm") if name in part.matched]
    total = _total(part, persons)
    per = _basis(part, given, total, persons, book)
    if per is None:
        return
    for name in given:
        factor = persons if per[name] == "household" else 1.0
        # Exact where nothing is divided, so that what was exported comes back as it was.
        part.values[name] = part.numbers(name) / factor if per[name] == "household" else part.numbers(name)
    if "expense_farm" in given and "income_farm" in given:
        _take_off_expense(part, book)
    _hold_bounds(part, [name for name in given if name != "expense_farm"], book)
    if total is not None:
        _look_for_other_unit(part, total, book)
        _against_total(part, total, plan, book)


def _total(part: Part, persons: Floats) -> Floats | None:
    """The stated income per head, where there is one."""
    column = part.matched.get("income_total")
    if column is None:
        return None
    stated = part.numbers("income_total")
    return stated / persons if column.per == "household" else stated


def _basis(
    part: Part, given: list[str], total: Floats | None, persons: Floats, book: FaultBook
) -> dict[str, str] | None:
    """Per what each given amount is counted; None where it cannot be told, which is a fault."""
    per = {name: part.matched[name].per for name in given}
    open_ones = [name for name in given if not per[name]]
    if not open_ones:
        return per
    decided = ""
    complete = all(name in given for name in COMPONENTS)
    if total is not None and complete:
        fits = {}
        for way in ("head", "household"):
            tried = {name: per[name] or way for name in given}
            added = _added(part, tried, persons)
            known = ~np.isnan(added) & ~np.isnan(total) & (total > 0)
            fits[way] = float(_close(added, total)[known].mean()) if known.any() else 0.0
        ways = [way for way, share in fits.items() if share >= DECIDES_AT]
        decided = ways[0] if len(ways) == 1 else ""
    if not decided:
        for name in open_ones:
            values = {"heading": shown_heading(part.sheet.headings[part.matched[name].position])}
            book.column(part.sheet, part.matched[name].position, "register.income_basis", **values)
        return None
    for name in open_ones:
        code = "register.note_basis_head" if decided == "head" else "register.note_basis_household"
        book.note(part.sheet, part.matched[name].position, code)
    return {name: way or decided for name, way in per.items()}


def _added(part: Part, per: dict[str, str], persons: Floats) -> Floats:
    """The sum of the parts per head, if they are counted so."""
    added = np.zeros(part.rows)
    for name, way in per.items():
        value = part.numbers(name) / (persons if way == "household" else 1.0)
        added = added - np.nan_to_num(value) if name == "expense_farm" else added + value
    return added


def _close(a: Floats, b: Floats) -> NDArray[np.bool_]:
    near: NDArray[np.bool_] = np.abs(a - b) <= np.maximum(APART, APART_SHARE * np.abs(b))
    return near


def _take_off_expense(part: Part, book: FaultBook) -> None:
    net = part.numbers("income_farm") - np.nan_to_num(part.numbers("expense_farm"))
    for i in np.flatnonzero(net < 0):
        book.cell(part.sheet, int(i), part.position("expense_farm"), "register.income_negative")
    part.values["income_farm"] = np.where(net < 0, np.nan, net)


def _hold_bounds(part: Part, names: list[str], book: FaultBook) -> None:
    """After division by persons every component keeps the register's bounds."""
    for name in names:
        vector, high = part.numbers(name), HOUSEHOLD[name].high
        for i in np.flatnonzero(vector > high):
            values = {"found": float(vector[i]), "low": 0, "high": high}
            book.cell(part.sheet, int(i), part.position(name), "register.cell_high_unit", **values)


def _look_for_other_unit(part: Part, total: Floats, book: FaultBook) -> None:
    """A few rows in another unit than the rest of the column (0.35 among 3500)."""
    positive = total[total > 0]
    if not len(positive) or np.median(positive) < LARGE:
        return
    for i in np.flatnonzero((total > 0) & (total < LOWEST)):
        values = {"found": float(total[i]), "median": round(float(np.median(positive)), 0)}
        book.cell(part.sheet, int(i), part.position("income_total"), "register.cell_unlike_column", **values)


def _against_total(part: Part, total: Floats, plan: Plan | None, book: FaultBook) -> None:
    """The parts add up to the stated total; one part that is missing is what remains; all missing are shared out."""
    given = [name for name in COMPONENTS if name in part.matched]
    position = part.position("income_total")
    if not given:
        _share_out(part, total, plan, book)
        return
    added = np.sum([part.numbers(name) for name in given], axis=0)
    missing = [name for name in COMPONENTS if name not in given]
    over = added > total + np.maximum(APART, APART_SHARE * total)
    wrong = over if missing else ~_close(added, total)
    for i in np.flatnonzero(wrong & ~np.isnan(added) & ~np.isnan(total)):
        values = {"total": round(float(total[i]), 2), "added": round(float(added[i]), 2)}
        book.cell(part.sheet, int(i), position, "register.income_sum", **values)
    if len(missing) == 1:
        part.values[missing[0]] = np.where(wrong, np.nan, np.maximum(total - added, 0.0))
        book.note(part.sheet, position, "register.note_remaining", missing=own_name("households", missing[0]))


def _share_out(part: Part, total: Floats, plan: Plan | None, book: FaultBook) -> None:
    """A total without parts is divided by the plan's assumed shares, where there is a plan."""
    position = part.position("income_total")
    shares = [plan.synthesis.get(f"{name}_share") for name in COMPONENTS] if plan is not None else []
    figures = [share.value for share in shares if isinstance(share, Figure)]
    if len(figures) != len(COMPONENTS) or sum(figures) <= 0:
        book.note(part.sheet, position, "register.note_total_alone")
        return
    for name, share in zip(COMPONENTS, figures, strict=True):
        part.values[name] = total * share / sum(figures)
    percent = [
        f"{own_name('households', n)} {100 * s / sum(figures):.0f}%" for n, s in zip(COMPONENTS, figures, strict=True)
    ]
    book.note(part.sheet, position, "register.note_total_shared", shares=percent)
