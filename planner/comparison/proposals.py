"""From proposals to tidy tables: money, lines, measures, what the program expects, gaps. Every table sums the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from planner.allocation.controlled import controlled
from planner.allocation.formulation import funded
from planner.allocation.ledger import DIGITS
from planner.allocation.proposal import Proposal
from planner.comparison.indicators import frame
from planner.plan.measures import Measure
from planner.plan.model import Plan

Named = Sequence[tuple[str, Plan, Proposal]]
"""Scenario name, its plan in force, its proposal."""


def money(named: Named) -> pd.DataFrame:
    """The ledger of every scenario."""
    return frame(
        "money",
        [
            (name, e.year, e.source, e.line, e.measure, e.township, e.places, e.units, e.yuan)
            for name, _, proposal in named
            for e in proposal.entries
        ],
    )


def lines(named: Named) -> pd.DataFrame:
    """Each paying line by year, printed beside proposed; what is printed holds for the years that are funded."""
    rows = []
    for name, plan, proposal in named:
        spent: dict[tuple[str, int], int] = defaultdict(int)
        for e in proposal.entries:
            spent[e.line, e.year] += e.yuan
        for line in plan.leaves():
            given = plan.lines[line]
            for year in proposal.years:
                granted = given.amount is not None and funded(plan, given.account, year)
                printed = given.amount.yuan if given.amount is not None and granted else 0
                rows.append((name, year, line, given.account, printed, spent[line, year], given.clause))
    return frame("lines", rows)


def measures(named: Named) -> pd.DataFrame:
    """Units, money and cost per unit of each measure by year, beside what is printed."""
    rows = []
    for name, plan, proposal in named:
        units: dict[tuple[str, int], float] = defaultdict(float)
        yuan: dict[tuple[str, int], int] = defaultdict(int)
        for e in proposal.entries:
            units[e.measure, e.year] += e.units
            yuan[e.measure, e.year] += e.yuan
        for key, measure in plan.measures.items():
            for year in proposal.years:
                bought, paid = round(units[key, year], DIGITS), yuan[key, year]
                rows.append(
                    (
                        name,
                        year,
                        key,
                        measure.line,
                        measure.unit,
                        bought,
                        paid,
                        paid / bought if bought > 0 else float("nan"),
                        _printed(measure, year),
                        float(measure.cost.yuan),
                        measure.clause,
                    )
                )
    return frame("measures", rows)


def _printed(measure: Measure, year: int) -> float:
    """Units that the plan prints for a year; nothing where it prints none or a share of what is needed."""
    found = [t.amount.value for t in measure.tasks if t.amount.year == year and t.amount.unit == measure.unit]
    return sum(found) if found else float("nan")


def planned(named: Named) -> pd.DataFrame:
    """Persons that the program expects to lead out, cumulative, by township and pathway (`own`: by trend alone).

    Whole, and adding up: each figure, and the county's sum of a year, is its own rounded down or up.
    """
    rows = []
    for name, plan, proposal in named:
        keys, persons = persons_by_pathway(proposal)
        size = plan.population["per_household"].value
        towns = np.array([town for town, _ in keys], np.int64)
        whole, households = controlled(persons, [towns]), controlled(persons / size, [towns])
        for i, (town, pathway) in enumerate(keys):
            rows += [
                (name, year, plan.townships[town], pathway, int(whole[i, y]), int(households[i, y]))
                for y, year in enumerate(proposal.years)
            ]
    return frame("planned", rows)


def persons_by_pathway(proposal: Proposal) -> tuple[list[tuple[int, str]], NDArray[np.float64]]:
    """Townships and pathways, and the persons whom the program expects out by them so far. Shape: pair × year."""
    total: dict[tuple[int, str], NDArray[np.float64]] = {}
    for (stratum, pathway), by_year in proposal.expected.by_pathway.items():
        key = (int(proposal.strata[stratum, 0]), pathway)
        total[key] = total.get(key, np.zeros(len(proposal.years))) + np.cumsum(by_year)
    keys = sorted(total)
    return keys, np.array([total[key] for key in keys]).reshape(len(keys), len(proposal.years))


def planned_villages(named: Named, township: Sequence[int]) -> pd.DataFrame:
    """Villages put forward so far, by township, and those that the program expects off the list; parts are chances."""
    rows = []
    for name, plan, proposal in named:
        home = np.array(township, np.int64)
        for y, year in enumerate(proposal.years):
            forward = proposal.forward[:, y] if proposal.forward.size else np.zeros(len(home), bool)
            put = np.bincount(home[forward], minlength=len(plan.townships))
            off = np.bincount(home, weights=proposal.expected.villages[:, y], minlength=len(plan.townships))
            rows += [(name, year, town, int(put[t]), float(off[t])) for t, town in enumerate(plan.townships)]
    return frame("planned_villages", rows)


def gaps(named: Named) -> pd.DataFrame:
    """Resource gap (资金缺口) by line and year: what is arranged, and how much of it has a named source."""
    rows = []
    for name, plan, proposal in named:
        split: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0])
        for e in proposal.entries:
            split[e.year, e.line][0 if plan.sources[e.source].named else 1] += e.yuan
        for (year, line), (with_name, without) in sorted(split.items()):
            if plan.lines[line].account == "plan":
                rows.append((name, year, line, with_name + without, with_name, without))
    return frame("gaps", rows)
