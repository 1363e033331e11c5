"""Village works (村级工程): funded, approved and tendered, built by a crew of the township in season, accepted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import simpy
from scipy.special import ndtri

from planner.simulation.money import Accounts, Process
from planner.simulation.randomness import Luck
from planner.simulation.world import MONTHS, World

BEGIN = 0.5
"""Share paid from which approval begins."""
RAIN = range(3, 8)
"""Months of the rainy season, January being 0: April to August."""


class Season:
    """How far building gets: months of dry-season work done since the start, and back."""

    def __init__(self, slow: float, months: int) -> None:
        speed = np.array([slow if m % MONTHS in RAIN else 1.0 for m in range(months)])
        self._done = np.concatenate([[0.0], np.cumsum(speed)])

    def finish(self, start: float, work: float) -> float:
        """When so many months of dry-season work are done, begun at a time; times beyond the table run on dry."""
        if start >= len(self._done) - 1:
            return start + work
        begun = float(np.interp(start, np.arange(len(self._done)), self._done))
        wanted = begun + work
        if wanted >= self._done[-1]:
            return len(self._done) - 1 + (wanted - float(self._done[-1]))
        return float(np.interp(wanted, self._done, np.arange(len(self._done))))


@dataclass(frozen=True)
class Site:
    """What the works of one replication share."""

    env: simpy.Environment
    world: World
    accounts: Accounts
    crews: list[simpy.PriorityResource]
    """Crews by township; the villages due earliest are served first."""
    season: Season
    luck: Luck

    def waited(self, resource: str, since: float) -> None:
        """Note how long a request of this year waited for a resource."""
        year = min(int(since) // MONTHS, len(self.world.setting.years) - 1)
        self.world.waited.setdefault((year, resource), []).append(self.env.now - since)


def start_works(site: Site) -> None:
    """One process for each works of each village that the proposal pays for, the villages due earliest first."""
    s = site.world.setting
    due = s.register.villages["due_year"].astype(np.int64)
    order = np.argsort(np.where(due > 0, due, max(s.plan.schedule) + 1), kind="stable")
    for v in order:
        for k, share in s.proposal.works.items():
            if share[v, -1] > 1 - s.whole:
                site.env.process(_works(site, k, int(v), share[v]))


def _works(site: Site, k: str, v: int, share: np.ndarray) -> Process:
    """The life of one works: approved and tendered, begun on an advance, built by a crew in season, then accepted and paid.

    It begins in the year by which half is funded. The rest is paid after acceptance, the builder waiting for it (垫资); a
    works that is never funded whole is never finished.
    """
    env, s = site.env, site.world.setting
    measure, cost = s.plan.measures[k], float(s.works_cost[k][v])
    works = measure.works
    if works is None or share[-1] < s.whole:
        return
    begin = int(np.argmax(share >= BEGIN))
    start = begin * MONTHS + (s.plan.horizon.start_month - 1 if begin == 0 else 0)
    yield env.timeout(max(0.0, start - env.now))
    yield env.timeout(_duration(site, k, "approve", v, works.approve.value))
    advance = cost * s.plan.number("advance_share")
    asked = env.now
    yield site.accounts.pay(k, advance)
    site.waited(f"money:{k}", asked)
    length = _duration(site, k, "build", v, works.build.value)
    if works.crew:
        asked = env.now
        due = int(s.register.villages["due_year"][v])
        crew = site.crews[int(s.register.villages["township"][v])]
        with crew.request(priority=due if due > 0 else max(s.plan.schedule) + 1) as turn:
            yield turn
            site.waited("crews", asked)
            yield env.timeout(max(0.0, site.season.finish(env.now, length) - env.now))
    else:
        yield env.timeout(length)
    funded = int(np.argmax(share >= s.whole)) * MONTHS
    yield env.timeout(max(0.0, funded - env.now))
    # A road serves from the day it is built; acceptance and audit only hold up the builder's money.
    site.world.works_done[k][v] = int(env.now)
    yield env.timeout(_duration(site, k, "accept", v, works.accept.value))
    yield site.accounts.pay(k, cost - advance)


def _duration(site: Site, k: str, stage: str, v: int, mean: float) -> float:
    """Months, lognormal about the mean."""
    if mean <= 0:
        return 0.0
    spread = site.world.setting.plan.number("delay_sigma")
    u = min(max(site.luck.one(f"{stage}:{k}", 0, v), 1e-12), 1 - 1e-12)
    return mean * float(np.exp(spread * float(ndtri(u)) - spread**2 / 2))
