"""Money arrives in tranches (资金到位), late and not always whole; each measure pays from what has arrived for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator
from itertools import accumulate

import numpy as np
import simpy

from planner.allocation.ledger import UNTIED
from planner.simulation.randomness import Luck
from planner.simulation.world import MONTHS, Setting

Process = Generator[simpy.Event, object, None]


class Accounts:
    """One account per measure of a fund line, in whole yuan; work waits at it first come, first served.

    Money is granted by project (项目资金), so one measure's queue does not starve another of the same line.
    """

    def __init__(self, env: simpy.Environment, setting: Setting, luck: Luck) -> None:
        self.env = env
        self.planned = _planned(setting)
        self.measure = {k: simpy.Container(env) for k in setting.plan.measures}
        self.promised = 0
        self.arrived = 0
        self.paid = 0
        """What was taken out so far; what is still asked for and not there yet is not in it."""
        for name in setting.plan.sources:
            for y in range(len(setting.years)):
                if any(key[0] == name and key[2] == y for key in self.planned):
                    env.process(self._tranches(setting, luck, name, y))

    def _tranches(self, setting: Setting, luck: Luck, name: str, y: int) -> Process:
        source = setting.plan.sources[name]
        delay = source.delay_months.value if source.delay_months else 0.0
        missing = 1 - (source.arrives.value if source.arrives else 1.0)
        short = min(1.0, missing * -float(np.log1p(-luck.one(f"arrives:{name}", y * MONTHS, 0))))
        spread = setting.plan.number("delay_sigma")
        shares = [0.0, *accumulate(tranche.share for tranche in source.tranches)]
        for i, tranche in enumerate(source.tranches):
            late = delay * float(
                np.exp(spread * luck.normal(f"late:{name}:{i}", y * MONTHS, np.zeros(1, np.int64))[0] - spread**2 / 2)
            )
            due = y * MONTHS + tranche.month - 1 + late
            yield self.env.timeout(max(0.0, due - self.env.now))
            for (owner, measure, year), yuan in self.planned.items():
                if owner == name and year == y:
                    # Rounded as a running sum, so that the tranches of a year add up to the year's money.
                    promised = round(yuan * shares[i + 1]) - round(yuan * shares[i])
                    amount = int(promised * (1 - short))
                    self.promised += promised
                    self.arrived += amount
                    if amount > 0:
                        self.measure[measure].put(amount)

    def pay(self, measure: str, wan: float) -> simpy.events.Event:
        """Wait until the measure can pay; amounts in 万元, kept in whole yuan."""
        # A sum of floats may stand a hair below the yuan that it means.
        yuan = int(round(wan * 10_000, 3))
        if yuan <= 0:
            return self.env.timeout(0)
        taken = self.measure[measure].get(yuan)
        taken.callbacks.append(lambda _: self._took(yuan))
        return taken

    def _took(self, yuan: int) -> None:
        self.paid += yuan


def _planned(setting: Setting) -> dict[tuple[str, str, int], int]:
    """Whole yuan by source, measure and year for what is delivered; tasks held by a clause are paid apart."""
    planned: dict[tuple[str, str, int], int] = defaultdict(int)
    measures = setting.plan.measures
    for e in setting.proposal.entries:
        if e.measure != UNTIED and measures[e.measure].kind != "held":
            planned[e.source, e.measure, setting.years.index(e.year)] += e.yuan
    return dict(planned)
