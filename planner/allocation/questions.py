"""The three questions (三个问题): what the plan as written leads to, the best use of the money, the least money.

Deterministic: the program's own expectations, without luck. Each is asked for the first year's money once and for the
same money every year.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.allocation.allocate import allocate_under, prepare
from planner.allocation.answers import Answer
from planner.allocation.constraints_aims import cap_off_incidence
from planner.allocation.families import FAMILIES
from planner.allocation.formulation import Draft
from planner.allocation.objectives import AS_WRITTEN_RANKS, BOUND, CAP_OFF, rank
from planner.allocation.program import Program
from planner.allocation.proposal import Proposal
from planner.allocation.solving import Solver
from planner.plan.model import Plan
from planner.register.model import Register
from planner.wording import Language

QUESTIONS = ("as_written", "best_use", "least_money")
TIMES = ("once", "repeated")
SPARE = 0.02
"""Part of the money left over from which it no longer binds."""
FORBIDS = 1e-9
"""A price below this is none."""


@dataclass(frozen=True)
class Reply:
    """One question for one way of funding, answered."""

    question: str
    money: str
    status: str
    """`found`, `not_binding` where what is left buys nothing more, or `no_money` where a clause stands in the way."""
    yuan: int
    yuan_first_year: int
    persons_first_year: float
    persons_schedule: float
    villages_first_year: float
    villages_schedule: float
    incidence: float
    """Expected county incidence at the end of the schedule, in %."""
    clause: str
    """The clauses that no money mends, where there are any."""


def ask(plan: Plan, register: Register, question: str, money: str) -> Reply:
    """Answer one question for one way of funding."""
    regime = "as_written" if question == "as_written" else "tasks_hard"
    if question == "best_use" and plan.regime.kind not in ("none", "as_written"):
        regime = plan.regime.kind
    asked = plan.model_copy(
        update={
            "money": plan.money.model_copy(update={"years": money}),
            "regime": plan.regime.model_copy(update={"kind": regime}),
        }
    )
    if question == "least_money":
        return _least(asked, register, money)
    wanted = AS_WRITTEN_RANKS if regime == "as_written" else ("persons", "villages", "most", "least")
    proposal = allocate_under(asked, register, tuple(rank(name) for name in wanted))
    return reply_of(asked, register, proposal, question)


def reply_of(plan: Plan, register: Register, proposal: Proposal, question: str) -> Reply:
    """The answer that a proposal already gives."""
    first, last = plan.horizon.first, max(plan.schedule)
    own = {name for name, source in plan.sources.items() if source.account == "plan"}
    spare = question == "best_use" and proposal.yuan(account=own) < (1 - SPARE) * granted(plan)
    return Reply(
        question,
        plan.money.years,
        "not_binding" if spare else "found",
        proposal.yuan(account=own),
        proposal.yuan(first, own),
        proposal.persons_out(first),
        proposal.persons_out(last),
        proposal.villages_off(first),
        proposal.villages_off(last),
        _incidence(register, proposal.persons_out(last)),
        "",
    )


def granted(plan: Plan) -> int:
    """Whole yuan of the plan's own sources over the horizon."""
    once = sum(s.amount.yuan for s in plan.sources.values() if s.pays and s.account == "plan")
    years = len(plan.horizon.years) if plan.money.years == "repeated" else 1
    return round(once * plan.money.scale.value * years)


def _incidence(register: Register, persons_out: float) -> float:
    poor = float(register.households["persons"][register.households["registered"] == 1].sum())
    return 100 * (poor - persons_out) / float(register.villages["rural_persons"].sum())


def _least(plan: Plan, register: Register, money: str) -> Reply:
    """The least money for the cap-off; sources not yet named may grow without limit in the years that are funded."""
    made, program = prepare(plan, register, (CAP_OFF.name, "least"))
    solver = Solver(program)
    for columns in made.extra.values():
        for y, column in enumerate(columns):
            if money == "repeated" or y == 0:
                solver.bound_column(int(column), 0.0, np.inf)
    missing = solver.solve(CAP_OFF.cost(made, program))
    status, clause = "found", ""
    if missing.objective > BOUND * 10:
        status, clause = "no_money", _standing_in_the_way(program, missing)
    solver.keep(CAP_OFF.cost(made, program), missing.objective + BOUND * 10)
    found = solver.solve(rank("least").cost(made, program))
    x = found.values
    schedule = made.problem.years.index(max(plan.schedule))
    spent = [_spent(made, x, y) for y in range(made.years)]
    out = x[made.out].sum(axis=0)
    off = _capped_off(made, x, schedule)
    return Reply(
        "least_money",
        money,
        status,
        round(sum(spent) * 10_000),
        round(spent[0] * 10_000),
        float("nan"),
        float(out[schedule]),
        float("nan"),
        float(off),
        _incidence(register, float(out[schedule])),
        clause,
    )


def _spent(made: Draft, x: np.ndarray, y: int) -> float:
    plan = made.problem.plan
    return float(
        sum(x[columns[y]] for (pool, _, _), columns in made.money.items() if plan.sources[pool].account == "plan")
    )


def _capped_off(made: Draft, x: np.ndarray, y: int) -> int:
    """Listed villages whose incidence is low enough."""
    missing = x[made.short_cap[:-1]]
    return int((missing < 0.5).sum()) if cap_off_incidence(made.problem.plan) > 0 else 0


def _standing_in_the_way(program: Program, answer: Answer) -> str:
    """Families whose rows have a price when only what is missing is minimised, dearest first, by clause."""
    weight: dict[str, float] = {}
    for block in program.rows:
        name = block.family
        price = float(np.abs(answer.prices[block.start : block.stop]).sum())
        if name in FAMILIES and FAMILIES[name].hard and price > FORBIDS and name in LIMITS:
            weight[name] = weight.get(name, 0.0) + price
    order = sorted(weight, key=lambda name: -weight[name])[:3]
    return "; ".join(f"{FAMILIES[name].title}({FAMILIES[name].clause})" for name in order)


def standing_in_the_way(reply: Reply, lang: Language = "zh") -> str:
    """What money does not mend of a reply, in the language asked for; the reply itself says it in Chinese."""
    told = reply.clause
    for each in FAMILIES.values() if lang == "en" else ():
        told = told.replace(f"{each.title}({each.clause})", f"{each.english} ({each.clause})")
    return told


LIMITS = ("class_size", "list", "capacity", "task", "works_first", "village_people")
"""Families that say what can be done rather than how things add up."""
