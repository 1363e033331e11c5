"""The audit of a plan's own figures (口径校验): declared relations, and what its structure says by itself.

Nothing here knows what any one plan gets wrong. Relations stand in the plan's data; `planner.plan.structure` looks at
lines, sources, measures, criteria and milestones of whatever plan it is given.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from planner.plan.findings import Arithmetic, Coverage, Finding, HorizonGap, Overlap, Severity
from planner.plan.known import split_clauses
from planner.plan.model import Plan, Relation
from planner.plan.relations import CitedNumber, Sense, Side, exact, sides
from planner.plan.structure import structural_findings

SMALL, LARGE = Fraction(1, 100), Fraction(1, 20)
"""Parts of the larger side: below the first a difference between round figures is a remark, above the second serious."""


def audit(plan: Plan) -> tuple[Finding, ...]:
    """Everything that does not add up or is not said: declared relations first, in their order, then structure."""
    declared = [f for key, relation in plan.relations.items() if (f := judge(plan, key, relation)) is not None]
    return (*declared, *structural_findings(plan))


def judge(plan: Plan, key: str, relation: Relation) -> Finding | None:
    """What one relation finds; None where its two sides agree."""
    left, right = sides(plan, relation)
    if relation.kind == "overlap":
        return _overlap(plan, key, relation, left, right)
    if relation.kind in ("coverage", "horizon"):
        return _one_sided(plan, key, relation, left, right)
    return _arithmetic(plan, key, relation, left, right)


def _arithmetic(plan: Plan, key: str, relation: Relation, left: Side, right: Side) -> Finding | None:
    difference = left.value - right.value
    left_sense, right_sense = sense_of(left.figures), sense_of(right.figures)
    allowed = {
        "at_most": difference <= 0,
        "at_least": difference >= 0,
    }.get(relation.kind, difference == 0)
    # a figure printed as "or more" is met by more, one printed as "or less" by less
    allowed = allowed or (right_sense == "at_least" and difference > 0 and relation.kind != "at_most")
    allowed = allowed or (right_sense == "at_most" and difference < 0 and relation.kind != "at_least")
    if allowed or abs(difference) <= exact(relation.tolerance):
        return None
    about = "about" in (left_sense, right_sense) or any(f.sense == "about" for f in (*left.figures, *right.figures))
    code = {"at_most": "finding.beyond_most", "at_least": "finding.short_of_least"}.get(
        relation.kind, f"finding.{relation.kind}"
    )
    return Arithmetic(
        **_common(plan, key, relation, left, right, code),
        severity=_severity(abs(difference), max(abs(left.value), abs(right.value)), about),
        left=left.value,
        right=right.value,
        difference=difference,
        left_sense=left_sense,
        right_sense=right_sense,
        carried_by=_carried_by(difference, left.figures, right.figures),
        choices=("by_detail", "by_total", "as_ruled"),
        choice=relation.choice,
    )


def _one_sided(plan: Plan, key: str, relation: Relation, left: Side, right: Side) -> Finding | None:
    beyond = left.value - right.value
    if beyond <= exact(relation.tolerance):
        return None
    if relation.kind == "horizon":
        return HorizonGap(
            **_common(plan, key, relation, left, right, "finding.horizon"),
            severity="warn",
            reaches=left.value,
            limit=right.value,
            choices=("as_ruled",),
            choice=relation.choice,
        )
    code = "finding.uncovered" if relation.right else "finding.nothing_covers"
    return Coverage(
        **_common(plan, key, relation, left, right, code),
        severity="serious" if beyond * 4 >= left.value else "warn",
        needed=left.value,
        covered=right.value,
        choices=("as_ruled",),
        choice=relation.choice,
    )


def _overlap(plan: Plan, key: str, relation: Relation, left: Side, right: Side) -> Finding | None:
    if left.value <= exact(relation.tolerance):
        return None
    ruling = plan.rulings.get(relation.ruling or "")
    return Overlap(
        **_common(plan, key, relation, left, right, "finding.overlap"),
        severity="warn",
        shared=left.value,
        within=right.value,
        choices=tuple(ruling.options) if ruling else ("as_ruled",),
        choice=ruling.choice if ruling else relation.choice,
    )


def _common(plan: Plan, key: str, relation: Relation, left: Side, right: Side, code: str) -> dict[str, Any]:
    figures = (*left.figures, *right.figures)
    clauses = [c for text in (relation.clause, *(f.clause or "" for f in figures)) for c in split_clauses(text)]
    ruling = plan.rulings.get(relation.ruling or "")
    return {
        "key": key,
        "code": code,
        "title": relation.title,
        "english": relation.english,
        "clauses": tuple(dict.fromkeys(clauses)),
        "figures": figures,
        "unit": relation.unit,
        "note": relation.note,
        "english_note": relation.english_note,
        "ruling": relation.ruling,
        "ruled": ruling.said(ruling.choice) if ruling else None,
        "english_ruled": ruling.said(ruling.choice, "en") if ruling else None,
    }


def sense_of(figures: Iterable[CitedNumber]) -> Sense:
    """The sense of a sum: that of its figures where they are of one mind, else about.

    A bound beside exact figures makes the sum that bound; two opposite bounds make it about.
    """
    senses = {figure.sense for figure in figures} - {"exact"}
    if not senses:
        return "exact"
    return senses.pop() if len(senses) == 1 else "about"


def _carried_by(difference: Fraction, left: Iterable[CitedNumber], right: Iterable[CitedNumber]) -> tuple[str, ...]:
    """Figures whose printed sense could take up the difference."""
    grow, shrink = ("about", "at_least"), ("about", "at_most")
    wanted_left, wanted_right = (grow, shrink) if difference < 0 else (shrink, grow)
    carrying = [f.path for f in left if f.sense in wanted_left] + [f.path for f in right if f.sense in wanted_right]
    return tuple(dict.fromkeys(carrying))


def _severity(difference: Fraction, whole: Fraction, about: bool) -> Severity:
    share = difference / whole if whole else Fraction(1)
    if share >= LARGE:
        return "serious"
    return "info" if about and share < SMALL else "warn"
