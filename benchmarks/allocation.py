"""How fast the allocation is, beside the same arrays handed to HiGHS by hand: ratios of one run on one machine.

    python benchmarks/allocation.py [SCENARIO] [--long]

Build and hand-over, all ranks of the linear form, the villages' exits, one rank solved again after one budget changed,
the certificate, and with `--long` a plan of 5,000 villages built and handed over.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace

import highspy
import numpy as np
from scipy.sparse import csr_matrix

from planner.allocation.allocate import Bounds, draft, make_problem, solve_ranks
from planner.allocation.certificate import certify
from planner.allocation.exits import GAP
from planner.allocation.objectives import aims_of, rank
from planner.allocation.program import Program
from planner.allocation.solving import Solver
from planner.plan.model import Plan
from planner.register.model import Register
from planner.register.synthesis import synthesise
from planner.scenario.resolving import resolve_many

MOVES = 40
"""Budget changes of the slider."""


def timed(work: Callable[[], object], times: int = 1) -> float:
    """Median seconds."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return float(np.median(found))


def raw_matrix(program: Program) -> csr_matrix:
    """A matrix of as many rows, columns and entries, in as many blocks, made by numpy from nothing but counts."""
    per_row = np.diff(program.matrix.indptr)
    numbers, columns, values = [], [], []
    for block in program.rows:
        counts = per_row[block.start : block.stop]
        width = int(counts.max(initial=0))
        row, step = np.broadcast_arrays(np.arange(block.start, block.stop)[:, None], np.arange(width))
        kept = step < counts[:, None]
        numbers.append(row[kept])
        columns.append((row[kept] * 7 + step[kept] * 31) % program.matrix.shape[1])
        values.append(np.full(len(numbers[-1]), 2.0))
    entries = np.concatenate(values), (np.concatenate(numbers), np.concatenate(columns))
    return csr_matrix(entries, program.matrix.shape)


def by_hand(program: Program) -> highspy.Highs:
    """The same arrays in a HiGHS object, nothing of ours between."""
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("solver", "ipm")
    m, n = program.matrix, len(program.lower)
    highs.passModel(
        n, m.shape[0], m.nnz, int(highspy.MatrixFormat.kRowwise), 1, 0.0, np.zeros(n), program.lower, program.upper,
        program.row_lower, program.row_upper, m.indptr.astype(np.int32), m.indices.astype(np.int32), m.data,
        np.zeros(n, np.int32),
    )  # fmt: skip
    return highs


def say(what: str, seconds: float, note: str = "") -> None:
    """One line of the report."""
    sys.stdout.write(f"{what:58s} {seconds:9.3f} s  {note}\n")


def county(plan: Plan, register: Register) -> None:
    """Everything that is asked of a county."""
    problem = make_problem(plan, register)
    aims = aims_of(plan)
    made, program = draft(problem, aims)
    rows, columns = program.matrix.shape
    sys.stdout.write(f"{rows:,} rows, {columns:,} columns, {program.matrix.nnz:,} non-zeros\n")
    build, over = timed(lambda: draft(problem, aims), 9), timed(lambda: Solver(program), 9)
    made_raw, raw = timed(lambda: raw_matrix(program), 9), timed(lambda: by_hand(program), 9)
    say("classes and needs from the register", timed(lambda: make_problem(plan, register), 3))
    say("build", build)
    say("hand over, scaled", over)
    say("raw arrays of the same size built", made_raw)
    ratio = (build + over) / (made_raw + raw)
    say(
        "raw arrays handed over",
        raw,
        f"ours, built and handed over: {build + over:.3f} s, {ratio:.1f} times the raw ones",
    )
    cost = rank("persons").cost(made, program)
    ours = timed(lambda: Solver(program).solve(cost))

    def raw_solve() -> None:
        highs = by_hand(program)
        highs.changeColsCost(columns, np.arange(columns, dtype=np.int32), cost / np.abs(cost).max())
        highs.run()

    hand = timed(raw_solve)
    say("one rank, ours", ours)
    say("one rank, by hand", hand, f"ours is {ours / hand:.2f} times it")
    free = replace(program, columns=tuple(replace(block, whole=False) for block in program.columns))
    ranks = tuple(rank(name) for name in aims)
    say("all ranks of the linear form", timed(lambda: solve_ranks(made, free, Bounds(Solver(free), free), ranks)))
    if "villages" in aims:
        villages = rank("villages").cost(made, program)
        say(f"villages' exits to {GAP:.1%}", timed(lambda: Solver(program).branch(villages, GAP)))
    bounds = Bounds(Solver(program), program)
    values, served = solve_ranks(made, program, bounds, ranks)
    say("certificate", timed(lambda: certify(program, values, served)), f"{len(served)} ranks proved")
    slider(program, bounds, cost, plan)


def slider(program: Program, bounds: Bounds, cost: np.ndarray, plan: Plan) -> None:
    """One rank after one budget changed by up to a tenth, exits fixed: values and prices fetched."""
    solver = Solver(program)
    moved = np.flatnonzero((bounds.lower != program.lower) | (bounds.upper != program.upper))
    solver.bound_columns(moved, bounds.lower[moved], bounds.upper[moved])
    answer = solver.solve(cost)
    source = [b for b in program.rows if b.family == "source"]
    numbers = np.concatenate([np.arange(b.start, b.stop) for b in source])
    binding = numbers[np.abs(answer.prices[numbers]) > 1e-9]
    luck = np.random.default_rng(1)
    found = []
    for _ in range(MOVES if len(binding) else 0):
        row = int(luck.choice(binding))
        low, high = float(program.row_lower[row]), float(program.row_upper[row])
        solver.bound_row(row, low, high * luck.uniform(0.9, 1.1))
        start = time.perf_counter()
        solver.again()
        found.append(time.perf_counter() - start)
    if not found:
        sys.stdout.write("no budget binds: no slider to time\n")
        return
    note = f"p95 {np.percentile(found, 95):.3f} s, most {max(found):.3f} s, {len(binding)} budgets bind"
    say("one rank again after one budget changed (median)", float(np.median(found)), note)


def many_villages(plan: Plan, wanted: int) -> None:
    """The same plan with many more villages and households: built and handed over only."""
    part = wanted / plan.population["villages"].value
    grown = (
        "villages",
        "poor_villages",
        "poor",
        "rural",
        "dibao",
        "dibao_with_labour",
        "disabled",
        "graduates",
        "to_relocate",
    )
    population = {
        k: v.model_copy(update={"value": float(round(v.value * part))}) if k in grown else v
        for k, v in plan.population.items()
    }
    schedule = {
        y: d.model_copy(
            update={"villages": d.villages.model_copy(update={"value": float(round(d.villages.value * part))})}
        )
        for y, d in plan.schedule.items()
    }
    measures = {
        k: m.model_copy(
            update={
                "tasks": [
                    t
                    if t.amount.unit == "%"
                    else t.model_copy(
                        update={"amount": t.amount.model_copy(update={"value": float(round(t.amount.value * part))})}
                    )
                    for t in m.tasks
                ]
            }
        )
        for k, m in plan.measures.items()
    }
    big = plan.model_copy(update={"population": population, "schedule": schedule, "measures": measures})
    register = synthesise(big, 1)
    problem = make_problem(big, register)
    start = time.perf_counter()
    _, program = draft(problem, aims_of(big))
    Solver(program)
    say(
        f"{register.villages.rows:,} villages: build and hand over",
        time.perf_counter() - start,
        f"{program.matrix.shape[1]:,} columns",
    )


def main(arguments: list[str]) -> None:
    """Time a scenario."""
    named = [a for a in arguments if not a.startswith("--")]
    plan = resolve_many(named[0] if named else "scenarios/guiping-2016/tasks-soft.yaml").plan
    if not named:  # half of every source, so that money binds
        half = plan.money.scale.model_copy(update={"value": 0.5})
        plan = plan.model_copy(update={"money": plan.money.model_copy(update={"scale": half})})
    county(plan, synthesise(plan, 1))
    if "--long" in arguments:
        many_villages(plan, 5000)


if __name__ == "__main__":
    main(sys.argv[1:])
