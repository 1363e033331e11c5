"""A register of any size in pieces (分片): each of about a county's size, drawn by itself, exact when put together.

What the plan counts is scaled to the households asked for and shared out to the pieces by running totals, so that every
piece is known without the others and all of them add up to the whole. The luck of a piece is found by the seed and its
number: piece 7 is the same whoever draws it, alone or after six others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from planner.plan.figures import Figure
from planner.plan.measures import Measure
from planner.plan.model import Due, Plan
from planner.quantities import share_out
from planner.register.columns import VILLAGE
from planner.register.model import Register
from planner.register.synthesis import POPULATION, need_population, synthesise_from

COUNTED = ("poor", "rural", "dibao", "dibao_with_labour", "disabled", "graduates", "to_relocate")
"""Persons of the plan's population that grow with the households."""
TENTH = 10
"""Parts of a unit in which works that are not counted whole are shared out."""


@dataclass(frozen=True)
class Stream:
    """A register of `households` registered households, in pieces; near-poor households come on top.

    Raises: PlanError, from any of its parts, where the plan lacks a figure that a register cannot be made up without.
    """

    plan: Plan
    households: int
    seed: int

    def __len__(self) -> int:
        """How many pieces there are."""
        return max(1, round(self.households / self._county))

    def __iter__(self) -> Iterator[Register]:
        """The pieces one after another; only one is held at a time."""
        return (self.piece(k) for k in range(len(self)))

    def piece(self, k: int) -> Register:
        """Piece `k`, the same whichever others are drawn.

        Raises: RegisterError where its totals cannot be met.
        """
        luck = np.random.SeedSequence(self.seed, spawn_key=(k,))
        return synthesise_from(self.plan_of(k), np.random.Generator(np.random.PCG64(luck)), self.seed)

    @cached_property
    def totals(self) -> dict[str, int]:
        """Households, and every count of the plan's population, of the whole stream."""
        scale = self.households / self._county
        scaled = {name: round(self.plan.population[name].value * scale) for name in (*COUNTED, "villages")}
        listed = {f"due_{year}": n for year, n in zip(sorted(self.plan.schedule), self._listed, strict=False)}
        near = round(self.households * self.plan.population["near_poor_share"].value)
        return {"households": self.households, "margin": near, **scaled, "poor_villages": sum(self._listed), **listed}

    def plan_of(self, k: int) -> Plan:
        """The plan of piece `k`: what is counted is its part, what is per head or a share is as it was."""
        n, whole = self._part(self.households, k), self.totals
        parts = {name: float(self._part(whole[name], k)) for name in COUNTED}
        listed = [self._part(total, k) for total in self._listed]
        villages = max(self._part(whole["villages"], k), sum(listed), 1)
        parts |= {
            "villages": float(villages),
            "poor_villages": float(sum(listed)),
            "per_household": parts["poor"] / n,
            "near_poor_share": self._part(whole["margin"], k) / n,
        }
        population = dict(self.plan.population)
        population |= {name: _changed(population[name], parts[name]) for name in POPULATION if name in parts}
        years = sorted(self.plan.schedule)
        schedule = {
            year: Due(persons=self.plan.schedule[year].persons, villages=_changed(due.villages, float(here)))
            for (year, due), here in zip(((y, self.plan.schedule[y]) for y in years), listed, strict=False)
        }
        township = len(self.plan.townships) * villages / self.plan.population["villages"].value
        names = [f"第{k + 1}片第{j + 1:02d}乡" for j in range(min(max(1, round(township)), villages))]
        measures = {key: self._tasks_of(measure, k) for key, measure in self.plan.measures.items()}
        update = {"population": population, "schedule": schedule, "townships": names, "measures": measures}
        return self.plan.model_copy(update=update)

    @cached_property
    def _county(self) -> int:
        """Registered households of the plan itself."""
        need_population(self.plan)
        population = self.plan.population
        return round(population["poor"].value / population["per_household"].value)

    @cached_property
    def _listed(self) -> list[int]:
        """Listed villages of the whole stream by year due, those due after the schedule last."""
        due = [self.plan.schedule[year].villages.value for year in sorted(self.plan.schedule)]
        listed = self.plan.population["poor_villages"].value
        rest = max(listed - sum(due), 0.0)
        return share_out(round(listed * self.households / self._county), [*due, rest])

    def _part(self, total: int, k: int) -> int:
        """The part of piece `k` in a total: what the running total grows by from it to the next."""
        pieces = len(self)
        return total * (k + 1) // pieces - total * k // pieces

    def _tasks_of(self, measure: Measure, k: int) -> Measure:
        """The measure with the units of its tasks that fall to the listed villages of piece `k`."""
        column = VILLAGE.get(str(measure.need))
        if measure.kind != "village_works" or column is None or column.kind == "flag":
            return measure
        tasks = []
        fine = TENTH if column.kind == "amount" else 1
        for task in measure.tasks:
            held = self._listed[:1] if task.places == "due_villages" else self._listed
            before, here, whole = (sum(total * j // len(self) for total in held) for j in (k, k + 1, len(self)))
            units = round(task.amount.value * fine * self.households / self._county)
            amount = (units * here // max(whole, 1) - units * before // max(whole, 1)) / fine
            tasks.append(task.model_copy(update={"amount": _changed(task.amount, amount)}))
        return measure.model_copy(update={"tasks": tasks})


def _changed(figure: Figure, value: float) -> Figure:
    return figure.model_copy(update={"value": value})
