"""A register that was handed in beside a plan: its townships put in the plan's order, and what planning cannot do without.

A rule may answer "unknown"; a sum of money or a rate of poverty cannot. What is missing is told, never made up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from planner.errors import Fault, RegisterError
from planner.plan.model import Plan
from planner.register.columns import HOUSEHOLD, UNKNOWN, VILLAGE
from planner.register.headings import fold, own_heading
from planner.register.linking import near_name
from planner.register.model import Register, Table

FILE = "register"
"""How messages name the register."""
MOST_UNKNOWN = 0.1
"""Share of registered households whose income may be unknown; planning counts them as having none."""
PARTS = ("income_farm", "income_wage", "income_transfer", "income_property")


def in_order_of(plan: Plan, register: Register) -> Register:
    """The register with its townships in the plan's order.

    Raises: RegisterError with every township that the plan does not have.
    """
    at = {fold(name): i for i, name in enumerate(plan.townships)}
    used = np.unique(register.villages["township"]).tolist()
    faults, new = [], np.full(max(1, len(register.townships)), -1, np.int64)
    for i in used:
        name = register.townships[i]
        if fold(name) in at:
            new[i] = at[fold(name)]
            continue
        near = near_name(name, plan.townships)
        code = "register.township_unknown_near" if near else "register.township_unknown"
        values = {"found": name, "near": near, "known": list(plan.townships)}
        faults.append(Fault(FILE, 0, own_heading("villages", "township"), code, values))
    if faults:
        raise RegisterError(faults)
    if register.townships == tuple(plan.townships):
        return register
    columns = {**register.villages, "township": new[register.villages["township"]]}
    return replace(register, villages=Table(columns, VILLAGE, "villages"), townships=tuple(plan.townships))


def fit_for_planning(plan: Plan, register: Register) -> tuple[Register, tuple[Fault, ...]]:
    """The register as an allocation or a simulation may use it, with notes on what was taken for what.

    Raises: RegisterError naming every column that planning needs and the register does not know.
    """
    h, v = register.households, register.villages
    faults = [_lacking("rural_persons", v["rural_persons"] == UNKNOWN, "register.fit_rural")]
    faults.append(_lacking("poor_village", v["poor_village"] == UNKNOWN, "register.fit_listed"))
    for column in works_columns(plan):
        vector = v[column]
        unknown = np.isnan(vector) if vector.dtype.kind == "f" else vector == UNKNOWN
        faults.append(_lacking(column, unknown, "register.fit_works"))
    registered = h["registered"] == 1
    unknown = np.isnan(register.income)
    if (unknown & registered).sum() > MOST_UNKNOWN * max(1, registered.sum()):
        faults.append(Fault(FILE, 0, "income", "register.fit_income", {"count": int((unknown & registered).sum())}))
    found = [fault for fault in faults if fault is not None]
    if found:
        raise RegisterError(found)
    if not unknown.any():
        return register, ()
    columns = {name: np.where(unknown, 0.0, h[name]) if name in PARTS else h[name] for name in h}
    note = Fault(FILE, 0, "income", "register.note_income_unknown", {"count": int(unknown.sum())})
    return replace(register, households=Table(columns, HOUSEHOLD, "households")), (note,)


def works_columns(plan: Plan) -> Sequence[str]:
    """Columns of villages that say how many units of a shared work are needed, without those that are flags."""
    wanted = [m.need for m in plan.measures.values() if m.kind in ("village_works", "duty")]
    return [name for name in dict.fromkeys(wanted) if name in VILLAGE and VILLAGE[name].kind != "flag"]


def _lacking(column: str, unknown: NDArray[np.bool_], code: str) -> Fault | None:
    if not unknown.any():
        return None
    heading = own_heading("villages", column)
    return Fault(FILE, 0, heading, code, {"count": int(unknown.sum()), "heading": heading})
