"""Outcomes and values of a register as words, for one household or village."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from planner.register.columns import Column
from planner.rules.verdict import Vector
from planner.terms import Outcome
from planner.wording import Language

OUTCOMES: Mapping[Outcome, dict[Language, str]] = {
    Outcome.MET: {"zh": "达标", "en": "met"},
    Outcome.NOT_MET: {"zh": "未达标", "en": "not met"},
    Outcome.UNKNOWN: {"zh": "不明", "en": "unknown"},
    Outcome.NOT_IN_FORCE: {"zh": "不适用", "en": "not in force"},
}
"""Outcomes of a criterion."""
ENTITLED: Mapping[Outcome, dict[Language, str]] = {
    Outcome.MET: {"zh": "符合", "en": "yes"},
    Outcome.NOT_MET: {"zh": "不符合", "en": "no"},
    Outcome.UNKNOWN: {"zh": "不明", "en": "unknown"},
    Outcome.NOT_IN_FORCE: {"zh": "当年不适用", "en": "not in force"},
}
"""Outcomes of a pathway or a standard."""
YES_NO: Mapping[str, dict[Language, str]] = {
    "yes": {"zh": "是", "en": "yes"},
    "no": {"zh": "否", "en": "no"},
    "unknown": {"zh": "不明", "en": "unknown"},
}
UNITS_IN_ENGLISH = {
    "元/人/年": "元 per head and year", "人": "person(s)", "户": "household(s)", "村": "village(s)", "公里": "km",
    "岗": "post(s)", "个": "", "处": "", "台区": "transformer area(s)", "家": "", "比例": "", "是否": "",
    "元/户": "元 per household", "元/户/年": "元 per household and year", "元/人": "元 per head", "平方米/户": "m² per household",
    "平方米/人": "m² per head", "元/家": "元 each", "元/人/月": "元 per head and month", "万元/人": "万元 per head",
    "万元/户": "万元 per household", "万元/家": "万元 each", "%/年": "% a year", "年": "year(s)", "倍": "times",
    "平方米": "m²", "亩": "mu",
}  # fmt: skip


def value_in_words(column: Column, vector: Vector, language: Language) -> str:
    """The only value of a column, with its unit; the unknown in words."""
    value = float(vector[0])
    if column.kind == "flag":
        return YES_NO[{1.0: "yes", 0.0: "no"}.get(value, "unknown")][language]
    if np.isnan(value) or (column.kind == "count" and value < 0):
        return YES_NO["unknown"][language]
    if column.unit == "比例":
        return f"{value:.2%}"
    return number_in_words(value, column.unit, language)


def number_in_words(value: float, unit: str, language: Language) -> str:
    """A number with at most two decimals, and its unit.

    >>> number_in_words(2.5, "公里", "zh"), number_in_words(7, "公里", "en")
    ('2.5公里', '7 km')
    """
    digits = f"{value:.2f}".rstrip("0").rstrip(".")
    if language == "zh" or unit == "%":
        return f"{digits}{unit}" if language == "zh" else f"{digits} {unit}"
    return f"{digits} {UNITS_IN_ENGLISH.get(unit, unit)}".strip()
