"""The tidy tables that pass between the stages: which columns each has, their kind and unit.

Money is whole yuan (integers). Persons are persons, households households. `scenario` is the scenario's file name
without ending. `run` is the luck seed's number. A table with other columns is refused by `check_columns`.
"""

from __future__ import annotations

from collections.abc import Iterable

Columns = dict[str, str]
"""Column name to kind: `text`, `year`, `count` (whole), `yuan` (whole), `number` (64-bit float)."""

TABLES: dict[str, Columns] = {
    # the proposal: every yuan once; all other tables of money are sums of this one
    "money": {
        "scenario": "text",
        "year": "year",
        "source": "text",
        "line": "text",
        "measure": "text",
        "township": "text",
        "places": "text",
        "units": "number",
        "yuan": "yuan",
    },
    "lines": {
        "scenario": "text",
        "year": "year",
        "line": "text",
        "account": "text",
        "printed_yuan": "yuan",
        "proposed_yuan": "yuan",
        "clause": "text",
    },
    "measures": {
        "scenario": "text",
        "year": "year",
        "measure": "text",
        "line": "text",
        "unit": "text",
        "units": "number",
        "yuan": "yuan",
        "unit_cost_yuan": "number",
        "printed_units": "number",
        "printed_unit_cost_yuan": "number",
        "clause": "text",
    },
    # what the allocation itself expects (deterministic), cumulative by year end
    "planned": {
        "scenario": "text",
        "year": "year",
        "township": "text",
        "pathway": "text",
        "persons": "count",
        "households": "count",
    },
    "planned_villages": {
        "scenario": "text",
        "year": "year",
        "township": "text",
        "put_forward": "count",
        "villages_off": "number",
    },
    # what became of the program's parts of units; persons are those whom the deliveries can lead out by the year end
    "rounding": {
        "scenario": "text",
        "year": "year",
        "item": "text",
        "unit": "text",
        "fractional": "number",
        "whole": "number",
        "difference": "number",
        "yuan_before": "yuan",
        "yuan_after": "yuan",
        "unmet": "number",
        "clause": "text",
    },
    # one row per household for which anything is planned; a household is a number, and nobody's name stands here
    "names": {
        "scenario": "text",
        "household": "count",
        "village": "text",
        "township": "text",
        "places": "text",
        "persons": "count",
        "listed_year": "year",
        "pathway": "text",
        "package": "text",
        "measures": "text",
        "turn": "count",
        "reason": "text",
        "reason_en": "text",
    },
    # what each township has to do in each year, whole, adding up to the ledger and to `planned`
    "task_sheet": {
        "scenario": "text",
        "year": "year",
        "township": "text",
        "item": "text",
        "unit": "text",
        "amount": "number",
        "households": "count",
        "yuan": "yuan",
        "villages": "text",
        "lead": "text",
        "clause": "text",
    },
    # what an open criterion waits for, by the register at the start and the standard of each year
    "needs": {
        "scenario": "text",
        "year": "year",
        "township": "text",
        "village": "text",
        "places": "text",
        "measure": "text",
        "account": "text",
        "every": "text",
        "unit": "text",
        "units": "number",
        "households": "count",
        "persons": "count",
        "yuan": "yuan",
        "own_yuan": "yuan",
        "unknown": "count",
        "instead": "count",
        "beyond": "number",
    },
    "village_needs": {
        "scenario": "text",
        "year": "year",
        "rank": "count",
        "village": "text",
        "township": "text",
        "places": "text",
        "due_year": "year",
        "persons": "count",
        "open_criteria": "count",
        "lacking": "text",
        "lacking_en": "text",
        "unknown_criteria": "count",
        "open_households": "count",
        "open_persons": "count",
        "to_leave": "count",
        "below_line": "count",
        "gap_yuan": "yuan",
        "without": "count",
        "yuan": "yuan",
        "yearly_yuan": "yuan",
        "own_yuan": "yuan",
        "side_yuan": "yuan",
        "to_verify": "count",
    },
    # one row per run, year and indicator, county-wide
    "yearly": {"scenario": "text", "run": "count", "year": "year", "indicator": "text", "value": "number"},
    "bands": {
        "scenario": "text",
        "year": "year",
        "indicator": "text",
        "mean": "number",
        "q05": "number",
        "q25": "number",
        "q50": "number",
        "q75": "number",
        "q95": "number",
    },
    "milestones": {
        "scenario": "text",
        "milestone": "text",
        "reading": "text",
        "measure": "text",
        "year": "year",
        "threshold": "number",
        "probability": "number",
        "low": "number",
        "high": "number",
        "shortfall_q50": "number",
        "runs": "count",
    },
    "places": {"scenario": "text", "township": "text", "year": "year", "indicator": "text", "mean": "number"},
    "pathways": {
        "scenario": "text",
        "year": "year",
        "pathway": "text",
        "persons": "number",
        "target": "number",
    },
    "flows": {
        "scenario": "text",
        "year": "year",
        "from_state": "text",
        "to_state": "text",
        "persons": "number",
    },
    "gaps": {
        "scenario": "text",
        "year": "year",
        "line": "text",
        "arranged_yuan": "yuan",
        "named_yuan": "yuan",
        "unnamed_yuan": "yuan",
    },
    "paired": {
        "scenario": "text",
        "baseline": "text",
        "year": "year",
        "indicator": "text",
        "mean": "number",
        "low": "number",
        "high": "number",
        "runs": "count",
    },
    "bottlenecks": {
        "scenario": "text",
        "year": "year",
        "resource": "text",
        "used": "number",
        "waited_months": "number",
        "works": "number",
    },
    "answers": {
        "question": "text",
        "money": "text",
        "status": "text",
        "yuan": "yuan",
        "yuan_first_year": "yuan",
        "persons_first_year": "number",
        "persons_schedule": "number",
        "villages_first_year": "number",
        "villages_schedule": "number",
        "incidence": "number",
        "clause": "text",
    },
    "assumptions": {
        "path": "text",
        "value": "text",
        "unit": "text",
        "low": "number",
        "high": "number",
        "origin": "text",
        "kind": "text",
        "clause": "text",
    },
    "changes": {
        "scenario": "text",
        "path": "text",
        "before": "text",
        "after": "text",
        "why": "text",
        "clause": "text",
    },
    "findings": {
        "id": "text",
        "kind": "text",
        "severity": "text",
        "clauses": "text",
        "title": "text",
        "words": "text",
        "words_en": "text",
    },
}

ALONE: dict[str, Columns] = {
    # every household of a register judged, and counted; `planner register stream`
    "survey": {
        "group": "text",
        "level": "text",
        "rule": "text",
        "outcome": "text",
        "units": "count",
        "persons": "count",
    },
}
"""Tables that are files of their own, not part of a study."""

INDICATORS = (
    "persons_out",
    "villages_off",
    "cohort_left",
    "poor_stock",
    "incidence",
    "worst_village_incidence",
    "out_this_year",
    "led_out",
    "left_anyway",
    "entered",
    "returned",
    "held_back",
    "households_out",
)
"""Indicators of `yearly`, `bands`, `paired`.

`persons_out`: persons of the first register who are out at year end (cohort less those left). `villages_off`: listed
villages off the list. `cohort_left`: persons of the cohort still registered. `poor_stock`: all registered poor with
entrants and returns. `incidence`: poor stock over rural persons, in %.
`worst_village_incidence`: the highest of any listed village, in %. `led_out`: out, and would not be out without
the programme under the same luck. `left_anyway`: out, and would be out without the programme. Flows of the year:
`out_this_year`, `entered`, `returned`, `held_back`.
"""

PLACE_INDICATORS = ("persons_out", "villages_off", "cohort_left", "poor_stock", "share_out", "incidence", "capped_off")
"""Indicators of `places`; `capped_off` is the share of runs in which the township's incidence is at or below the
threshold of the cap-off milestone, so its mean is a probability."""


def check_columns(name: str, found: Iterable[str]) -> None:
    """Refuse a table whose columns are not those declared.

    Raises: KeyError for an unknown table, ValueError naming the columns that differ.
    """
    wanted, got = list((TABLES | ALONE)[name]), list(found)
    if wanted != got:
        raise ValueError(f"table {name}: columns {got}, expected {wanted}")
