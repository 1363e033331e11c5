"""The made-up members of a household: how many, who can work, who goes to school, who is old, ill or disabled.

Numbers of persons and of households of a kind are set first and then dealt out, so that they agree with the plan's
`synthesis` entries; who goes with whom follows the entries on what goes together (illness and labour, size and pupils).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from planner.plan.model import Plan
from planner.register.calibration import Floats, Mask, Source, Whole, chance_for_total, counts_of_sum, pick, tilted

SMALL = 2
"""Persons up to which a household counts as small when it comes to having no labour."""


def shape_of_sizes(plan: Plan) -> Floats:
    """Shares of households by size, of the plan's shape and with its mean. Shape: persons less one."""
    largest = int(plan.number("largest_household"))
    known = [k for k in range(1, largest + 1) if f"size_{k}" in plan.synthesis]
    shares = np.zeros(largest)
    shares[np.array(known) - 1] = [plan.number(f"size_{k}") for k in known]
    return tilted(shares / shares.sum(), np.arange(1.0, largest + 1), plan.population["per_household"].value)


def draw_sizes(plan: Plan, registered: int, margin: int, wanted: int, source: Source) -> Whole:
    """Persons of each household, the registered first; theirs sum exactly to `wanted`.

    Raises: RegisterError where the sum is out of reach.
    """
    shares = shape_of_sizes(plan)
    values = np.arange(1, len(shares) + 1)
    exact = np.repeat(values, counts_of_sum(registered, wanted, shares))
    near = np.repeat(values, counts_of_sum(margin, round(margin * float(shares @ values)), shares))
    return np.concatenate([source.permutation(exact), source.permutation(near)])


def draw_wubao(plan: Plan, persons: Whole, registered: Mask, source: Source) -> Mask:
    """Who is on the rolls of 五保: registered persons living alone, as many as assumed."""
    alone = np.flatnonzero(registered & (persons == 1))
    wubao = np.zeros(len(persons), bool)
    wubao[source.permutation(alone)[: round(plan.number("wubao_share") * int(registered.sum()))]] = True
    return wubao


def draw_without_labour(plan: Plan, persons: Whole, registered: Mask, wubao: Mask, source: Source) -> Mask:
    """Which households have nobody able to work: all of 五保, then the small rather than the large."""
    share = plan.number("no_labour_share")
    weight = np.where(persons <= SMALL, plan.number("no_labour_small"), 1.0)
    none = wubao.copy()
    for rows in (np.flatnonzero(registered), np.flatnonzero(~registered)):
        known = int(wubao[rows].sum())
        wanted = max(round(share * len(rows)) - known, 0)
        none[rows] |= pick(np.where(wubao[rows], 0.0, weight[rows]), wanted, source)
    return none


def draw_ill(plan: Plan, persons: Whole, rows: Whole, none: Mask, source: Source) -> Whole:
    """Ill persons of the households `rows`: so many households, so many persons, more often without labour.

    Shape: as `rows`.
    """
    without = none[rows]
    share, ratio = plan.number("ill_share"), plan.number("ill_no_labour")
    part = float(without.mean()) if len(rows) else 0.0
    rate = min(share / (1 - part + part * ratio), 1.0)
    total = round(share * len(rows))
    among = min(round(rate * ratio * int(without.sum())), int(without.sum()), total)
    ill = np.zeros(len(rows), np.int64)
    ill[source.permutation(np.flatnonzero(without))[:among]] = 1
    ill[source.permutation(np.flatnonzero(~without))[: total - among]] = 1
    more = round(plan.number("ill_per_person") * int(persons[rows].sum())) - int(ill.sum())
    room = np.where(ill > 0, persons[rows] - 1, 0).astype(np.float64)
    ill[pick(room, more, source)] += 1
    return ill


def draw_labour(plan: Plan, persons: Whole, rows: Whole, none: Mask, ill: Whole, source: Source) -> Whole:
    """Persons able to work in the households `rows`; those with an ill member have fewer per head.

    Shape: as `rows`.
    """
    size, works, sick = persons[rows], ~none[rows], ill > 0
    wanted = plan.number("labour_per_person") * float(size.sum())
    ratio = plan.number("ill_labour")
    sick_persons, well_persons = float(size[sick].sum()), float(size[~sick].sum())
    well_labour = wanted * well_persons / max(well_persons + ratio * sick_persons, 1.0)
    labour = np.zeros(len(rows), np.int64)
    for group, total in ((sick, wanted - well_labour), (~sick, well_labour)):
        mine = np.flatnonzero(group & works)
        labour[mine] = 1 + spread_over(size[mine] - 1, round(total) - len(mine), source)
    return labour


def spread_over(room: Whole, wanted: int, source: Source) -> Whole:
    """Exactly `wanted` persons, each as likely as any other of the `room` that the households have."""
    wanted = min(max(wanted, 0), int(room.sum()))
    taken = source.binomial(room, wanted / max(int(room.sum()), 1)).astype(np.int64)
    while gap := wanted - int(taken.sum()):
        open_room = np.flatnonzero(room > taken) if gap > 0 else np.flatnonzero(taken > 0)
        taken[source.permutation(open_room)[: abs(gap)]] += 1 if gap > 0 else -1
    return taken


def draw_dependants(
    plan: Plan, persons: Whole, labour: Whole, none: Mask, rows: Whole, source: Source
) -> dict[str, Whole]:
    """Pupils, elderly and students among those of the households `rows` who do not work; nobody is two of them.

    Nobody who lives alone goes to school. Shape: as `rows`.
    """
    size, left, without = persons[rows], (persons - labour)[rows], none[rows]
    whole = float(size.sum())
    alone = size == 1
    wanted = plan.number("pupil_rate") * whole
    chance = _pupil_chances(size, left, wanted, plan.number("tie_size_pupils"))
    pupils = source.binomial(left, np.where(alone, 0.0, chance))
    left = left - pupils
    weight = np.where(without, plan.number("elderly_no_labour"), 1.0)
    elderly = source.binomial(left, chance_for_total(left, weight, plan.number("elderly_rate") * whole))
    left = left - elderly
    students = source.binomial(
        left, chance_for_total(left, (~alone).astype(np.float64), plan.number("student_rate") * whole)
    )
    return {name: v.astype(np.int64) for name, v in (("pupils", pupils), ("elderly", elderly), ("students", students))}


def _pupil_chances(size: Whole, left: Whole, wanted: float, tie: float) -> Floats:
    """The chance that one who does not work is a pupil: steeper in the size until pupils and size go together as wanted.

    Worked out over the few pairs of size and left, not over the households.
    """
    width = int(size.max()) + 1
    cells = np.bincount(size * width + left, minlength=width * width).astype(np.float64)
    sizes, lefts = np.divmod(np.arange(width * width), width)
    low, high = 0.0, 8.0
    chance: Floats = np.zeros(width * width)
    for _ in range(24):
        power = (low + high) / 2
        weight = np.where(sizes > 1, (np.maximum(sizes - 1, 0) / max(width - 2, 1)) ** power, 0.0)
        chance = chance_for_total((cells * lefts).astype(np.int64), weight, wanted)
        low, high = (power, high) if _correlation(cells, sizes, lefts, chance) < tie else (low, power)
    found: Floats = chance[size * width + left]
    return found


def _correlation(cells: Floats, sizes: Whole, lefts: Whole, chance: Floats) -> float:
    """Expected correlation between size and pupils, these being binomial within each cell."""
    count = cells.sum()
    mean = lefts * chance
    average, average_size = cells @ mean / count, cells @ sizes / count
    variance = cells @ (mean * (1 - chance) + mean**2) / count - average**2
    spread = cells @ (sizes - average_size) ** 2 / count
    if variance <= 0 or spread <= 0:
        return 1.0
    return float((cells @ ((sizes - average_size) * mean) / count) / np.sqrt(variance * spread))


def draw_counted(plan: Plan, entry: str, weights: Floats, source: Source) -> NDArray[np.int64]:
    """One person in each of as many households as the plan counts persons. Shape: as `weights`."""
    return pick(weights, int(plan.population[entry].value), source).astype(np.int64)
