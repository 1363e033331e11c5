"""The arithmetic of declared relations: paths to figures, exact values, units that multiply and cancel.

Money is reckoned in 元, months in twelfths of a year, per cent in hundredths; every other unit stands for itself, so
that 元/户 times 户 is money and 人 divided by 人/户 is 户.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from pydantic import BaseModel

from planner.plan.figures import Figure, Series
from planner.plan.model import Plan, Relation
from planner.quantities import YUAN_IN, split_unit
from planner.wording import nearest

Sense = Literal["exact", "about", "at_least", "at_most"]
Dimension = tuple[tuple[str, int], ...]
"""Units with their powers, sorted; empty for a pure number."""

_SCALES: Mapping[str, tuple[Fraction, str]] = {
    **{unit: (Fraction(yuan), "元") for unit, yuan in YUAN_IN.items()},
    "%": (Fraction(1, 100), ""),
    "比例": (Fraction(1), ""),
    "倍": (Fraction(1), ""),
    "月": (Fraction(1, 12), "年"),
}
_JOINT = re.compile(r"\s+([*/])\s+")


class TermFault(Exception):
    """A term of a relation that cannot be reckoned; `code` and `values` as in a fault."""

    def __init__(self, code: str, **values: object) -> None:
        self.code, self.values = code, values
        super().__init__(code)


@dataclass(frozen=True)
class CitedNumber:
    """A figure as the audit shows it."""

    path: str
    value: float
    unit: str
    origin: str
    """Its clause, source or assumption."""
    clause: str | None
    sense: Sense
    ruling: str | None


@dataclass(frozen=True)
class Quantity:
    """An exact value in base units, with its dimension."""

    value: Fraction
    dimension: Dimension


@dataclass(frozen=True)
class Side:
    """One side of a relation: its exact value and the figures it was reckoned from."""

    value: Fraction
    """In the relation's unit."""
    figures: tuple[CitedNumber, ...]


def scale_of(unit: str) -> Quantity:
    """One of a unit, in base units.

    >>> scale_of("万元/户").value, scale_of("万元/户").dimension
    (Fraction(10000, 1), (('元', 1), ('户', -1)))
    """
    head, per = split_unit(unit)
    powers: Counter[str] = Counter()
    value = Fraction(1)
    for part, power in ((head, 1), *((p, -1) for p in per)):
        factor, base = _SCALES.get(part, (Fraction(1), part))
        value *= factor**power
        if base:
            powers[base] += power
    return Quantity(value, _dimension(powers))


def exact(value: float) -> Fraction:
    """A printed number without the error of floats.

    >>> exact(4.25)
    Fraction(17, 4)
    """
    return Fraction(Decimal(repr(value)))


def find_number(plan: Plan, path: str) -> CitedNumber:
    """The figure at a path (`lines.roads.amount`), or one year of a series (`synthesis.x.2001`).

    Raises TermFault where nothing stands there, or something that is not a number.
    """
    here: Any = plan
    steps = path.split(".")
    for depth, step in enumerate(steps):
        if isinstance(here, Series) and step.isdecimal():
            return _cited(path, here.at(int(step)), here, "exact")
        if isinstance(here, Figure):
            raise TermFault("relation.unknown_path_near", path=path, near=".".join(steps[:depth]))
        following, known = _step(here, step)
        if following is None:
            near = nearest(step, known)
            if step in known:
                raise TermFault("relation.no_figure", path=path)
            if near:
                raise TermFault("relation.unknown_path_near", path=path, near=".".join([*steps[:depth], near]))
            raise TermFault("relation.unknown_path", path=path, step=step)
        here = following
    if not isinstance(here, Figure):
        raise TermFault("relation.no_figure", path=path)
    return _cited(path, here.value, here, here.sense)


def _step(here: Any, step: str) -> tuple[Any, Sequence[str]]:
    if isinstance(here, BaseModel):
        known = list(type(here).model_fields)
        return (getattr(here, step) if step in known else None), known
    if isinstance(here, dict):
        table = {str(key): held for key, held in here.items()}
        return table.get(step), list(table)
    if isinstance(here, list):
        inside = step.isdecimal() and int(step) < len(here)
        return (here[int(step)] if inside else None), [str(i) for i in range(len(here))]
    return None, []


def _cited(path: str, value: float, origin: Figure | Series, sense: Sense) -> CitedNumber:
    return CitedNumber(path, value, origin.unit, origin.origin, origin.clause, sense, origin.ruling)


def paths_of(term: str) -> list[str]:
    """The paths in a term.

    >>> paths_of("facts.a * facts.b / facts.c")
    ['facts.a', 'facts.b', 'facts.c']
    """
    return _JOINT.split(term.strip())[::2]


def powers_of(term: str) -> Mapping[str, int]:
    """The paths in a term with the power in which each stands.

    >>> dict(powers_of("facts.a * facts.b / facts.c"))
    {'facts.a': 1, 'facts.b': 1, 'facts.c': -1}
    """
    pieces = _JOINT.split(term.strip())
    powers: Counter[str] = Counter()
    for position in range(0, len(pieces), 2):
        powers[pieces[position]] += -1 if position and pieces[position - 1] == "/" else 1
    return powers


def reckon(plan: Plan, term: str) -> tuple[Quantity, tuple[CitedNumber, ...]]:
    """The exact value of one term and its figures. Raises TermFault."""
    pieces = _JOINT.split(term.strip())
    value = Fraction(1)
    powers: Counter[str] = Counter()
    figures: list[CitedNumber] = []
    for position in range(0, len(pieces), 2):
        number = find_number(plan, pieces[position])
        figures.append(number)
        scale = scale_of(number.unit)
        power = -1 if position and pieces[position - 1] == "/" else 1
        amount = exact(number.value) * scale.value
        if power < 0 and amount == 0:
            raise TermFault("relation.divides_by_nought", path=pieces[position])
        value *= amount**power
        for base, exponent in scale.dimension:
            powers[base] += power * exponent
    return Quantity(value, _dimension(powers)), tuple(figures)


def side(plan: Plan, terms: Sequence[str], unit: str) -> Side:
    """A sum of terms in a unit. Raises TermFault where a term is of another dimension than the unit."""
    scale = scale_of(unit)
    total = Fraction(0)
    figures: list[CitedNumber] = []
    for term in terms:
        quantity, used = reckon(plan, term)
        if quantity.dimension != scale.dimension:
            raise TermFault("relation.units", term=term, found=print_dimension(quantity.dimension), wanted=unit)
        total += quantity.value / scale.value
        figures += used
    return Side(total, tuple(figures))


def sides(plan: Plan, relation: Relation) -> tuple[Side, Side]:
    """Both sides of a relation in its unit. Raises TermFault."""
    return side(plan, relation.left, relation.unit), side(plan, relation.right, relation.unit)


def print_dimension(dimension: Dimension) -> str:
    """A dimension as people write it.

    >>> print_dimension((("元", 1), ("户", -1)))
    '元/户'
    """
    above = "·".join(base if power == 1 else f"{base}^{power}" for base, power in dimension if power > 0)
    below = "".join(f"/{base}" * -power for base, power in dimension if power < 0)
    return (above or "1") + below if (above or below) else "1"


def _dimension(powers: Mapping[str, int]) -> Dimension:
    return tuple(sorted(((base, power) for base, power in powers.items() if power), key=lambda x: (-x[1], x[0])))
