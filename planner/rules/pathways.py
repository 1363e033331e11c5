"""Who may follow each kind of pathway out of poverty (一批): one pure vector function per kind.

Shape of every column and outcome: household. Met means eligible.
"""

from __future__ import annotations

from planner.rules.rule import Columns, pathway_kind
from planner.rules.verdict import Outcomes, both, either, of_count, of_flag


@pathway_kind("industry", reads=("labour",))
def industry(columns: Columns, threshold: float) -> Outcomes:
    """Somebody in the household is able to work."""
    return of_count(columns["labour"])


@pathway_kind("employment", reads=("labour",))
def employment(columns: Columns, threshold: float) -> Outcomes:
    """Somebody in the household is able to work."""
    return of_count(columns["labour"])


@pathway_kind("education", reads=("students", "graduates"))
def education(columns: Columns, threshold: float) -> Outcomes:
    """Somebody studies beyond compulsory schooling, or graduates in the first year."""
    return either(of_count(columns["students"]), of_count(columns["graduates"]))


@pathway_kind("medical", reads=("ill",))
def medical(columns: Columns, threshold: float) -> Outcomes:
    """Somebody has a serious or lasting illness."""
    return of_count(columns["ill"])


@pathway_kind("relocation", reads=("site_at_risk", "consent_to_move"))
def relocation(columns: Columns, threshold: float) -> Outcomes:
    """The dwelling place has to be left, and the household agrees (群众自愿)."""
    return both(of_flag(columns["site_at_risk"]), of_flag(columns["consent_to_move"]))


@pathway_kind("transfer", reads=("dibao", "wubao"))
def transfer(columns: Columns, threshold: float) -> Outcomes:
    """The household is on the rolls of 低保 or of 五保."""
    return either(of_flag(columns["dibao"]), of_flag(columns["wubao"]))
