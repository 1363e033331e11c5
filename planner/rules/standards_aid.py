"""Kinds of standard for schooling, medical cover and relief. Shape of every column and amount: household."""

from __future__ import annotations

import numpy as np

from planner.rules.rule import Columns
from planner.rules.standard import (
    Amounts,
    Floats,
    Parameter,
    Parameters,
    between,
    certain,
    counted,
    standard_kind,
)
from planner.rules.verdict import MET, NOT_MET, UNKNOWN, decided, either, of_count, of_flag


@standard_kind(
    "share_of_premium",
    reads=("persons",),
    asks=("other_premium_aid",),
    parameters=(
        Parameter("share", ("比例",), "承担比例", "share paid"),
        Parameter("premium", ("元/人/年",), "缴费标准", "premium"),
    ),
    unit="元/户/年",
    leading="share",
)
def share_of_premium(columns: Columns, parameters: Parameters, reading: str) -> Amounts:
    """A share of the premium of everybody in a household that gets no other public aid to it.

    Unit: 元/户/年.
    Unknown: where it is not known whether there is other aid (then from nought up to the share), or how many persons.
    """
    whole = parameters["share"] * parameters["premium"] * counted(columns["persons"], 1)
    other = of_flag(columns["other_premium_aid"])
    return certain(whole).only(decided(other == NOT_MET, other != UNKNOWN))


@standard_kind(
    "share_raised",
    asks=("base_reimbursed",),
    parameters=(Parameter("more", ("比例",), "提高", "raised by"),),
    readings=("points", "relative"),
    unit="比例",
    leading="more",
)
def share_raised(columns: Columns, parameters: Parameters, reading: str) -> Amounts:
    """A reimbursed share, higher than that of others: by so many points, or by so much of it; at most the whole.

    Unit: shares of one.
    Unknown: where the share of others is not known.
    """
    base = columns["base_reimbursed"].astype(np.float64)
    base = np.where((base >= 0) & (base <= 1), base, np.nan)
    raised = base + parameters["more"] if reading == "points" else base * (1 + parameters["more"])
    return certain(np.minimum(raised, 1.0))


@standard_kind(
    "ceiling_by_category",
    reads=("wubao", "dibao", "disabled"),
    asks=("severely_disabled",),
    parameters=(
        Parameter("wubao", ("元/人/年",), "三无、五保", "五保"),
        Parameter("dibao_disabled", ("元/人/年",), "低保中的重度残疾", "severely disabled on 低保"),
        Parameter("dibao", ("元/人/年",), "低保", "低保"),
    ),
    unit="元/人/年",
    leading="dibao",
)
def ceiling_by_category(columns: Columns, parameters: Parameters, reading: str) -> Amounts:
    """A yearly ceiling per person by category: 五保 first, then 低保 with a severe disability, then 低保.

    Where nobody says how severe a disability is, a disabled person on 低保 has the ceiling of one or of the other.

    Unit: 元/人/年.
    Unknown: where neither category is a yes and one is not known; between two ends where the category is not settled.
    """
    wubao, dibao = of_flag(columns["wubao"]), of_flag(columns["dibao"])
    severe = of_count(columns["severely_disabled"])
    severe = np.where((severe == UNKNOWN) & (columns["disabled"] == 0), NOT_MET, severe)
    not_wubao = wubao != MET
    each = (
        (wubao != NOT_MET, parameters["wubao"]),
        (not_wubao & (dibao != NOT_MET) & (severe != NOT_MET), parameters["dibao_disabled"]),
        (not_wubao & (dibao != NOT_MET) & (severe != MET), parameters["dibao"]),
        (not_wubao & (dibao != MET), 0.0),
    )
    low = np.min([np.where(possible, amount, np.inf) for possible, amount in each], axis=0)
    high = np.max([np.where(possible, amount, -np.inf) for possible, amount in each], axis=0)
    return Amounts(either(wubao, dibao), low, high)


@standard_kind(
    "multiple_of_line",
    reads=("persons",),
    parameters=(
        Parameter("multiple", ("倍", "比例"), "倍数", "multiple"),
        Parameter("line", ("元/人/月",), "低保月标准", "monthly allowance line"),
    ),
    unit="元/户",
    leading="multiple",
)
def multiple_of_line(columns: Columns, parameters: Parameters, reading: str) -> Amounts:
    """A multiple of the monthly allowance line for everybody of the household.

    Unit: 元/户.
    Unknown: where the persons are not known.
    """
    return certain(parameters["multiple"] * parameters["line"] * counted(columns["persons"], 1))


@standard_kind(
    "aid_by_stage",
    reads=("pupils",),
    asks=("primary_boarders", "junior_boarders"),
    parameters=(
        Parameter("primary", ("元/人/年",), "小学", "primary school"),
        Parameter("junior", ("元/人/年",), "初中", "junior middle school"),
    ),
    unit="元/户/年",
    leading="primary",
)
def aid_by_stage(columns: Columns, parameters: Parameters, reading: str) -> Amounts:
    """A yearly amount for every boarder, by stage of compulsory schooling.

    Unit: 元/户/年.
    Unknown: where boarders are not told; then between what is told and all other pupils boarding at the dearer stage.
    """
    return _by_two(
        counted(columns["pupils"]),
        (counted(columns["primary_boarders"]), parameters["primary"]),
        (counted(columns["junior_boarders"]), parameters["junior"]),
    )


@standard_kind(
    "once_by_stage",
    reads=("students", "graduates"),
    asks=("university_entrants", "vocational_entrants"),
    parameters=(
        Parameter("university", ("元/人",), "本科", "university"),
        Parameter("part", ("元/人/年",), "高职高专每年", "vocational, a year"),
        Parameter("years", ("年",), "高职高专年数", "vocational, years"),
    ),
    readings=("entrants", "graduates"),
    unit="元/户",
    leading="university",
)
def once_by_stage(columns: Columns, parameters: Parameters, reading: str) -> Amounts:
    """What a year's students get in all: once at university, in yearly parts at vocational college.

    Read as `entrants`, those who begin in the year; as `graduates`, those who leave college in it, of whom the register
    does not say which college it was.

    Unit: 元/户, over all parts.
    Unknown: where entrants or the college are not told; then between the ends that the students known allow.
    """
    once, parts = parameters["university"], parameters["part"] * parameters["years"]
    if reading == "graduates":
        graduates = counted(columns["graduates"])
        return between(graduates * np.minimum(once, parts), graduates * np.maximum(once, parts))
    return _by_two(
        counted(columns["students"]),
        (counted(columns["university_entrants"]), once),
        (counted(columns["vocational_entrants"]), parts),
    )


def _by_two(pool: Floats, one: tuple[Floats, float], other: tuple[Floats, float]) -> Amounts:
    """So much for each of two sorts of person, whose numbers may be unknown but are together at most the pool."""
    (first, a), (second, b) = one, other
    told = np.nan_to_num(first) + np.nan_to_num(second)
    low = np.nan_to_num(first) * a + np.nan_to_num(second) * b
    dearer = np.where(np.isnan(first) & np.isnan(second), np.maximum(a, b), np.where(np.isnan(first), a, b))
    settled = ~np.isnan(first) & ~np.isnan(second)
    high = np.where(settled, low, low + np.maximum(pool - told, 0) * dearer)
    return between(low, high)
