"""Every rank of a proposal, asked again of CBC and of SCIP: the linear form to 1e-7, the whole exits to the stated gaps.

The reduced plan stands for all in the normal suite; every shipped scenario is asked in `make long`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from planner import study
from planner.allocation.allocate import GAP, prepare
from planner.allocation.answers import Whole
from planner.allocation.certificate import Served
from planner.allocation.objectives import aims_of
from planner.allocation.objectives import rank as rank_of
from planner.allocation.program import Program
from planner.allocation.pulp_view import PulpSolver, write_mps
from planner.allocation.solving import Solver
from planner.errors import Infeasible, SolverFailed
from planner.plan.model import Plan
from planner.plan.regime import AIMS
from planner.register.model import Register
from tests.allocation.outside import ScipSolver, ScipySolver, least_in_file, with_scip
from tests.allocation.ranking import ranked
from tests.allocation.tiny import tiny_plan, tiny_register
from tests.conftest import ROOT
from tests.simulation.small import small_plan, small_register

Floats = np.ndarray[Any, np.dtype[np.float64]]
AGREE = 1e-7
"""Largest difference of two values of a rank, as a part of them."""
PATIENCE = 1200
"""Seconds that CBC gets for whole exits."""


@dataclass(frozen=True)
class Question:
    """One rank as it was put to the solver: its aim, what was kept before, and the bounds at that time."""

    name: str
    cost: Floats
    kept: tuple[tuple[Floats, float], ...]
    lower: Floats
    upper: Floats
    reached: float

    def put_to(self, make: Any, program: Program, **options: Any) -> Any:
        """A solver that holds it."""
        solver = make(program, **options)
        for j in np.flatnonzero((self.lower != program.lower) | (self.upper != program.upper)).tolist():
            solver.bound_column(j, float(self.lower[j]), float(self.upper[j]))
        for row, at_most in self.kept:
            solver.keep(row, at_most)
        return solver


@dataclass(frozen=True)
class Case:
    """A program and what its proposal reached."""

    program: Program
    served: tuple[Served, ...]

    @classmethod
    def of(cls, plan: Plan, register: Register) -> Case:
        found = ranked(plan, register, make=Solver)
        return cls(found.program, found.served)

    def ranks(self) -> Iterator[Question]:
        """Every rank that was solved, with the exits held where the proposal holds them."""
        for i, served in enumerate(self.served):
            if len(served.prices):
                yield self._question(i, served.lower, served.upper)

    def exits(self) -> Iterator[tuple[Question, float]]:
        """The rank that decided whole exits, with the bound that our search gave."""
        for i, served in enumerate(self.served):
            if served.free is not None:
                yield self._question(i, served.free.lower, served.free.upper), served.free.claimed

    def _question(self, i: int, lower: Floats | None, upper: Floats | None) -> Question:
        served = self.served[i]
        return Question(
            served.name,
            served.cost,
            tuple((before.cost, before.at_most) for before in self.served[:i]),
            self.program.lower if lower is None else lower,
            self.program.upper if upper is None else upper,
            served.objective,
        )


def assert_ranks_agree(case: Case, *makes: Any) -> None:
    for asked in case.ranks():
        for make in makes:
            found = asked.put_to(make, case.program).solve(asked.cost).objective
            assert found == pytest.approx(asked.reached, rel=AGREE, abs=AGREE / 100), (asked.name, make)


def assert_exits_agree(case: Case, *makes: Any, **options: Any) -> None:
    for asked, claimed in case.exits():
        ours = Whole(np.zeros(0), asked.reached, claimed, 0, finished=True)
        found = [ours, *(asked.put_to(make, case.program, **options).branch(asked.cost, GAP) for make in makes)]
        best = min(one.objective for one in found)
        small = AGREE * max(1.0, abs(best))
        # Nobody's answer lies below a bound that another proved, and no two lie further apart than both gaps.
        assert max(one.bound for one in found) <= best + small, asked.name
        gaps = [max(0.0, one.objective - one.bound) for one in found]
        for one, gap in zip(found, gaps, strict=True):
            assert one.objective - best <= gap + max(gaps) + small, asked.name


def under(kind: str, years: str = "repeated") -> Plan:
    """The reduced plan under a regime."""
    plan = small_plan("tasks_hard")
    aims = [*AIMS[:4], "tasks", *AIMS[4:]] if kind == "tasks_soft" else list(AIMS)
    regime = plan.regime.model_copy(update={"kind": kind, "within": 0.5, "aims": aims})
    return plan.model_copy(update={"regime": regime, "money": plan.money.model_copy(update={"years": years})})


SMALL = [
    pytest.param("as_written", "repeated"),
    *(
        pytest.param(*case, marks=pytest.mark.slow)
        for case in (("tasks_hard", "repeated"), ("tasks_soft", "repeated"), ("tasks_hard", "once"))
    ),
]


@with_scip
@pytest.mark.parametrize(("kind", "years"), SMALL)
def test_cbc_and_scip_agree_on_every_rank_and_on_the_exits_of_the_reduced_plan(kind, years):
    case = Case.of(under(kind, years), small_register())
    assert len(list(case.ranks())) >= 4
    assert len(list(case.exits())) == 1
    assert_ranks_agree(case, PulpSolver, ScipSolver)
    assert_exits_agree(case, PulpSolver, ScipSolver)


@with_scip
@pytest.mark.parametrize("kind", ["tasks_hard", "tasks_soft", "lines_within", "as_written"])
def test_four_solvers_agree_on_every_rank_and_on_the_exits_of_the_tiny_county(kind):
    aims = [*AIMS[:4], "tasks", *AIMS[4:]] if kind == "tasks_soft" else list(AIMS)
    case = Case.of(tiny_plan(regime={"kind": kind, "within": 0.5, "aims": aims}), tiny_register())
    assert_ranks_agree(case, PulpSolver, ScipSolver, ScipySolver, lambda p: PulpSolver(p, engine="highs"))
    assert_exits_agree(case, PulpSolver, ScipSolver)


@with_scip
@pytest.mark.parametrize("whole", [False, True])
def test_the_mps_file_of_the_reduced_plan_has_the_same_answer_for_whoever_reads_it(tmp_path, whole):
    made, program = prepare(under("tasks_hard"), small_register())
    cost = rank_of("villages").cost(made, program)
    write_mps(program, cost, tmp_path / "x.mps", whole=whole)
    solver = Solver(program)
    ours = solver.branch(cost, 0.0).objective if whole else solver.solve(cost).objective
    assert least_in_file(tmp_path / "x.mps") == pytest.approx(ours, rel=AGREE)


# The shipped scenarios


def shipped() -> list[Path]:
    """The plan and every scenario beside it."""
    files = sorted((ROOT / "scenarios").glob("*/*.yaml"))
    return [file for file in files if re.search(r"^(extends|include):", file.read_text(encoding="utf-8"), re.MULTILINE)]


def county(file: Path) -> tuple[Plan, Register]:
    case = study.open_case(str(file))
    return case.plan, study.register_of(case, 1)


@cache
def alike(file: Path) -> str:
    """A hash of a scenario's program and aims: those that differ in the simulation only have one program."""
    plan, register = county(file)
    if plan.regime.kind == "none":
        return ""
    made, program = prepare(plan, register)
    found = sha256()
    for name in aims_of(plan):
        found.update(name.encode() + rank_of(name).cost(made, program).tobytes())
    matrix = program.matrix
    for array in (matrix.data, matrix.indices, matrix.indptr, program.lower, program.upper):
        found.update(array.tobytes())
    found.update(program.row_lower.tobytes() + program.row_upper.tobytes())
    return found.hexdigest()


def the_first_alike(file: Path) -> Path:
    return next(other for other in shipped() if alike(other) == alike(file))


def test_the_shipped_scenarios_are_found():
    assert len(shipped()) >= 10


@with_scip
@pytest.mark.long
@pytest.mark.parametrize("file", shipped(), ids=[file.stem for file in shipped()])
def test_cbc_and_scip_agree_on_every_rank_and_on_the_exits_of_the_shipped_scenarios(file):
    if (same := the_first_alike(file)) != file:
        pytest.skip(f"its program is that of {same.stem}")
    plan, register = county(file)
    if plan.regime.kind == "none":
        pytest.skip("nothing is bought")
    try:
        case = Case.of(plan, register)
    except Infeasible:
        made, program = prepare(plan, register)
        for make in (PulpSolver, ScipSolver):
            with pytest.raises(Infeasible):
                make(program).solve(rank_of(aims_of(plan)[0]).cost(made, program))
        return
    assert_ranks_agree(case, PulpSolver, ScipSolver)
    assert_exits_agree(case, ScipSolver)
    try:
        assert_exits_agree(case, PulpSolver, seconds=PATIENCE)
    except SolverFailed:
        pytest.xfail(f"CBC found no answer within its gap in {PATIENCE} seconds")
