"""Dividing the money: a plan and a register in, a proposal out."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from planner.allocation.answers import Answer, Engine
from planner.allocation.as_written import Spread, spread_as_written
from planner.allocation.assembling import draft
from planner.allocation.assignment import Assignment, assign, assign_by_order
from planner.allocation.certificate import Free, Served
from planner.allocation.conflicts import conflict
from planner.allocation.constraints_aims import listed_by, target_of
from planner.allocation.formulation import Draft
from planner.allocation.ledger import ledger
from planner.allocation.objectives import BOUND, CONCESSION, Rank, aims_of, rank
from planner.allocation.problem import Problem, make_problem
from planner.allocation.program import Program
from planner.allocation.proposal import Expected, Proposal, RankResult
from planner.allocation.pulp_view import PulpSolver
from planner.allocation.solving import Solver
from planner.errors import Infeasible, SolverFailed
from planner.plan.model import Plan
from planner.register.model import Register

Floats = NDArray[np.float64]
EngineName = Literal["highs", "pulp-cbc", "pulp-highs"]
EXITS = "villages"
"""The aim that decides which villages are put forward in which year; afterwards this stays."""
GAP, GAP_AFTER = 1e-3, 3e-2
"""The part of the aim's value by which the exits found may be off the best ones: as the first aim, and after others.

After others the search has to keep what they reached, and its last percents take minutes.
"""
ALIKE = 0.2
"""Shares put forward that differ by less than this count as alike."""


def allocate(plan: Plan, register: Register, engine: EngineName = "highs") -> Proposal:
    """The proposal of a plan under its regime.

    `none`: nothing is bought. `as_written`: the printed lines, spread as the plan ranks, then the best reading of who
    can leave. Otherwise the regime's aims in their order.

    Raises: Infeasible where the clauses cannot all hold.
    """
    return allocate_under(plan, register, tuple(rank(name) for name in aims_of(plan)), engine)


def allocate_under(plan: Plan, register: Register, ranks: tuple[Rank, ...], engine: EngineName = "highs") -> Proposal:
    """The proposal of a plan under its regime, for the aims given in their order.

    Raises: as `allocate`.
    """
    problem = make_problem(plan, register)
    if plan.regime.kind == "none":
        return _nothing(problem)
    made, program = draft(problem, tuple(each.name for each in ranks))
    bounds = Bounds(engine_for(program, engine), program)
    spread: Spread | None = None
    if plan.regime.kind == "as_written":
        spread = spread_as_written(problem)
        fix_spread(made, bounds, spread)
    try:
        values, served = solve_ranks(made, program, bounds, ranks)
    except Infeasible:
        raise conflict(replace(program, lower=bounds.lower, upper=bounds.upper)) from None
    return proposal_of(made, values, served, spread is not None)


def engine_for(program: Program, name: EngineName) -> Engine:
    """HiGHS on the arrays, or the same arrays by way of PuLP."""
    if name == "highs":
        return Solver(program)
    return PulpSolver(program, engine="cbc" if name == "pulp-cbc" else "highs")


def prepare(plan: Plan, register: Register, aims: tuple[str, ...] | None = None) -> tuple[Draft, Program]:
    """The program of a plan and a register for the aims named, or for those of its regime; not yet solved."""
    return draft(make_problem(plan, register), aims_of(plan) if aims is None else aims)


class Bounds:
    """A solver whose column bounds are remembered, so that a proof can be given for what was really solved."""

    def __init__(self, engine: Engine, program: Program) -> None:
        self.engine = engine
        self.lower, self.upper = program.lower.copy(), program.upper.copy()
        self.changed = False

    def set(self, column: int, lower: float, upper: float) -> None:
        """Change the bounds of one column."""
        self.engine.bound_column(column, lower, upper)
        self.lower[column], self.upper[column] = lower, upper
        self.changed = True

    def fix(self, columns: NDArray[np.int64], values: Floats) -> None:
        """Hold columns at values."""
        for column, value in zip(columns.ravel().tolist(), values.ravel().tolist(), strict=True):
            self.set(column, value, value)


def solve_ranks(
    made: Draft, program: Program, bounds: Bounds, ranks: tuple[Rank, ...]
) -> tuple[Floats, tuple[Served, ...]]:
    """Each aim in turn, the earlier ones conceding a little; an aim already at its bound is not solved again."""
    values: Floats | None = None
    served: list[Served] = []
    for each in ranks:
        cost = each.cost(made, program)
        reached = float(cost @ values) if values is not None else np.inf
        answer: Answer | None = None
        free: Free | None = None
        if values is None or cost.min(initial=0.0) < 0 or reached > BOUND:
            answer = bounds.engine.solve(cost)
            if each.name == EXITS:
                answer, free = whole_exits(made, program, bounds, cost, answer, GAP_AFTER if served else GAP)
            values, reached = answer.values, answer.objective
        at_most = reached + CONCESSION * abs(reached) + BOUND
        bounds.engine.keep(cost, at_most)
        none = np.zeros(0)
        changed = bounds.changed
        served.append(
            Served(
                each.name,
                cost,
                reached,
                answer.prices if answer else none,
                at_most,
                answer.kept_prices if answer else none,
                bounds.lower.copy() if changed else None,
                bounds.upper.copy() if changed else None,
                free,
            )
        )
    if values is None:
        raise ValueError("no aim was given")
    return values, tuple(served)


def whole_exits(
    made: Draft, program: Program, bounds: Bounds, cost: Floats, relaxed: Answer, gap: float
) -> tuple[Answer, Free]:
    """The villages put forward, whole; then everything else anew with these held. With it what shares would have reached.

    Where the search fails, the shares are rounded down to a choice that can always be kept.
    """
    lower, upper = bounds.lower.copy(), bounds.upper.copy()
    whole = program.whole[made.forward]
    claimed, nodes, finished = relaxed.objective, 0, True
    forward = relaxed.values[made.forward]
    if np.abs(forward - np.round(forward))[whole].max(initial=0.0) > BOUND:
        try:
            found = bounds.engine.branch(cost, gap)
            forward, claimed, nodes, finished = found.values[made.forward], found.bound, found.nodes, found.finished
        except SolverFailed:
            forward, finished = _rounded(made, bounds, cost, forward, whole), False
    bounds.fix(made.forward[whole], np.round(forward[whole]))
    free = Free(relaxed.objective, relaxed.prices, relaxed.kept_prices, lower, upper, claimed, nodes, finished)
    return bounds.engine.solve(cost), free


def _rounded(made: Draft, bounds: Bounds, cost: Floats, forward: Floats, whole: NDArray[np.bool_]) -> Floats:
    """As many villages for each year as the shares come to, the others given up; then whatever is still a share.

    Kept are those mostly put forward, and of those alike the ones in which the fewest of the poor have to be out. A
    village that is not put forward takes nothing, so nothing becomes infeasible.
    """
    problem = made.problem
    effort = problem.out_needed[problem.listed] / np.maximum(problem.village_persons[problem.listed], 1.0)
    gone = np.zeros(len(forward), bool)
    for y in np.flatnonzero(whole.any(axis=0)):
        keep = int(np.ceil(forward[:, y].sum() - BOUND))
        order = np.lexsort((effort, -np.round(forward[:, y] / ALIKE), ~gone))
        gone[order[:keep]] = True
        for j in np.flatnonzero(~gone):
            bounds.set(int(made.forward[j, y]), 0.0, 0.0)
    return np.floor(bounds.engine.solve(cost).values[made.forward] + BOUND)


def fix_spread(made: Draft, bounds: Bounds, spread: Spread) -> None:
    """Hold every delivery at what the plan as written delivers."""
    for block, amounts in ((made.stock, spread.stock), (made.done, spread.done)):
        for k, columns in block.items():
            for i, y in zip(*np.nonzero(columns >= 0), strict=True):
                bounds.set(int(columns[i, y]), float(amounts[k][i, y]), float(amounts[k][i, y]))


def proposal_of(made: Draft, values: Floats, served: tuple[Served, ...], by_order: bool) -> Proposal:
    """A proposal from the values of its program; `by_order` hands goods down the register instead of planning exits."""
    problem = made.problem
    stock = {k: _filled(columns, values) for k, columns in made.stock.items()}
    done = {k: _filled(columns, values) for k, columns in made.done.items()}
    off, forward = np.zeros((2, len(problem.village_persons), made.years))
    off[problem.listed], forward[problem.listed] = values[made.off], values[made.forward]
    assignment = assign_by_order(problem, stock) if by_order else assign(problem, stock, done, forward)
    return Proposal(
        problem.years,
        done,
        assignment,
        ledger(made, values),
        _expected(made, values, _filled(made.exit, values), off),
        tuple(RankResult(s.name, s.objective, s.objective <= BOUND and s.cost.min(initial=0.0) >= 0) for s in served),
        np.stack([problem.strata.township, problem.strata.places], axis=1),
        problem.classes.misfit,
        values,
        served,
    )


def _filled(columns: NDArray[np.int64], values: Floats) -> Floats:
    return np.where(columns >= 0, values[columns], 0.0)


def _expected(made: Draft, values: Floats, exits: Floats, off: Floats) -> Expected:
    problem, c = made.problem, made.problem.classes
    persons = exits * c.chance * (c.persons / c.households)[c.offer_class][:, None]
    names = [p.pathway or "own" for p in problem.needs.packages]
    by_pathway: dict[tuple[int, str], Floats] = {}
    for offer in np.flatnonzero(persons.sum(axis=1) > 0):
        key = (int(c.stratum[c.offer_class[offer]]), names[c.offer_package[offer]])
        by_pathway[key] = by_pathway.get(key, np.zeros(made.years)) + persons[offer]
    return Expected(values[made.out], values[made.relief], off, dict(sorted(by_pathway.items())), _short(made, exits))


def _short(made: Draft, exits: Floats) -> dict[str, float]:
    """Persons put on the list of a pathway's year below its target; nought where it is met."""
    c = made.problem.classes
    size = (c.persons / c.households)[c.offer_class]
    found = {}
    for w in made.short_pathway:
        offers, y = listed_by(made, w)
        found[w] = max(0.0, target_of(made, w) - float(exits[offers, y] @ size[offers]))
    return found


def _nothing(problem: Problem) -> Proposal:
    years = len(problem.years)
    none = np.full(len(problem.needs.rows), -1, np.int16)
    strata = np.stack([problem.strata.township, problem.strata.places], axis=1)
    empty = Expected(
        np.zeros((len(strata), years)), np.zeros(years), np.zeros((len(problem.village_persons), years)), {}, {}
    )
    works = {k: np.zeros((len(problem.village_persons), years)) for k in problem.works}
    assignment = Assignment(none, none, dict.fromkeys(problem.goods, none))
    return Proposal(problem.years, works, assignment, [], empty, (), strata, problem.classes.misfit)
