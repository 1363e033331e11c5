"""What one replication leaves behind: yearly counts by county and township, flows between states, waits."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from planner.simulation.states import OUT, POOR
from planner.simulation.world import MONTHS, World
from planner.terms import State

Floats = NDArray[np.float64]


@dataclass
class Record:
    """Counts of one replication. Persons unless the name says otherwise."""

    years: int
    townships: int
    pathways: int
    counts: dict[tuple[str, int], float] = field(default_factory=lambda: defaultdict(float))
    """(indicator, year index) to a value."""
    flows: dict[tuple[int, State, State], float] = field(default_factory=lambda: defaultdict(float))
    """(year index, from, to) to persons."""
    places: dict[tuple[str, int], Floats] = field(default_factory=dict)
    """(indicator, year index) to values by township. Shape: township."""
    by_pathway: Floats = field(default_factory=lambda: np.zeros((0, 0)))
    """Persons of the cohort who are out, by the pathway that led them; the last is none. Shape: pathway + 1 × year."""
    waits: dict[tuple[int, str], tuple[int, float]] = field(default_factory=dict)
    """(year index, resource) to requests and months waited in all."""
    out: NDArray[np.bool_] = field(default_factory=lambda: np.zeros((0, 0), bool))
    """Whether each household of the cohort is out at year end. Shape: year × household."""
    money: tuple[int, int] = (0, 0)
    """Yuan promised and yuan arrived for what is delivered."""

    def count(self, indicator: str, year: int, value: float) -> None:
        """Add to a yearly count."""
        self.counts[indicator, year] += float(value)

    def moved(self, came: dict[State, NDArray[np.int64]], to: State, year: int, persons: NDArray[np.int64]) -> None:
        """Add the persons of a move to the year's flows."""
        for before, rows in came.items():
            self.flows[year, before, to] += float(persons[rows].sum())

    def close_year(self, world: World, month: int) -> None:
        """Year-end figures."""
        year = world.year_of(month)
        persons, home = world.persons, world.home
        township = world.setting.register.villages["township"].astype(np.int64)
        is_poor, is_out = np.isin(world.state, POOR), np.isin(world.state, OUT)
        left = world.cohort & is_poor
        rural = world.setting.register.villages["rural_persons"].astype(np.float64)
        off = world.off <= month
        total = float(persons[world.cohort].sum())
        stock = float(persons[is_poor].sum())
        for name, value in (
            ("cohort_left", persons[left].sum()),
            ("persons_out", total - persons[left].sum()),
            ("households_out", (world.cohort & is_out).sum()),
            ("poor_stock", stock),
            ("incidence", 100 * stock / rural.sum()),
            ("villages_off", off.sum()),
        ):
            self.counts[name, year] = float(value)
        by_village = np.bincount(home[is_poor], weights=persons[is_poor], minlength=len(rural))
        listed = world.setting.register.villages["poor_village"] == 1
        worst = (by_village[listed] / rural[listed]).max(initial=0.0)
        self.counts["worst_village_incidence", year] = 100 * float(worst)
        self._close_places(world, year, township, left, is_poor, off)
        self.by_pathway[:, year] = np.bincount(
            np.where(world.exit_pathway >= 0, world.exit_pathway, self.pathways)[world.cohort & is_out],
            weights=persons[world.cohort & is_out],
            minlength=self.pathways + 1,
        )
        self.out[year] = (world.cohort & is_out)[world.cohort]

    def _close_places(
        self,
        world: World,
        year: int,
        township: NDArray[np.int64],
        left: NDArray[np.bool_],
        is_poor: NDArray[np.bool_],
        off: NDArray[np.bool_],
    ) -> None:
        at, persons = township[world.home], world.persons

        def by_township(mask: NDArray[np.bool_]) -> Floats:
            return np.bincount(at[mask], weights=persons[mask], minlength=self.townships).astype(np.float64)

        cohort, still = by_township(world.cohort), by_township(left)
        self.places["persons_out", year] = cohort - still
        self.places["cohort_left", year] = still
        self.places["poor_stock", year] = by_township(is_poor)
        self.places["share_out", year] = 1 - still / np.maximum(cohort, 1)
        rural = np.bincount(
            township, weights=world.setting.register.villages["rural_persons"], minlength=self.townships
        )
        self.places["incidence", year] = 100 * by_township(is_poor) / np.maximum(rural, 1)
        self.places["villages_off", year] = np.bincount(township[off], minlength=self.townships).astype(float)

    def close(self, world: World, promised: int, arrived: int) -> None:
        """Figures of the whole run."""
        self.money = (promised, arrived)
        self.waits = {key: (len(v), float(sum(v))) for key, v in sorted(world.waited.items())}


def blank(world: World) -> Record:
    """An empty record of the right shape."""
    s = world.setting
    years, pathways = len(s.years), len(s.plan.pathways)
    return Record(
        years,
        len(s.plan.townships),
        pathways,
        by_pathway=np.zeros((pathways + 1, years)),
        out=np.zeros((years, int(world.cohort.sum())), bool),
    )


def last_month(year: int) -> int:
    """December of a year index."""
    return year * MONTHS + MONTHS - 1
