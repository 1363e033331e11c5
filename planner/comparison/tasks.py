"""From proposals to what is handed down: what rounding cost, names (一户一策), and a task sheet by township and year.

Every figure is whole and carries the clause that it follows from, or the path of the assumption.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from planner.allocation.assignment import NEVER
from planner.allocation.controlled import controlled
from planner.allocation.ledger import COUNTY, DIGITS, NAMES, UNTIED
from planner.allocation.packages import packages_of
from planner.allocation.proposal import Proposal
from planner.comparison.indicators import frame
from planner.comparison.proposals import Named, persons_by_pathway
from planner.plan.model import Plan
from planner.register.model import Register
from planner.terms import Places
from planner.wording import Language, label

Row = tuple[object, ...]
PERSONS, LISTED, FORWARD = "persons", "listed", "villages"
"""Items of a task sheet that are not measures: persons expected out, those on the year's list, villages put forward."""
OWN = "own"
"""The pathway of those who leave by the trend of their own income."""
TREND = "dynamics.trend"
"""The assumption that they follow from."""
BETWEEN = "; "


def rounding(named: Named) -> pd.DataFrame:
    """Each measure in each year before and after rounding, then the persons whom the deliveries can lead out."""
    rows: list[Row] = []
    for name, plan, proposal in named:
        unmet: dict[tuple[str, int], float] = defaultdict(float)
        for missing in proposal.unmet:
            unmet[missing.measure, missing.year] += missing.units
        for loss in proposal.losses:
            measure = plan.measures[loss.measure]
            parts, whole = round(loss.fractional, DIGITS), round(loss.whole, DIGITS)
            money = (loss.yuan_before, loss.yuan_after)
            about = (proposal.years[loss.year], loss.measure, measure.unit)
            left = round(unmet[loss.measure, loss.year], DIGITS)
            rows.append((name, *about, parts, whole, round(whole - parts, DIGITS), *money, left, measure.clause))
        if proposal.reach is not None:
            for y, year in enumerate(proposal.years):
                before, after = float(proposal.reach.fractional[y]), float(proposal.reach.whole[y])
                mine = [loss for loss in proposal.losses if loss.year == y]
                money = (sum(loss.yuan_before for loss in mine), sum(loss.yuan_after for loss in mine))
                unit = plan.schedule[max(plan.schedule)].persons.unit
                rows.append((name, year, PERSONS, unit, before, after, after - before, *money, 0.0, _due(plan, year)))
    return frame("rounding", rows)


def _due(plan: Plan, year: int, *, villages: bool = False) -> str:
    """What says how many persons, or villages, are due in a year: its clause, or the path of the assumption.

    After the schedule it is that of its last year.
    """
    when = min((y for y in plan.schedule if y >= year), default=max(plan.schedule))
    due = plan.schedule[when]
    name = "villages" if villages else "persons"
    return (due.villages if villages else due.persons).clause or f"schedule.{when}.{name}"


# Names


def names(named: Named, register: Register) -> pd.DataFrame:
    """Every household for which anything is planned: its year and pathway, its measures, and why it is its turn."""
    homes, villages = register.households, register.villages
    rows: list[Row] = []
    for name, plan, proposal in named:
        given = proposal.assignment
        registered = np.flatnonzero(homes["registered"] == 1)
        packages, measures = _packages(plan), _measures(proposal)
        for h in np.flatnonzero(_planned(proposal)).tolist():
            village = int(homes["village"][registered[h]])
            listed = int(given.exit_year[h])
            package, pathway = packages[int(given.package[h])] if listed != NEVER else ("", "")
            turn = int(given.turn[h]) + 1 if listed != NEVER else 0
            rows.append(
                (
                    name,
                    int(homes["household"][registered[h]]),
                    str(villages["name"][village]),
                    plan.townships[int(villages["township"][village])],
                    NAMES[_kind(plan, villages["due_year"][village], villages["poor_village"][village])],
                    int(homes["persons"][registered[h]]),
                    proposal.years[listed] if listed != NEVER else 0,
                    pathway,
                    package,
                    BETWEEN.join(measures[h]),
                    turn,
                    *(label(f"turn.{turn}", lang) for lang in _LANGUAGES),
                )
            )
    return frame("names", rows)


_LANGUAGES: tuple[Language, Language] = ("zh", "en")


def _planned(proposal: Proposal) -> NDArray[np.bool_]:
    found = proposal.assignment.exit_year != NEVER
    for when in proposal.assignment.delivered.values():
        found = found | (when != NEVER)
    return np.asarray(found)


def _packages(plan: Plan) -> list[tuple[str, str]]:
    """Name and pathway of each package."""
    return [(package.name, package.pathway or OWN) for package in packages_of(plan)]


def _kind(plan: Plan, due: int, poor: int) -> Places:
    if due == plan.horizon.first:
        return Places.DUE
    return Places.POOR if poor == 1 else Places.OTHER


def _measures(proposal: Proposal) -> list[list[str]]:
    """Each household's measures with their year, or years where a cost that comes back does so no more."""
    given, last = proposal.assignment, len(proposal.years)
    found: list[list[str]] = [[] for _ in given.exit_year]
    for k, when in given.delivered.items():
        until = given.lapse(k, last)
        for h in np.flatnonzero(when != NEVER).tolist():
            first, end = proposal.years[int(when[h])], int(until[h])
            found[h].append(f"{k} {first}" if end == last else f"{k} {first}–{proposal.years[end - 1]}")
    return found


# Task sheets


def task_sheet(named: Named, register: Register) -> pd.DataFrame:
    """What each township has to do in each year: persons, list, villages, and every measure with its money."""
    rows: list[Row] = []
    for name, plan, proposal in named:
        for y, year in enumerate(proposal.years):
            people = (*_persons(plan, proposal, y), *_listed(plan, proposal, register, y))
            things = (*_forward(plan, proposal, register, y), *_bought(plan, proposal, register, y))
            rows += [(name, year, *item) for item in (*people, *things)]
    return frame("task_sheet", rows)


def _persons(plan: Plan, proposal: Proposal, y: int) -> Iterator[Row]:
    """Persons expected out in a year, all and by pathway."""
    keys, persons = persons_by_pathway(proposal)
    whole = controlled(persons, [np.array([town for town, _ in keys], np.int64)])
    steps = np.diff(whole, axis=1, prepend=0)[:, y]
    unit = plan.schedule[max(plan.schedule)].persons.unit
    for t, town in enumerate(plan.townships):
        mine = [(pathway, int(steps[i])) for i, (where, pathway) in enumerate(keys) if where == t]
        total = sum(count for _, count in mine)
        if total:
            yield town, PERSONS, unit, float(total), 0, 0, "", "", _due(plan, plan.horizon.years[y])
        for pathway, count in mine:
            if count:
                given = plan.pathways.get(pathway)
                about = (given.lead, given.clause) if given is not None else ("", TREND)
                yield town, f"{PERSONS}:{pathway}", unit, float(count), 0, 0, "", *about


def _listed(plan: Plan, proposal: Proposal, register: Register, y: int) -> Iterator[Row]:
    """Households and persons by name on the year's list."""
    rows = np.flatnonzero(register.households["registered"] == 1)
    mine = proposal.assignment.exit_year == y
    town = register.villages["township"][register.households["village"][rows]].astype(np.int64)
    count = np.bincount(town[mine], minlength=len(plan.townships))
    persons = np.bincount(town[mine], weights=register.households["persons"][rows][mine], minlength=len(plan.townships))
    unit = plan.schedule[max(plan.schedule)].persons.unit
    for t in np.flatnonzero(count).tolist():
        clause = _due(plan, plan.horizon.years[y])
        yield plan.townships[t], LISTED, unit, float(persons[t]), int(count[t]), 0, "", "", clause


def _forward(plan: Plan, proposal: Proposal, register: Register, y: int) -> Iterator[Row]:
    """Villages put forward in a year, by name."""
    if not proposal.forward.size:
        return
    now = proposal.forward[:, y] & ~(proposal.forward[:, y - 1] if y else np.zeros(len(proposal.forward), bool))
    unit = plan.schedule[max(plan.schedule)].villages.unit
    for t, town in enumerate(plan.townships):
        mine = np.flatnonzero(now & (register.villages["township"] == t))
        if len(mine):
            clause = _due(plan, plan.horizon.years[y], villages=True)
            yield town, FORWARD, unit, float(len(mine)), 0, 0, _named(register, mine), "", clause


def _named(register: Register, villages: NDArray[np.int64]) -> str:
    return BETWEEN.join(str(register.villages["name"][v]) for v in villages)


def _bought(plan: Plan, proposal: Proposal, register: Register, y: int) -> Iterator[Row]:
    """Units and money of each measure by township, sums of the ledger; what is the county's stands with the county."""
    units: dict[tuple[str, str], float] = defaultdict(float)
    yuan: dict[tuple[str, str, str], int] = defaultdict(int)
    for e in proposal.entries:
        if e.year == proposal.years[y]:
            units[e.township, e.measure] += e.units
            yuan[e.township, e.measure, e.line if e.measure == UNTIED else ""] += e.yuan
    households = _served(plan, proposal, register, y)
    order = {k: i for i, k in enumerate([*plan.measures, UNTIED])}
    towns = {town: i for i, town in enumerate([*plan.townships, COUNTY])}
    for town, k, line in sorted(yuan, key=lambda key: (towns[key[0]], order[key[1]], key[2])):
        if k == UNTIED:
            given = plan.lines[line]
            yield town, f"{UNTIED}:{line}", "", 0.0, 0, yuan[town, k, line], "", given.lead, given.clause
            continue
        measure, works = plan.measures[k], proposal.works.get(k)
        villages = ""
        if works is not None:
            now = (works[:, y] > 0) & ((works[:, y - 1] if y else 0 * works[:, y]) == 0)
            villages = _named(register, np.flatnonzero(now & (register.villages["township"] == towns[town])))
        count = households.get((town, k), 0)
        about = (villages, plan.lines[measure.line].lead, measure.clause)
        yield town, k, measure.unit, round(units[town, k], DIGITS), count, yuan[town, k, line], *about


def _served(plan: Plan, proposal: Proposal, register: Register, y: int) -> dict[tuple[str, str], int]:
    """Households by name for which a measure is paid in a year, by township and measure."""
    given = proposal.assignment
    rows = np.flatnonzero(register.households["registered"] == 1)
    town = register.villages["township"][register.households["village"][rows]].astype(np.int64)
    found: dict[tuple[str, str], int] = {}
    for k, when in given.delivered.items():
        paid = given.holds[k][:, y] if plan.measures[k].recurring and k in given.holds else when == y
        count = np.bincount(town[paid], minlength=len(plan.townships))
        found |= {(plan.townships[t], k): int(count[t]) for t in np.flatnonzero(count)}
    return found
