"""Journeys of households along the pathways (一批): one generator per kind, each a page read top to bottom.

A journey is walked by the households of one township that get one measure in one year; what differs between them (how
long their own house takes, whether they drop out) is drawn for each by name. A kind without a journey of its own takes
the plain one: wait for the money, then it is there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import simpy
from numpy.typing import NDArray

from planner.plan.measures import Measure
from planner.simulation.money import Process
from planner.simulation.works import Site
from planner.simulation.world import MONTHS

Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Party:
    """Households of one township that get one measure in one year."""

    measure: str
    rows: Rows
    year: int
    township: int


Journey = Callable[[Site, Party, Measure, simpy.Resource], Process]
HARVEST = 6
"""Months from the advance to the award by result."""
PARTY = 60
"""Households that are served together at the most."""
JOURNEYS: dict[str, Journey] = {}
"""Pathway kind to its journey."""


def journey(kind: str) -> Callable[[Journey], Journey]:
    """Declare the journey of a pathway kind."""

    def declare(walk: Journey) -> Journey:
        JOURNEYS[kind] = walk
        return walk

    return declare


def start_journeys(site: Site, seats: simpy.Resource) -> None:
    """One process per party: households in villages due by that year first, then by township and register order."""
    s = site.world.setting
    township = s.register.villages["township"].astype(np.int64)[site.world.home]
    due = s.register.villages["due_year"].astype(np.int64)[site.world.home]
    for k, when in s.delivery.items():
        measure = s.plan.measures[k]
        kind = s.plan.pathways[measure.pathway].kind if measure.pathway else ""
        walk = JOURNEYS.get(kind, plain)
        for y in range(len(s.years)):
            rows = np.flatnonzero(when == y)
            if not len(rows):
                continue
            later = np.where((due[rows] > 0) & (due[rows] <= s.years[y]), 0, 1)
            order = rows[np.lexsort((rows, township[rows], later))]
            cuts = np.flatnonzero(np.diff(township[order])) + 1
            for part in np.split(order, cuts):
                for rows in np.split(part, range(PARTY, len(part), PARTY)):
                    party = Party(k, rows, y, int(township[rows[0]]))
                    site.env.process(walk(site, party, measure, seats))


def opening(site: Site, party: Party) -> float:
    """Month in which deliveries of a year can begin: no work starts before the plan's date."""
    plan = site.world.setting.plan
    return party.year * MONTHS + (plan.horizon.start_month - 1 if party.year == 0 else 0)


def fund(site: Site, party: Party, part: float = 1.0) -> Process:
    """Wait for the year, then for the measure's money: for the whole party, or a part of its cost in advance."""
    yield site.env.timeout(max(0.0, opening(site, party) - site.env.now))
    asked = site.env.now
    yield site.accounts.pay(party.measure, cost_of(site, party) * part)
    site.waited(f"money:{party.measure}", asked)


def cost_of(site: Site, party: Party) -> float:
    """What the measure costs for the party. Unit: 万元."""
    return float(site.world.setting.cost[party.measure][party.rows].sum())


def arrive(site: Site, party: Party, months: NDArray[np.float64] | float) -> None:
    """Put the measure in place for each household so many months from now."""
    site.world.arrival[party.measure][party.rows] = np.floor(site.env.now + months).astype(np.int64)


def spread_of(site: Site, party: Party, stage: str, mean: float) -> NDArray[np.float64]:
    """Months for each household, lognormal about the mean."""
    size = site.world.setting.plan.number("delay_sigma")
    drawn = site.luck.normal(f"{stage}:{party.measure}", 0, site.world.who[party.rows])
    return mean * np.exp(size * drawn - size**2 / 2)


def plain(site: Site, party: Party, measure: Measure, seats: simpy.Resource) -> Process:
    """A good of a household: money, then its own time to be put in place.

    A house is begun on an advance and paid for once accepted (先建后补); it counts when the assumed part is built.
    """
    if measure.works is None:
        yield from fund(site, party)
        arrive(site, party, 0.0)
        return
    plan = site.world.setting.plan
    advance = plan.number("advance_share")
    yield from fund(site, party, advance)
    start = site.env.now + spread_of(site, party, "approve", measure.works.approve.value)
    length = spread_of(site, party, "build", measure.works.build.value)
    counts = length * plan.number("house_counts_built")
    done = np.array([site.season.finish(float(a), float(b)) for a, b in zip(start, counts, strict=True)])
    arrive(site, party, done - site.env.now)
    yield site.env.timeout(measure.works.approve.value + measure.works.build.value + measure.works.accept.value)
    yield site.accounts.pay(party.measure, cost_of(site, party) * (1 - advance))


@journey("industry")
def industry(site: Site, party: Party, measure: Measure, seats: simpy.Resource) -> Process:
    """An advance, seed or stock in the ground; the award is paid by result within the year (以奖代补、先建后补).

    What is left of the year when it begins decides how much of the first year's gain is reached.
    """
    advance = site.world.setting.plan.number("advance_share")
    yield from fund(site, party, advance)
    arrive(site, party, 0.0)
    yield site.env.timeout(HARVEST)
    yield site.accounts.pay(party.measure, cost_of(site, party) * (1 - advance))


@journey("relocation")
def relocation(site: Site, party: Party, measure: Measure, seats: simpy.Resource) -> Process:
    """A site for the township's party: approved, built by a crew in season, then everybody moves in together."""
    if measure.works is None:
        yield from fund(site, party)
        arrive(site, party, 0.0)
        return
    advance = site.world.setting.plan.number("advance_share")
    yield from fund(site, party, advance)
    yield site.env.timeout(float(spread_of(site, party, "approve", measure.works.approve.value)[0]))
    with site.crews[party.township].request(priority=site.world.setting.years[party.year]) as turn:
        yield turn
        length = float(spread_of(site, party, "build", measure.works.build.value)[0])
        yield site.env.timeout(site.season.finish(site.env.now, length) - site.env.now)
    yield site.env.timeout(float(spread_of(site, party, "accept", measure.works.accept.value)[0]))
    arrive(site, party, 0.0)
    yield site.accounts.pay(party.measure, cost_of(site, party) * (1 - advance))


@journey("education")
def education(site: Site, party: Party, measure: Measure, seats: simpy.Resource) -> Process:
    """Money, then aid for the school year."""
    yield from fund(site, party)
    arrive(site, party, 0.0)


@journey("employment")
def employment(site: Site, party: Party, measure: Measure, seats: simpy.Resource) -> Process:
    """Money, a seat in a training class when one is free, then the job."""
    yield from fund(site, party)
    if measure.recurring:
        arrive(site, party, 0.0)
        return
    asked = site.env.now
    with seats.request() as turn:
        yield turn
        site.waited("seats", asked)
        yield site.env.timeout(site.world.setting.plan.number("class_months"))
    arrive(site, party, 0.0)


@journey("medical")
def medical(site: Site, party: Party, measure: Measure, seats: simpy.Resource) -> Process:
    """Money, then reimbursement and relief from that month on."""
    yield from fund(site, party)
    arrive(site, party, 0.0)


@journey("transfer")
def transfer(site: Site, party: Party, measure: Measure, seats: simpy.Resource) -> Process:
    """Paid from the month in which the money is there."""
    yield from fund(site, party)
    arrive(site, party, 0.0)


def lose_gains(site: Site, month: int) -> None:
    """Each January some lose what they gained (price, dropout, job), drawn by measure and household."""
    s = site.world.setting
    for k, arrival in site.world.arrival.items():
        measure = s.plan.measures[k]
        if measure.loss is None:
            continue
        held = np.flatnonzero((arrival < month) & (site.world.lost[k] > month))
        gone = held[site.luck.uniform(f"lose:{k}", month, site.world.who[held]) < measure.loss.value]
        site.world.lost[k][gone] = month
