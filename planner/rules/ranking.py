"""Villages ranked by what they still lack and what it costs (贫困村缺口排序): what it would take to cap each of them off."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from planner.rules.needs import Needs
from planner.rules.verdict import NOT_MET, UNKNOWN


@dataclass(frozen=True)
class VillageNeeds:
    """What one village and its registered households lack."""

    row: int
    """Its row in the register."""
    rank: int
    """From 1 among the villages on the list; 0 for the others, which have no list to leave."""
    due_year: int
    """Year in which it is due to leave the list; 0 where not listed."""
    persons: int
    """Registered persons."""
    lacking: tuple[str, ...]
    """Village criteria that are not met, in the plan's order."""
    unknown: tuple[str, ...]
    """Village criteria of which the register does not say enough."""
    open_households: int
    """Registered households with an open criterion of their own."""
    open_persons: int
    to_leave: int
    """Persons who have to leave poverty for the incidence to be low enough; -1 where unknown."""
    below_line: int
    """Registered households with an income below the line."""
    gap_yuan: int
    """What they are short of it. Unit: whole 元/年."""
    without: int
    """Households below the line whom no income measure of the plan lifts above it."""
    yuan: int
    """Cost of everything that is needed once, residents' own share included. Unit: whole 元."""
    yearly_yuan: int
    """Cost of what comes back every year, for one year. Unit: whole 元."""
    own_yuan: int
    """What the residents pay of both. Unit: whole 元."""
    side_yuan: int
    """What of both stands beside the plan's whole. Unit: whole 元."""
    to_verify: int
    """Entries to be verified: of households, and of works of the village."""

    @property
    def total_yuan(self) -> int:
        """Everything, with one year of what recurs. Unit: whole 元."""
        return self.yuan + self.yearly_yuan

    @property
    def per_person(self) -> float:
        """Cost of everything per registered person; of a village with costs and nobody registered, without end.

        Unit: 元/人.
        """
        if self.persons > 0:
            return self.total_yuan / self.persons
        return float("inf") if self.total_yuan else 0.0


def village_needs(needs: Needs) -> tuple[VillageNeeds, ...]:
    """Every village: those on the list by rank, then the others in the register's order.

    The rank goes by the year due, then by the cost per registered person, then by the number of village criteria that are
    open, then by the row; a listed village without a year due comes after those that have one.
    """
    found = [_village(needs, row) for row in range(needs.register.villages.rows)]
    listed = needs.register.villages["poor_village"] == 1

    def place(village: VillageNeeds) -> tuple[bool, int, float, int, int]:
        return village.due_year <= 0, village.due_year, village.per_person, len(village.lacking), village.row

    ranked = sorted((v for v in found if listed[v.row]), key=place)
    return (
        *(replace(village, rank=rank) for rank, village in enumerate(ranked, 1)),
        *(village for village in found if not listed[village.row]),
    )


def _village(needs: Needs, row: int) -> VillageNeeds:
    once = yearly = own = side = verify = 0
    for key, need in needs.measures.items():
        yuan = int(need.yuan[row])
        if needs.plan.measures[key].recurring:
            yearly += yuan
        else:
            once += yuan
        own += int(need.own_yuan[row])
        side += yuan if needs.account(key) == "side" else 0
        verify += int(need.unknown[row])
    outcomes = needs.villages.outcomes[:, row]
    criteria = np.array(needs.villages.criteria)
    return VillageNeeds(
        row=row,
        rank=0,
        due_year=int(needs.register.villages["due_year"][row]),
        persons=int(needs.persons[row]),
        lacking=tuple(criteria[outcomes == NOT_MET].tolist()),
        unknown=tuple(criteria[outcomes == UNKNOWN].tolist()),
        open_households=int(needs.open_households[row]),
        open_persons=int(needs.open_persons[row]),
        to_leave=int(needs.to_leave[row]),
        below_line=int(needs.gap.households[row]),
        gap_yuan=int(needs.gap.yuan[row]),
        without=int(needs.gap.transfer[row] + needs.gap.nothing[row]),
        yuan=once,
        yearly_yuan=yearly,
        own_yuan=own,
        side_yuan=side,
        to_verify=verify,
    )
