"""The certificate of a proposal (核验): rows, bounds, proved optimum and ledger, checked without any solver.

Rows and bounds are recomputed from the stored floats in exact arithmetic. How far each rank is from the best possible is
proved by weak duality from the stored prices. The ledger is checked against the plan in whole yuan, and row by row
against the values it came from.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from planner.allocation.duality import Kept, implied_upper, proved_bound
from planner.allocation.exact import Exact, dot
from planner.allocation.families import FAMILIES
from planner.allocation.formulation import Draft, funded
from planner.allocation.ledger import COUNTY, UNTIED, Entry, ledger
from planner.allocation.problem import net_cost
from planner.allocation.program import Block, Program
from planner.errors import Fault
from planner.plan.measures import Measure
from planner.plan.model import Plan

Floats = NDArray[np.float64]
TOLERANCE = 1e-6
"""The part of its own size by which a row or bound may be broken."""
GAP = 1e-6
"""The part of its own value by which a rank may be off its proved bound and still count as proved."""


@dataclass(frozen=True)
class Free:
    """What the aim of whole exits reached while shares of villages were still allowed: its bound for every choice."""

    objective: float
    prices: Floats
    kept_prices: Floats
    lower: Floats
    """Bounds of the columns before the exits were held. Shape: column."""
    upper: Floats
    claimed: float
    """The bound that the search itself gives, which nobody here has proved."""
    nodes: int
    finished: bool
    """False where a limit of nodes or a failure ended the search."""


@dataclass(frozen=True)
class Served:
    """What one rank left behind: its aim, what it reached, at which prices, and what it then conceded."""

    name: str
    cost: Floats
    objective: float
    prices: Floats
    """One per row of the program; empty where the rank was at its bound before it was solved."""
    at_most: float
    """What cost · x may be at most in the ranks after it."""
    kept_prices: Floats = field(default_factory=lambda: np.zeros(0))
    """One per rank before it."""
    lower: Floats | None = None
    """Bounds of the columns while this rank was solved, where others than the program's own. Shape: column."""
    upper: Floats | None = None
    free: Free | None = None
    """For the aim that decides whole exits."""


@dataclass(frozen=True)
class Breach:
    """One row, bound or rank that does not hold."""

    block: str
    label: tuple[object, ...]
    family: str
    clause: str
    amount: float
    """By how much, in the unit of the row."""
    relative: float
    """The same as a part of the row's own size."""


@dataclass(frozen=True)
class Proof:
    """How far a rank's objective is from the best possible."""

    name: str
    objective: float
    bound: float
    """Proved: nothing can be below it; -inf where the prices prove nothing."""

    @property
    def gap(self) -> float:
        """Objective less bound, as a part of the objective where that is above one."""
        return (self.objective - self.bound) / max(1.0, abs(self.objective))

    @property
    def proved(self) -> bool:
        """Whether the objective is the best possible, but for `GAP`."""
        return self.gap <= GAP


@dataclass(frozen=True)
class Certificate:
    """The outcome of a check."""

    rows: int
    columns: int
    tolerance: float
    worst: Breach | None
    """The largest breach, even one within the tolerance; None where everything holds exactly."""
    breaches: tuple[Breach, ...]
    """Those beyond the tolerance, largest first."""
    proofs: tuple[Proof, ...]
    exits: Proof | None
    """The whole exits against what shares of villages could reach at best; None where none were decided."""
    claimed: float
    """The gap that the search for whole exits states, not proved here; NaN where none were decided."""
    fingerprint: str
    """Of the values: another number anywhere gives another fingerprint."""

    @property
    def holds(self) -> bool:
        """Whether nothing is broken beyond the tolerance."""
        return not self.breaches

    @property
    def proved(self) -> bool:
        """Whether it holds and every rank is the best possible, but for `GAP`."""
        return self.holds and all(p.proved for p in self.proofs)


def certify(program: Program, values: Floats, ranks: Sequence[Served], *, tolerance: float = TOLERANCE) -> Certificate:
    """Check values against every row, bound and rank, and prove how good each rank is.

    The objective of a rank is the stored one; that of the last has to be the values' own.

    Raises: ValueError where lengths do not match the program or a value is not finite.
    """
    if len(values) != len(program.lower):
        raise ValueError(f"{len(values)} values for {len(program.lower)} columns")
    found = [*_rows_broken(program, values), *_bounds_broken(program, values), *_ranks_broken(values, ranks)]
    found.sort(key=lambda b: -b.relative)
    own = implied_upper(program, program.lower, program.upper)
    return Certificate(
        len(program.row_lower),
        len(program.lower),
        tolerance,
        found[0] if found else None,
        tuple(b for b in found if b.relative > tolerance),
        tuple(_proofs(program, ranks, own)),
        *_exits(program, ranks, own),
        fingerprint(values),
    )


def fingerprint(values: Floats) -> str:
    """A hash of the stored floats; minus nought counts as nought."""
    plain = np.where(values == 0.0, 0.0, np.asarray(values, "<f8"))
    return hashlib.sha256(np.ascontiguousarray(plain, "<f8").tobytes()).hexdigest()


def _rows_broken(program: Program, values: Floats) -> list[Breach]:
    matrix = program.matrix
    x = Exact.of(values)
    activity = (Exact.of(matrix.data) * x[matrix.indices]).sums(matrix.indptr)
    size = 1.0 + abs(matrix) @ np.abs(values)
    excess = np.maximum(
        _excess(Exact.of(_finite(program.row_lower)) - activity, program.row_lower),
        _excess(activity - Exact.of(_finite(program.row_upper)), program.row_upper),
    )
    return _named(program.rows, excess, excess / size)


def _bounds_broken(program: Program, values: Floats) -> list[Breach]:
    x = Exact.of(values)
    excess = np.maximum(
        _excess(Exact.of(_finite(program.lower)) - x, program.lower),
        _excess(x - Exact.of(_finite(program.upper)), program.upper),
    )
    return _named(program.columns, excess, excess / (1.0 + np.abs(values)))


def _ranks_broken(values: Floats, ranks: Sequence[Served]) -> list[Breach]:
    found = []
    for i, served in enumerate(ranks):
        reached = dot(served.cost, values)
        size = 1.0 + float(np.abs(served.cost) @ np.abs(values))
        off = reached - Fraction(served.at_most)
        if i == len(ranks) - 1:
            off = abs(reached - Fraction(served.objective))
        if off > 0:
            found.append(Breach(f"rank:{served.name}", (), "", "", float(off), float(off) / size))
    return found


def _finite(bounds: Floats) -> Floats:
    return np.where(np.isfinite(bounds), bounds, 0.0)


def _excess(difference: Exact, bounds: Floats) -> Floats:
    """How much of a difference is above nought, where there is a bound at all."""
    above = np.isfinite(bounds) & (difference.whole > 0).astype(bool)
    excess = np.zeros(len(bounds))
    excess[above] = difference[above].floats()
    return excess


def _named(blocks: tuple[Block, ...], excess: Floats, relative: Floats) -> list[Breach]:
    starts = np.array([block.start for block in blocks if block.labels])
    filled = [block for block in blocks if block.labels]
    found = []
    for i in np.flatnonzero(excess > 0).tolist():
        block = filled[int(np.searchsorted(starts, i, side="right")) - 1]
        clause = FAMILIES[block.family].clause if block.family in FAMILIES else ""
        label = block.labels[i - block.start]
        found.append(Breach(block.name, label, block.family, clause, float(excess[i]), float(relative[i])))
    return found


def _proofs(program: Program, ranks: Sequence[Served], own: Floats) -> list[Proof]:
    proofs = []
    for i, served in enumerate(ranks):
        bound = _bound(program, ranks, i, served.prices, served.kept_prices, served.lower, served.upper, own)
        proofs.append(Proof(served.name, served.objective, bound))
    return proofs


def _exits(program: Program, ranks: Sequence[Served], own: Floats) -> tuple[Proof | None, float]:
    """Proof and claim for the rank that decided whole exits."""
    for i, served in enumerate(ranks):
        free = served.free
        if free is not None:
            bound = _bound(program, ranks, i, free.prices, free.kept_prices, free.lower, free.upper, own)
            size = max(1.0, abs(served.objective))
            return Proof(served.name, served.objective, bound), (served.objective - free.claimed) / size
    return None, float("nan")


def _bound(
    program: Program,
    ranks: Sequence[Served],
    i: int,
    prices: Floats,
    kept_prices: Floats,
    lower: Floats | None,
    upper: Floats | None,
    own: Floats,
) -> float:
    """The least that a rank can be, proved from its prices under these bounds of columns."""
    low = program.lower if lower is None else lower
    high = own if upper is None else np.minimum(own, upper)
    price = prices if len(prices) else np.zeros(len(program.row_lower))
    worth = kept_prices if len(kept_prices) else np.zeros(i)
    before = [Kept(r.cost, r.at_most, float(p)) for r, p in zip(ranks[:i], worth, strict=True)]
    bound = proved_bound(program, ranks[i].cost, price, before, low, high)
    return -np.inf if bound is None else float(bound)


def check_ledger(plan: Plan, entries: Sequence[Entry]) -> tuple[Fault, ...]:
    """Everything in a ledger that the plan forbids, in whole yuan: who pays what where, amounts, costs, printed lines.

    What the plan alone cannot see: money without a task, where no printed line holds it; and units of a measure whose
    cost is capped per household. `check_against` sees those.

    Unit: yuan. A row's money may be `ROUNDING` off its units at their cost, since the parts of a payee are whole yuan.
    """
    faults = [fault for number, entry in enumerate(entries, 1) for fault in _entry_faults(plan, number, entry)]
    if faults:
        return tuple(faults)
    return (*_source_faults(plan, entries), *_line_faults(plan, entries))


def check_against(made: Draft, values: Floats, entries: Sequence[Entry]) -> tuple[Fault, ...]:
    """Every row of a ledger that is not what the values of its program give."""
    due = ledger(made, values)
    faults = []
    for number in range(max(len(due), len(entries))):
        found = entries[number] if number < len(entries) else None
        expected = due[number] if number < len(due) else None
        if found != expected:
            said = {"found": str(found), "expected": str(expected)}
            faults.append(Fault("ledger", number + 1, "", "ledger.differs", said))
    return tuple(faults)


ROUNDING = 5
"""Whole yuan by which a row may be off its units at their cost."""


def _entry_faults(plan: Plan, number: int, entry: Entry) -> Iterator[Fault]:
    def fault(code: str, **values: object) -> Fault:
        return Fault("ledger", number, entry.measure, code, values)

    places = {COUNTY, "due", "poor", "other"}
    known = (
        (entry.source, plan.sources),
        (entry.line, plan.leaves()),
        (entry.measure, {UNTIED, *plan.measures}),
        (entry.township, {COUNTY, *plan.townships}),
        (entry.places, places),
    )
    unknown = [name for name, names in known if name not in names]
    if unknown:
        yield fault("ledger.unknown", found=unknown)
        return
    if entry.year not in plan.horizon.years:
        yield fault("ledger.year", found=entry.year, first=plan.horizon.first, last=plan.horizon.last)
    if entry.yuan != int(entry.yuan) or entry.yuan < 0 or not 0 <= entry.units < np.inf:
        yield fault("ledger.amount", yuan=entry.yuan, units=entry.units)
        return
    source, measure = plan.sources[entry.source], plan.measures.get(entry.measure)
    if measure is not None and measure.line != entry.line:
        yield fault("ledger.line_of", measure=entry.measure, line=entry.line, owner=measure.line)
    tied = source.measures is not None and measure is not None and entry.measure not in source.measures
    if entry.line not in source.pays or tied:
        yield fault("ledger.not_payable", source=entry.source, line=entry.line, measure=entry.measure)
    if source.places == "poor_villages" and entry.places == "other":
        yield fault("ledger.places", source=entry.source)
    if measure is not None:
        dearest = entry.units * _unit_cost(plan, measure)
        off = entry.yuan - dearest if measure.cost_cap is not None else abs(entry.yuan - dearest)
        if off > ROUNDING:
            yield fault("ledger.cost", units=entry.units, yuan=entry.yuan, expected=round(dearest))
    elif entry.units:
        yield fault("ledger.amount", yuan=entry.yuan, units=entry.units)


def _unit_cost(plan: Plan, measure: Measure) -> float:
    """What the line bears for one unit before a household's cap. Unit: yuan."""
    along = 1 + (measure.moved_along.value if measure.moved_along else 0.0)
    works = measure.kind in ("village_works", "duty")
    return (net_cost(plan, measure) if works else measure.cost.wan * along) * 10_000


def _granted(plan: Plan, account: str, amount: int, year: int) -> Fraction:
    """The money of a source or line in a year."""
    scale = Fraction(repr(plan.money.scale.value)) if account == "plan" else Fraction(1)
    return amount * scale if funded(plan, account, year) else Fraction(0)


def _source_faults(plan: Plan, entries: Sequence[Entry]) -> Iterator[Fault]:
    paid: Counter[tuple[str, int]] = Counter()
    for entry in entries:
        paid[entry.source, entry.year] += entry.yuan
    carried = plan.rulings["carry_over"].choice == "allowed"
    for name, source in plan.sources.items():
        out, limit = 0, Fraction(0)
        for year in plan.horizon.years:
            given = _granted(plan, source.account, source.amount.yuan, year)
            out, limit = (out + paid[name, year], limit + given) if carried else (paid[name, year], given)
            # Parts of a yuan are rounded up: a scaled amount need not be whole.
            if out > -(-limit.numerator // limit.denominator):
                said = {"source": name, "year": year, "paid": out, "limit": float(limit)}
                yield Fault("ledger", 0, f"sources.{name}", "ledger.source_over", said)


def _line_faults(plan: Plan, entries: Sequence[Entry]) -> Iterator[Fault]:
    spent: Counter[tuple[str, int]] = Counter()
    for entry in entries:
        spent[entry.line, entry.year] += entry.yuan
    kind = plan.regime.kind
    for name in plan.leaves("plan"):
        line = plan.lines[name]
        for year in plan.horizon.years:
            printed = _granted(plan, line.account, line.amount.yuan if line.amount else 0, year)
            found, said = spent[name, year], {"line": name, "year": year, "found": spent[name, year]}
            fixed = kind != "none" and (line.held is not None or (kind == "as_written" and year == plan.horizon.first))
            if fixed and abs(found - printed) >= 1:
                yield Fault("ledger", 0, f"lines.{name}", "ledger.line_printed", {**said, "printed": float(printed)})
            elif kind == "lines_within" or (kind == "as_written" and not fixed):
                low, high = _room(plan, printed, year)
                if not low - ROUNDING <= found <= high + ROUNDING:
                    words = {**said, "low": float(low), "high": float(high)}
                    yield Fault("ledger", 0, f"lines.{name}", "ledger.line_within", words)


def _room(plan: Plan, printed: Fraction, year: int) -> tuple[Fraction, Fraction]:
    """Within what a line may lie that is not fixed to the yuan; years after the first have no lower bound."""
    if plan.regime.kind == "as_written":
        return Fraction(0), printed
    within = Fraction(repr(plan.regime.within)) * printed
    return printed - within if year == plan.horizon.first else Fraction(0), printed + within
