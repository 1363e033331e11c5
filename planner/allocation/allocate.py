"""Dividing the money: a plan and a register in, a proposal out."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from planner.allocation.answers import Answer, Engine
from planner.allocation.assembling import draft
from planner.allocation.assignment import Assignment, assign, assign_by_order
from planner.allocation.certificate import Free, Served
from planner.allocation.conflicts import conflict
from planner.allocation.constraints_aims import listed_by, target_of
from planner.allocation.exits import GAP, GAP_AFTER, whole_exits
from planner.allocation.formulation import Draft
from planner.allocation.holding import EXITS, Sides, opening_sides
from planner.allocation.ledger import ledger
from planner.allocation.loss import reach
from planner.allocation.objectives import BOUND, Rank, aims_of, conceded, rank
from planner.allocation.problem import Problem, make_problem
from planner.allocation.program import Program
from planner.allocation.proposal import Expected, Proposal, RankResult
from planner.allocation.pulp_view import PulpSolver
from planner.allocation.rounding import Rounded, round_plan
from planner.allocation.rounding_works import FORWARD
from planner.allocation.solving import Solver
from planner.errors import Infeasible
from planner.plan.model import Plan
from planner.register.model import Register

Floats = NDArray[np.float64]
EngineName = Literal["highs", "pulp-cbc", "pulp-highs"]


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
    sides, spread = opening_sides(made, program)
    bounds.open(sides)
    try:
        values, served = solve_ranks(made, program, bounds, ranks)
    except Infeasible:
        raise conflict(replace(program, lower=bounds.lower, upper=bounds.upper)) from None
    rounded = round_plan(made, values)
    kept = reach(made, program, values, rounded, Solver)
    return replace(proposal_of(made, values, served, spread is not None, rounded), reach=kept)


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

    def open(self, sides: Sides) -> None:
        """Change the bounds of every column that they change."""
        for column in np.flatnonzero((sides.lower != self.lower) | (sides.upper != self.upper)).tolist():
            self.set(column, float(sides.lower[column]), float(sides.upper[column]))

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
        if values is None or cost.min(initial=0.0) < 0 or reached > BOUND or each.name == EXITS:
            answer = bounds.engine.solve(cost, near=each.near)
            if each.name == EXITS:
                answer, free = whole_exits(made, program, bounds, cost, answer, GAP_AFTER if served else GAP)
            values, reached = answer.values, answer.objective
        at_most = conceded(reached)
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


def proposal_of(
    made: Draft, values: Floats, served: tuple[Served, ...], by_order: bool, rounded: Rounded | None = None
) -> Proposal:
    """A proposal from the values of its program, or from these as they were rounded before.

    `by_order` hands goods down the register instead of planning exits.
    """
    problem = made.problem
    rounded = round_plan(made, values) if rounded is None else rounded
    off, forward = np.zeros((2, len(problem.village_persons), made.years))
    off[problem.listed], forward[problem.listed] = values[made.off], values[made.forward]
    put = forward > FORWARD
    return Proposal(
        problem.years,
        {k: done.astype(float) for k, done in rounded.done.items()},
        assign_by_order(problem, rounded) if by_order else assign(problem, rounded, put),
        ledger(made, values, rounded),
        _expected(made, values, _filled(made.exit, values), off),
        tuple(RankResult(s.name, s.objective, s.objective <= BOUND and s.cost.min(initial=0.0) >= 0) for s in served),
        np.stack([problem.strata.township, problem.strata.places], axis=1),
        problem.classes.misfit,
        values,
        served,
        put,
        rounded.losses,
        rounded.unmet,
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
