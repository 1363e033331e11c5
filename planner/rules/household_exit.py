"""Kinds of criterion for a household's exit from poverty (户脱贫标准): one pure vector function per kind.

A plan picks kinds, columns and thresholds. Shape of every column and outcome: household.
"""

from __future__ import annotations

import numpy as np

from planner.rules.rule import CHOSEN, Columns, household_kind
from planner.rules.verdict import Outcomes, decided, either, of_flag


@household_kind("flag", reads=(CHOSEN,), sort="flag")
def flag(columns: Columns, threshold: float) -> Outcomes:
    """Met where the chosen flag says yes."""
    return of_flag(columns["column"])


@household_kind("income_line", reads=("income",), threshold="income")
def income_line(columns: Columns, threshold: float) -> Outcomes:
    """Met where net income per head is strictly above the line of the year (超过); on the line is not above it.

    Unit: 元/人/年.
    Unknown: where income is NaN.
    """
    income = columns["income"]
    return decided(income > threshold, ~np.isnan(income))


@household_kind("income_source_or_transfer", reads=("income_source", "dibao", "wubao"))
def income_source_or_transfer(columns: Columns, threshold: float) -> Outcomes:
    """Met where there is a steady source of income, or 低保, or 五保.

    Unknown: where none of them is a yes and one is not known.
    """
    return either(of_flag(columns["income_source"]), of_flag(columns["dibao"]), of_flag(columns["wubao"]))


@household_kind("schooling", reads=("pupils", "schooling_ok"))
def schooling(columns: Columns, threshold: float) -> Outcomes:
    """Met where no child is of compulsory age, or none of them is out of school.

    Unknown: where there are pupils and their schooling is unknown, or where it is unknown whether there are pupils
    and no entry says that their schooling is in order.
    """
    pupils = columns["pupils"]
    return either(decided(pupils == 0, pupils >= 0), of_flag(columns["schooling_ok"]))
