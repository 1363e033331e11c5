"""The certificate of a proposal (核验): rows, bounds and proved optimum of its program, checked without any solver.

Rows and bounds are recomputed from the stored floats in exact arithmetic. How far each rank is from the best possible is
proved by weak duality from the stored prices. `ledger_check` does the same for the whole proposal that was made of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from planner.allocation.duality import Kept, implied_upper, proved_bound
from planner.allocation.exact import Exact, dot
from planner.allocation.families import FAMILIES
from planner.allocation.program import Block, Program

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
    own = implied_upper(program, program.lower, program.upper)
    proofs = tuple(_proofs(program, ranks, own))
    found.extend(_too_good(proofs))
    found.sort(key=lambda b: -b.relative)
    return Certificate(
        len(program.row_lower),
        len(program.lower),
        tolerance,
        found[0] if found else None,
        tuple(b for b in found if b.relative > tolerance),
        proofs,
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


def _too_good(proofs: Sequence[Proof]) -> list[Breach]:
    """Objectives below what is proved to be the least."""
    return [
        Breach(f"rank:{p.name}", (), "", "", p.bound - p.objective, -p.gap)
        for p in proofs
        if np.isfinite(p.bound) and p.gap < 0
    ]


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
