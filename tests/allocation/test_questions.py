"""The replies to the three questions, in the reader's language."""

from __future__ import annotations

from math import nan

from planner.allocation import assembling  # noqa: F401  (declares the families)
from planner.allocation.families import FAMILIES
from planner.allocation.questions import LIMITS, Reply, standing_in_the_way


def test_what_money_does_not_mend_is_told_in_the_language_asked_for():
    families = [FAMILIES[name] for name in LIMITS]
    said = "; ".join(f"{family.title}({family.clause})" for family in families)
    reply = Reply("least_money", "once", "no_money", 0, 0, nan, nan, nan, nan, nan, said)
    assert standing_in_the_way(reply) == said
    assert standing_in_the_way(reply, "en") == "; ".join(f"{f.english} ({f.clause})" for f in families)
