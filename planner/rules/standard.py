"""The catalogue of kinds of standard (标准、限额): pure vector functions from columns and parameters to amounts.

A kind says which columns it reads, which it asks for though registers seldom hold them, and which parameters it takes. What
it asks for and is not given is unknown, and then the amount is unknown too, or known only between two ends; never nought.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from planner.register.columns import HOUSEHOLD, VILLAGE, Column
from planner.rules.purity import impurities
from planner.rules.rule import CHOSEN, DERIVED_HOUSEHOLD, DERIVED_VILLAGE, Columns
from planner.rules.verdict import MET, NOT_MET, UNKNOWN, Outcomes, both

Subject = Literal["household", "village", "case"]
"""What a row is: a household, a village, or a case that no register holds (a firm, a resettlement as a whole)."""
Floats = NDArray[np.float64]
Parameters = Mapping[str, float]
"""A standard's parameters by name, those left out absent. Unit: as `measured.measured`."""


@dataclass(frozen=True)
class Amounts:
    """What a standard comes to for each row: whether it holds, and between which ends the amount lies."""

    outcome: Outcomes
    """Met where the row is entitled to it or bound by it."""
    low: Floats
    """The least that it can be; nought where it does not hold."""
    high: Floats
    """The most that it can be: infinite where there is no limit, NaN where it cannot be told."""

    @property
    def value(self) -> Floats:
        """The amount where it is one known number.

        Unknown: NaN, where the outcome is unknown or the two ends differ.
        """
        return np.where((self.outcome != UNKNOWN) & (self.low == self.high), self.low, np.nan)

    def only(self, allowed: Outcomes) -> Amounts:
        """The same for those who are allowed it: nought for others, from nought on where that is unknown."""
        outcome = both(self.outcome, allowed)
        low = np.where(allowed == UNKNOWN, 0.0, self.low)
        never = outcome == NOT_MET
        return Amounts(outcome, np.where(never, 0.0, low), np.where(never, 0.0, self.high))


Function = Callable[[Columns, Parameters, str], Amounts]


def certain(amount: Floats) -> Amounts:
    """One amount for each row, which holds wherever it is known."""
    known = ~np.isnan(amount)
    return Amounts(np.where(known, MET, UNKNOWN), amount, amount)


def between(low: Floats, high: Floats) -> Amounts:
    """An amount between two ends: met where it is surely above nought, not met where it is surely nought."""
    outcome = np.where(low > 0, MET, np.where(high == 0, NOT_MET, UNKNOWN))
    return Amounts(outcome.astype(np.int8), low, high)


def counted(column: NDArray[np.generic], least: int = 0) -> Floats:
    """A register count as a number.

    Unknown: NaN, for what is below `least`, and for NaN.
    """
    number = np.asarray(column, dtype=np.float64)
    return np.where(number >= least, number, np.nan)


ASKED: Mapping[str, Column] = MappingProxyType(
    {
        c.name: c
        for c in (
            Column("primary_boarders", "count", "人", "寄宿小学生", "boarders of primary school", 0, 20),
            Column("junior_boarders", "count", "人", "寄宿初中生", "boarders of junior middle school", 0, 20),
            Column("university_entrants", "count", "人", "应届本科新生", "entrants of university", 0, 20),
            Column("vocational_entrants", "count", "人", "应届高职高专新生", "entrants of vocational college", 0, 20),
            Column("severely_disabled", "count", "人", "重度残疾人", "severely disabled persons", 0, 20),
            Column("other_premium_aid", "flag", "是否", "参合已有其他财政补助", "other public aid to the premium"),
            Column("base_reimbursed", "amount", "比例", "非贫困人口报销比例", "share reimbursed to others", 0, 1),
            Column("loan", "amount", "元", "扶贫贷款本金", "principal of a poverty-relief loan", 0, 10**7),
            Column("loan_years", "amount", "年", "贷款年限", "years of the loan", 0, 30),
            Column("loan_rate", "amount", "比例", "贷款年利率", "yearly rate of the loan", 0, 1),
        )
    }
)
"""Household columns that standards ask for and the register's form does not have."""

CASE: Mapping[str, Column] = MappingProxyType(
    {
        c.name: c
        for c in (
            Column("sales", "amount", "元/年", "年销售收入", "yearly sales", 0, 10**12),
            Column("moved_registered", "count", "人", "搬迁的建档立卡人口", "registered persons moved", 0, 10**7),
            Column("moved_along", "count", "人", "同步搬迁人口", "other persons moved along", 0, 10**7),
        )
    }
)
"""Columns of cases that no register holds."""

READABLE: Mapping[Subject, Mapping[str, Column]] = MappingProxyType(
    {
        "household": {**HOUSEHOLD, **DERIVED_HOUSEHOLD, **ASKED},
        "village": {**VILLAGE, **DERIVED_VILLAGE},
        "case": CASE,
    }
)
"""The columns that a standard may read, by what a row is."""


@dataclass(frozen=True)
class Parameter:
    """A parameter of a kind."""

    name: str
    units: tuple[str, ...]
    """Units it may have, with money as 元 and shares as 比例."""
    chinese: str
    english: str
    optional: bool = False


@dataclass(frozen=True)
class StandardKind:
    """A kind of standard (标准类型)."""

    name: str
    subject: Subject | None
    """What a row is; None where that follows from the column that the plan chooses."""
    reads: tuple[str, ...]
    """Columns that have to be there; `column` stands for the one that the plan chooses."""
    asks: tuple[str, ...]
    """Columns that are unknown where they are not there."""
    parameters: tuple[Parameter, ...]
    readings: tuple[str, ...]
    """How the clause may be read, the first by default; none where it has one reading."""
    unit: str | None
    """Unit of the amounts; None for that of the leading parameter, per household where that is per person."""
    leading: str
    """The parameter that says whether the amount is exact, a limit or a least."""
    span: Literal["between", "safe"]
    """What two ends mean: the amount lies between them; or the low end is safe in any case and the high one is the limit."""
    function: Function

    @property
    def chooses(self) -> bool:
        """Whether the plan has to choose a column."""
        return CHOSEN in self.reads

    def columns_read(self, column: str | None) -> dict[str, str]:
        """The name inside the function, and the name outside it, of every column read or asked for."""
        return {name: (column or "") if name == CHOSEN else name for name in (*self.reads, *self.asks)}

    def judge(self, columns: Columns, parameters: Parameters, reading: str = "", column: str | None = None) -> Amounts:
        """The amounts of each row.

        Shape: that of the columns.
        Raises: KeyError where a column it reads was not handed over; ValueError where the function writes to a column
        or answers in another shape.
        """
        rows = len(next(iter(columns.values())))
        held = {}
        for inside, outside in self.columns_read(column).items():
            absent = inside in self.asks and outside not in columns
            vector = (np.full(rows, np.nan) if absent else np.asarray(columns[outside])).view()
            vector.flags.writeable = False
            held[inside] = vector
        chosen = reading or (self.readings[0] if self.readings else "")
        amounts = self.function(MappingProxyType(held), MappingProxyType(dict(parameters)), chosen)
        shapes = {v.shape for v in (amounts.outcome, amounts.low, amounts.high)}
        if shapes != {(rows,)} or amounts.outcome.dtype != np.int8:
            raise ValueError(f"standard kind {self.name}: amounts {amounts.outcome.dtype} {sorted(shapes)}")
        return amounts


STANDARDS: dict[str, StandardKind] = {}
"""Every registered kind of standard; filled when the files of this folder are imported."""


def standard_kind(
    name: str,
    *,
    subject: Subject | None = "household",
    reads: tuple[str, ...] = (),
    asks: tuple[str, ...] = (),
    parameters: tuple[Parameter, ...],
    readings: tuple[str, ...] = (),
    unit: str | None = None,
    leading: str,
    span: Literal["between", "safe"] = "between",
) -> Callable[[Function], Function]:
    """Registers a kind of standard. Raises: as `register_standard`."""
    return lambda function: register_standard(
        StandardKind(name, subject, reads, asks, parameters, readings, unit, leading, span, function)
    )


def register_standard(kind: StandardKind) -> Function:
    """Puts a kind into the catalogue and gives its function back.

    Raises: ValueError where the name is taken, a column does not exist, the leading parameter is none of its own, or the
    function touches chance, the clock, files, or state outside its arguments.
    """
    readable = READABLE[kind.subject] if kind.subject else {}
    faults = [f"reads {n}, which is no column" for n in kind.columns_read(CHOSEN) if n != CHOSEN and n not in readable]
    if kind.name in STANDARDS:
        faults.append("is registered already")
    if (kind.subject is None) != kind.chooses:
        faults.append("says what a row is but lets the plan choose the column, or the reverse")
    if kind.leading not in {p.name for p in kind.parameters}:
        faults.append(f"is led by {kind.leading}, which is none of its parameters")
    faults += impurities(kind.function)
    if faults:
        raise ValueError(f"standard kind {kind.name}: {'; '.join(faults)}")
    STANDARDS[kind.name] = kind
    return kind.function
