"""Kinds of standard for moving and building: limits by size of household, money by head, a share of those moved.

Shape of every column and amount: household, or case where the kind says so.
"""

from __future__ import annotations

import numpy as np

from planner.rules.rule import Columns
from planner.rules.standard import Amounts, Parameter, Parameters, certain, counted, standard_kind
from planner.rules.verdict import decided

HEAD = ("元/人", "平方米/人")
HOUSEHOLD = ("元/户", "平方米/户")


@standard_kind(
    "limit_by_size",
    reads=("persons",),
    parameters=(
        Parameter("per_head", HEAD, "人均", "per head", optional=True),
        Parameter("per_household", HOUSEHOLD, "户均", "per household"),
        Parameter("single", HOUSEHOLD, "单人户", "one person", optional=True),
        Parameter("large", HOUSEHOLD, "大户", "large household", optional=True),
        Parameter("large_from", ("人",), "大户起点", "large from", optional=True),
    ),
    readings=("averages", "each"),
    leading="per_household",
    span="safe",
)
def limit_by_size(columns: Columns, parameters: Parameters, reading: str) -> Amounts:
    """Area or cost of one household's dwelling, limited per head, per household, and by size of household.

    Read as `each`, every figure limits every dwelling, and the lowest that applies to its size counts. Read as `averages`,
    the figures per head and per household limit the mean of a site: below them a dwelling is safe whatever the others
    are like (the low end); its own limit (the high end) is that of its size, or none.

    Unit: that of `per_household`.
    Unknown: where the persons are not known.
    """
    persons = counted(columns["persons"], 1)
    known = ~np.isnan(persons)
    own = np.where(persons == 1, parameters.get("single", np.inf), np.inf)
    own = np.where(persons >= parameters.get("large_from", np.inf), parameters.get("large", np.inf), own)
    by_head = np.where(known, parameters.get("per_head", np.inf), np.nan) * persons
    whole = parameters["per_household"]
    if reading == "each":
        return certain(np.minimum(by_head, np.where(np.isinf(own), whole, own)))
    return Amounts(decided(known, known), np.minimum(np.minimum(by_head, whole), own), np.where(known, own, np.nan))


@standard_kind(
    "per_head_capped",
    reads=("persons",),
    parameters=(
        Parameter("per_head", ("元/人",), "人均", "per head"),
        Parameter("per_household", ("元/户",), "每户上限", "cap per household", optional=True),
    ),
    readings=("cap", "per_head"),
    unit="元/户",
    leading="per_head",
)
def per_head_capped(columns: Columns, parameters: Parameters, reading: str) -> Amounts:
    """So much per head, with a cap per household where there is one and it is not read away.

    Unit: 元/户.
    Unknown: where the persons are not known.
    """
    persons = counted(columns["persons"], 1)
    cap = np.inf if reading == "per_head" else parameters.get("per_household", np.inf)
    return certain(np.minimum(parameters["per_head"] * persons, cap))


@standard_kind(
    "share_at_most",
    subject="case",
    asks=("moved_registered", "moved_along"),
    parameters=(Parameter("most", ("比例",), "上限", "limit"),),
    unit="比例",
    leading="most",
)
def share_at_most(columns: Columns, parameters: Parameters, reading: str) -> Amounts:
    """Those moved along as a share of the registered who are moved; met where it is at most the limit.

    Unit: shares of one.
    Unknown: where either number is not known, or nobody registered is moved.
    """
    registered, along = counted(columns["moved_registered"], 1), counted(columns["moved_along"])
    # One division, rounded once, so that 10 of 100 is not above a limit printed as 10 %.
    share = along / registered
    return Amounts(decided(share <= parameters["most"], ~np.isnan(share)), share, share)
