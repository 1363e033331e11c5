"""Units of a register's columns: what they are called, by what they are multiplied, and per what they are counted."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from planner.register.columns import HOUSEHOLD, VILLAGE

MONEY = ("income_total", "expense_farm", "income_farm", "income_wage", "income_transfer", "income_property")
"""Targets that are money, per head or per household and year."""
_MONEY = {"元": 1.0, "百元": 100.0, "千元": 1000.0, "万元": 10_000.0}
_UNITS: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        "亩": {"亩": 1.0, "公顷": 15.0, "分": 0.1, "平方米": 0.0015, "m2": 0.0015},
        "平方米": {"平方米": 1.0, "m2": 1.0, "平米": 1.0, "平方": 1.0},
        "公里": {"公里": 1.0, "千米": 1.0, "km": 1.0, "米": 0.001, "m": 0.001, "里": 0.5},
        "人": {"人": 1.0, "口": 1.0, "名": 1.0, "个": 1.0},
        "台区": {"台区": 1.0, "个": 1.0},
        "处": {"处": 1.0, "个": 1.0},
        "年": {"年": 1.0, "年度": 1.0},
        "是否": {"是/否": 1.0, "是否": 1.0, "有/无": 1.0, "1/0": 1.0, "是、否": 1.0},
    }
)
_PER_HEAD, _PER_HOUSEHOLD = ("人", "人均", "每人"), ("户", "户均", "每户")
_SAID = ("单位", "计量单位")


def unit_of(target: str) -> str:
    """The register's own unit of a target, without what it is counted per."""
    if target in MONEY:
        return "元"
    column = HOUSEHOLD.get(target) or VILLAGE.get(target)
    if target == "house_area_person":
        return "平方米"
    return column.unit if column is not None else "人"


def words_of(target: str) -> Mapping[str, float]:
    """Every word for a unit of a target, with what a figure in it is multiplied by."""
    own = unit_of(target)
    return _MONEY if own == "元" else _UNITS.get(own, {own: 1.0})


def _bare(unit: str) -> list[str]:
    """The pieces of a folded unit: 元/人/年 and 人均,元 alike."""
    for said in _SAID:
        unit = unit.removeprefix(said)
    pieces = unit.replace("、", "/").replace(",", "/").replace(";", "/").split("/")
    found = []
    for piece in pieces:
        rest = piece.removesuffix("每年").removesuffix("年") if piece not in ("年", "年度") else ""
        for mark in (*_PER_HEAD[1:], *_PER_HOUSEHOLD[1:]):
            if rest.startswith(mark):
                found.append(mark)
                rest = rest.removeprefix(mark)
        if rest:
            found.append(rest)
    return found


def factor_of(target: str, unit: str) -> float | None:
    """What a figure in a folded unit is multiplied by; None for a unit that the target is not counted in.

    >>> factor_of("income_wage", "万元/户"), factor_of("land_mu", "公顷"), factor_of("land_mu", "元")
    (10000.0, 15.0, None)
    """
    words = words_of(target)
    if unit in words:
        return words[unit]
    heads = [piece for piece in _bare(unit) if piece not in (*_PER_HEAD, *_PER_HOUSEHOLD)]
    if not heads:
        return 1.0 if per_of(unit) else None
    return words.get(heads[0]) if len(heads) == 1 else None


def known_unit(target: str, unit: str) -> bool:
    """Whether a target may be counted in a folded unit."""
    return factor_of(target, unit) is not None


def per_of(unit: str) -> str:
    """Whether a folded unit says per head or per household; empty where it says neither.

    >>> per_of("元/人/年"), per_of("元/户"), per_of("元")
    ('head', 'household', '')
    """
    pieces = unit.split("/")[1:] + [piece for piece in _bare(unit) if piece in (*_PER_HEAD[1:], *_PER_HOUSEHOLD[1:])]
    if any(piece.removesuffix("年") in _PER_HEAD for piece in pieces):
        return "head"
    return "household" if any(piece.removesuffix("年") in _PER_HOUSEHOLD for piece in pieces) else ""
