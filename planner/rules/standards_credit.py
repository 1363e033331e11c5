"""Kinds of standard for credit and rewards. Shape of every column and amount: household, village or case."""

from __future__ import annotations

import numpy as np

from planner.rules.rule import CHOSEN, Columns
from planner.rules.standard import Amounts, Parameter, Parameters, between, counted, standard_kind
from planner.rules.verdict import decided

WHOLE = ("元/户", "元/家", "元/村")


@standard_kind(
    "loan_limit",
    subject=None,
    reads=(CHOSEN,),
    parameters=(
        Parameter("least", WHOLE, "起点", "least", optional=True),
        Parameter("most", WHOLE, "限额", "limit"),
    ),
    leading="most",
)
def loan_limit(columns: Columns, parameters: Parameters, reading: str) -> Amounts:
    """The limit of a loan, or its least and most, where the chosen column says yes or at least one.

    Unit: that of `most`.
    Unknown: where the column is not known.
    """
    borrows = np.minimum(counted(columns["column"]), 1)
    least = parameters.get("least", parameters["most"])
    return between(
        np.where(np.isnan(borrows), 0.0, borrows * least),
        np.where(np.isnan(borrows), 1.0, borrows) * parameters["most"],
    )


@standard_kind(
    "loan_limit_by_person",
    subject=None,
    reads=(CHOSEN,),
    parameters=(Parameter("most", ("元/人", "元/人/年"), "每人限额", "limit per person"),),
    leading="most",
)
def loan_limit_by_person(columns: Columns, parameters: Parameters, reading: str) -> Amounts:
    """The limit of loans of a household or village, so much for each person in the chosen column.

    Unit: that of `most`, for all of them.
    Unknown: where the persons are not known.
    """
    whole = counted(columns["column"]) * parameters["most"]
    return between(np.nan_to_num(whole), whole)


@standard_kind(
    "interest_subsidy",
    asks=("loan", "loan_years", "loan_rate"),
    parameters=(
        Parameter("principal", ("元/户",), "本金限额", "principal at most"),
        Parameter("rate", ("比例/年",), "基准年利率", "base rate a year"),
        Parameter("years", ("年",), "最长年限", "years at most"),
    ),
    unit="元/户",
    leading="years",
)
def interest_subsidy(columns: Columns, parameters: Parameters, reading: str) -> Amounts:
    """The most interest that may be paid for a household, over all years, on a loan that is repaid in one sum at the end.

    Principal, rate and years count up to their limits.

    Unit: 元/户.
    Unknown: where the loan is not told; then from nought up to what the limits allow.
    """
    loan, years, rate = (counted(columns[name]) for name in ("loan", "loan_years", "loan_rate"))
    most = parameters["principal"] * parameters["rate"] * parameters["years"]
    parts = np.stack(
        [
            np.minimum(loan / parameters["principal"], 1),
            np.minimum(rate / parameters["rate"], 1),
            np.minimum(years / parameters["years"], 1),
        ]
    )
    high = np.where(np.isnan(parts), 1.0, parts).prod(axis=0) * most
    settled = ~np.isnan(parts).any(axis=0) | (high == 0)
    return between(np.where(settled, high, 0.0), high)


@standard_kind(
    "reward_between",
    subject="case",
    asks=("sales",),
    parameters=(
        Parameter("least", ("元/家",), "最少", "least"),
        Parameter("most", ("元/家",), "最多", "most"),
        Parameter("threshold", ("元/年",), "销售门槛", "sales threshold", optional=True),
    ),
    unit="元/家",
    leading="most",
)
def reward_between(columns: Columns, parameters: Parameters, reading: str) -> Amounts:
    """A reward between two ends for whom sells at least the threshold.

    Unit: 元/家.
    Unknown: where no threshold is set, or the sales are not known; then from nought up to the most.
    """
    sales = counted(columns["sales"])
    threshold = parameters.get("threshold", np.nan)
    some = np.ones(sales.shape)
    reward = between(some * parameters["least"], some * parameters["most"])
    return reward.only(decided(sales >= threshold, ~np.isnan(sales - threshold)))
