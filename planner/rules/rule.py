"""The catalogue of rule kinds: pure vector functions over named columns, which a plan picks and sets.

A kind says which columns it reads. It is handed those columns only, read-only, so that the register and the simulation
can call the same functions, each with its own arrays. A criterion may choose the column (say, a flag); the function
then finds it under the name `column`, and under `column_most` the same with every unknown counted as met.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np

from planner.register.columns import HOUSEHOLD, VILLAGE, Column
from planner.rules.purity import impurities
from planner.rules.verdict import Outcomes, Vector

Level = Literal["household", "village", "pathway"]
Columns = Mapping[str, Vector]
Function = Callable[[Columns, float], Outcomes]
Sort = Literal["flag", "share"]
Dimension = Literal["income", "share"]

CHOSEN = "column"
"""Under this name a function finds the column that the criterion chose."""
MOST = "_most"
"""Ending of the upper end of a share: every unknown counted as met."""
SHARE = "share_"
"""Beginning of the share of a village's registered households whose flag is met."""

DERIVED_HOUSEHOLD: Mapping[str, Column] = MappingProxyType(
    {"income": Column("income", "amount", "元/人/年", "家庭人均纯收入", "net income per head", 0, 10**6)}
)
"""Household columns that are worked out from the register's."""
DERIVED_VILLAGE: Mapping[str, Column] = MappingProxyType(
    {"poor_left": Column("poor_left", "amount", "人", "未脱贫人口", "persons still poor", 0, 10**6)}
)
"""Village columns that are worked out from its households."""


def column_named(level: Level, name: str) -> Column | None:
    """The column of that name which rules of a level may read, derived ones among them; None where there is none."""
    if level != "village":
        return HOUSEHOLD.get(name) or DERIVED_HOUSEHOLD.get(name)
    found = VILLAGE.get(name) or DERIVED_VILLAGE.get(name)
    flag = HOUSEHOLD.get(name.removeprefix(SHARE).removesuffix(MOST)) if name.startswith(SHARE) else None
    if found is None and flag is not None and flag.kind == "flag":
        chinese, english = f"“{flag.chinese}”的贫困户比例", f"share of poor households with {flag.english}"
        if name.endswith(MOST):
            chinese, english = f"{chinese}（不明的也算）", f"{english}, the unknown counted in"
        return Column(name, "amount", "比例", chinese, english)
    return found


@dataclass(frozen=True)
class Kind:
    """A kind of rule (规则类型)."""

    name: str
    level: Level
    reads: tuple[str, ...]
    """Columns it reads; `column` stands for the one that the criterion chooses."""
    threshold: Dimension | None
    """What its threshold measures: income per head in 元, or a share of one; None where it takes none."""
    sort: Sort | None
    """What sort of column the criterion has to choose; None where it chooses none."""
    quotient: tuple[str, str] | None
    """Two columns whose quotient is held against the threshold, where that is what the kind does."""
    function: Function

    def columns_read(self, column: str | None) -> dict[str, str]:
        """The name inside the function, and the name outside it, of every column read."""
        return {name: (column or "") + name.removeprefix(CHOSEN) if _chosen(name) else name for name in self.reads}

    def judge(self, columns: Columns, threshold: float = float("nan"), column: str | None = None) -> Outcomes:
        """The outcome of each row.

        Shape: that of the columns.
        Raises: KeyError where a column it reads was not handed over; ValueError where a column that it writes to is
        read-only (all are), or the outcomes have another shape than the columns.
        """
        held = {inside: _read_only(columns[outside]) for inside, outside in self.columns_read(column).items()}
        outcomes = self.function(MappingProxyType(held), threshold)
        if outcomes.dtype != np.int8 or any(outcomes.shape != v.shape for v in held.values()):
            raise ValueError(f"kind {self.name}: outcomes {outcomes.dtype} {outcomes.shape}")
        return outcomes


CATALOGUE: dict[Level, dict[str, Kind]] = {"household": {}, "village": {}, "pathway": {}}
"""Every registered kind, by level and name; filled when the files of this folder are imported."""


def household_kind(
    name: str, *, reads: tuple[str, ...], threshold: Dimension | None = None, sort: Sort | None = None
) -> Callable[[Function], Function]:
    """Registers a kind of household criterion. Raises: as `register`."""
    return lambda function: register(Kind(name, "household", reads, threshold, sort, None, function))


def village_kind(
    name: str,
    *,
    reads: tuple[str, ...],
    threshold: Dimension | None = None,
    sort: Sort | None = None,
    quotient: tuple[str, str] | None = None,
) -> Callable[[Function], Function]:
    """Registers a kind of village criterion. Raises: as `register`."""
    return lambda function: register(Kind(name, "village", reads, threshold, sort, quotient, function))


def pathway_kind(name: str, *, reads: tuple[str, ...]) -> Callable[[Function], Function]:
    """Registers who may follow a kind of pathway. Raises: as `register`."""
    return lambda function: register(Kind(name, "pathway", reads, None, None, None, function))


def register(kind: Kind) -> Function:
    """Puts a kind into the catalogue and gives its function back.

    Raises: ValueError where the name is taken, a column does not exist, or the function touches chance, the clock,
    files, or state outside its arguments.
    """
    faults = [f"reads {name}, which is no column" for name in kind.reads if not _readable(kind, name)]
    if kind.name in CATALOGUE[kind.level]:
        faults.append("is registered already")
    if (kind.sort is not None) != any(_chosen(name) for name in kind.reads):
        faults.append("says a sort of column but reads none chosen, or the reverse")
    faults += impurities(kind.function)
    if faults:
        raise ValueError(f"{kind.level} kind {kind.name}: {'; '.join(faults)}")
    CATALOGUE[kind.level][kind.name] = kind
    return kind.function


def _chosen(name: str) -> bool:
    return name in (CHOSEN, CHOSEN + MOST)


def _readable(kind: Kind, name: str) -> bool:
    return _chosen(name) or column_named(kind.level, name) is not None


def _read_only(vector: Vector) -> Vector:
    view = np.asarray(vector).view()
    view.flags.writeable = False
    return view
