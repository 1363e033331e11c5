"""What the loader refuses beyond form: references that lead nowhere, units, and figures that cannot be meant.

Each check is a small function over what is known of the plan, registered in CHECKS with the sections it needs whole.
A check never looks at a faulty entry: that was reported already, and others may still refer to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from planner.plan import amounts, references
from planner.plan.amounts import money_of
from planner.plan.figures import Figure, Series
from planner.plan.form import Slip
from planner.plan.known import Known
from planner.plan.model import Criterion
from planner.plan.relations import TermFault, find_number, paths_of, side
from planner.quantities import is_money, known_unit, rewritten, split_unit

NEEDED = ("schedule", "pathways", "lines", "sources", "measures", "household_criteria")
"""Sections without which there is no money to divide, nothing to divide it for, or nobody who could leave."""
CENTURY = 100
"""A year further than this from the horizon is taken for a misprint."""


@dataclass(frozen=True)
class Check:
    """One check and the sections without which it has nothing to say."""

    function: Callable[[Known], Iterator[Slip]]
    needs: frozenset[str] = frozenset()

    def run(self, known: Known) -> list[Slip]:
        """All slips that it finds."""
        return list(self.function(known))


def _nothing_needed_is_empty(known: Known) -> Iterator[Slip]:
    empty = [section for section in NEEDED if known.written.get(section) == set()]
    if known.plan.townships == []:
        empty.append("townships")
    for section in empty:
        yield Slip(section, "plan.empty_section", {"section": section})


def _accounts_are_kept_apart(known: Known) -> Iterator[Slip]:
    for key, source in known.plan.sources.items():
        for position, name in enumerate(source.pays):
            line = known.plan.lines.get(name)
            if line is not None and line.account != source.account:
                yield Slip(f"sources.{key}.pays.{position}", "plan.other_account", {"line": name})


def _units_are_known(known: Known) -> Iterator[Slip]:
    written = {path: figure.unit for path, figure in known.figures.items()}
    written |= {f"measures.{key}": measure.unit for key, measure in known.plan.measures.items()}
    written |= {f"relations.{key}": relation.unit for key, relation in known.plan.relations.items()}
    for path, unit in written.items():
        if not known_unit(unit):
            yield _unit_slip(f"{path}.unit", unit)


def _unit_slip(path: str, unit: str) -> Slip:
    instead = rewritten(unit)
    if instead is None:
        return Slip(path, "plan.unknown_unit", {"found": unit})
    near, by = instead
    if by == 1:
        return Slip(path, "plan.unit_renamed", {"found": unit, "near": near})
    code = "plan.unit_multiplied" if by > 1 else "plan.unit_divided"
    return Slip(path, code, {"found": unit, "near": near, "by": float(max(by, 1 / by))})


def _money_where_wanted(known: Known) -> Iterator[Slip]:
    for path, figure in money_of(known.plan):
        if known_unit(figure.unit) and not is_money(figure.unit):
            yield Slip(f"{path}.unit", "plan.not_money", {"found": figure.unit})


def _counts_are_not_money(known: Known) -> Iterator[Slip]:
    plan = known.plan
    counted = [(f"pathways.{k}.target", p.target) for k, p in plan.pathways.items() if p.target is not None]
    counted += [(f"schedule.{y}.persons", d.persons) for y, d in plan.schedule.items()]
    for path, figure in counted:
        if figure.unit != "人":
            yield Slip(f"{path}.unit", "plan.not_persons", {"found": figure.unit})
    for year, due in plan.schedule.items():
        if due.villages.unit != "村":
            yield Slip(f"schedule.{year}.villages.unit", "plan.not_villages", {"found": due.villages.unit})


def _cost_is_per_unit(known: Known) -> Iterator[Slip]:
    for key, measure in known.plan.measures.items():
        per = split_unit(measure.cost.unit)[1]
        if is_money(measure.cost.unit) and measure.unit not in per:
            values = {"found": measure.cost.unit, "unit": measure.unit}
            yield Slip(f"measures.{key}.cost.unit", "plan.cost_not_per_unit", values)
        for position, task in enumerate(measure.tasks):
            # A task may also ask for a share of all that is needed in its places.
            if known_unit(task.amount.unit) and task.amount.unit not in (measure.unit, "%"):
                values = {"found": task.amount.unit, "unit": measure.unit}
                yield Slip(f"measures.{key}.tasks.{position}.amount.unit", "plan.task_in_other_unit", values)


def _sources_say_how_they_pay(known: Known) -> Iterator[Slip]:
    parents = {source.parent for source in known.plan.sources.values()}
    for key, source in known.plan.sources.items():
        if key in parents:
            if source.pays:
                parts = [k for k, v in known.plan.sources.items() if v.parent == key]
                yield Slip(f"sources.{key}.pays", "plan.total_pays", {"name": source.name, "parts": parts})
            continue
        absent = [name for name in ("pays", "tranches", "delay_months", "arrives") if not getattr(source, name)]
        if absent:
            yield Slip(f"sources.{key}", "plan.source_incomplete", {"name": source.name, "absent": absent})


def _tied_sources_pay_for_what_they_are_tied_to(known: Known) -> Iterator[Slip]:
    """Money tied to a measure of a line that it does not pay has nowhere to go."""
    for key, source in known.plan.sources.items():
        if source.measures == []:
            yield Slip(f"sources.{key}.measures", "form.empty", {"key": "measures"})
        for position, name in enumerate(source.measures or ()):
            measure = known.plan.measures.get(name)
            if measure is not None and measure.line not in source.pays:
                values = {"measure": name, "line": measure.line}
                yield Slip(f"sources.{key}.measures.{position}", "plan.tied_elsewhere", values)


def _tranches_sum_to_one(known: Known) -> Iterator[Slip]:
    for key, source in known.plan.sources.items():
        total = sum(tranche.share for tranche in source.tranches)
        if source.tranches and abs(total - 1) > 1e-9:
            yield Slip(f"sources.{key}.tranches", "plan.tranches", {"found": total})


def _values_lie_in_their_range(known: Known) -> Iterator[Slip]:
    for path, figure in known.figures.items():
        if isinstance(figure, Figure) and figure.range is not None:
            low, high = figure.range
            if not low <= figure.value <= high:
                values = {"found": figure.value, "low": low, "high": high}
                yield Slip(f"{path}.value", "plan.outside_range", values)


def _years_lie_in_the_horizon(known: Known) -> Iterator[Slip]:
    horizon = known.plan.horizon
    if horizon.first > horizon.last:
        yield Slip("horizon.last", "plan.horizon_order", {"first": horizon.first, "last": horizon.last})
        return
    values = {"first": horizon.first, "last": horizon.last}
    for path, figure in known.figures.items():
        if isinstance(figure, Figure) and figure.year is not None and figure.year not in horizon.years:
            yield Slip(f"{path}.year", "plan.year_outside", {"found": figure.year, **values})
        for year in figure.values if isinstance(figure, Series) else ():
            if abs(year - horizon.first) > CENTURY:
                yield Slip(f"{path}.values.{year}", "plan.year_outside", {"found": year, **values})
    for year in known.plan.schedule:
        if year not in horizon.years:
            yield Slip(f"schedule.{year}", "plan.year_outside", {"found": year, **values})


def _series_hold_something(known: Known) -> Iterator[Slip]:
    for path, figure in known.figures.items():
        if isinstance(figure, Series) and not figure.values:
            yield Slip(f"{path}.values", "form.empty", {"key": "values"})


def _incomes_have_a_gain(known: Known) -> Iterator[Slip]:
    for key, measure in known.plan.measures.items():
        if measure.kind == "household_income" and measure.gain is None:
            yield Slip(f"measures.{key}", "plan.no_gain", {"name": measure.name})


def _works_have_need_and_time(known: Known) -> Iterator[Slip]:
    for key, measure in known.plan.measures.items():
        if measure.kind == "village_works":
            absent = [name for name in ("need", "works") if getattr(measure, name) is None]
            if absent:
                yield Slip(f"measures.{key}", "plan.works_incomplete", {"name": measure.name, "absent": absent})


def _thresholds_look_one_way(known: Known) -> Iterator[Slip]:
    for key, milestone in known.plan.milestones.items():
        if (milestone.at_least is None) == (milestone.at_most is None):
            yield Slip(f"milestones.{key}", "plan.threshold", {"name": milestone.name})


def _criteria_read_something(known: Known) -> Iterator[Slip]:
    sections: tuple[tuple[str, dict[str, Criterion]], ...] = (
        ("household_criteria", known.plan.household_criteria),
        ("village_criteria", known.plan.village_criteria),
    )
    for section, criteria in sections:
        for key, criterion in criteria.items():
            if criterion.kind == "flag" and criterion.column is None:
                yield Slip(f"{section}.{key}", "plan.no_column", {"name": criterion.name})


def _an_income_line_is_there(known: Known) -> Iterator[Slip]:
    criteria = known.plan.household_criteria
    # a faulty entry was told already, and may be the one
    whole = set(criteria) == known.ids("household_criteria")
    if criteria and whole and all(criterion.kind != "income_line" for criterion in criteria.values()):
        yield Slip("household_criteria", "plan.no_income_line", {})


def _relations_resolve(known: Known) -> Iterator[Slip]:
    # a wrong unit was told where it stands; the relations it spoils would only repeat it
    suspect = {slip.path for slip in (*_money_where_wanted(known), *_counts_are_not_money(known))}
    for key, relation in known.plan.relations.items():
        if not known_unit(relation.unit):
            continue
        for name, terms in (("left", relation.left), ("right", relation.right)):
            for position, term in enumerate(terms):
                if _leads_to_faulty(known, term) or not suspect.isdisjoint(f"{p}.unit" for p in paths_of(term)):
                    continue
                try:
                    side(known.plan, [term], relation.unit)
                except TermFault as fault:
                    yield Slip(f"relations.{key}.{name}.{position}", fault.code, fault.values)


def _leads_to_faulty(known: Known, term: str) -> bool:
    """Whether a path of the term leads to an entry that was set aside as faulty, or holds a unit not known."""
    for path in paths_of(term):
        section, _, rest = path.partition(".")
        entry = rest.partition(".")[0]
        held = getattr(known.plan, section, None)
        if entry in known.ids(section) and isinstance(held, dict) and entry not in {str(k) for k in held}:
            return True
        try:
            if not known_unit(find_number(known.plan, path).unit):
                return True
        except TermFault:
            continue
    return False


CHECKS: tuple[Check, ...] = (
    Check(_nothing_needed_is_empty),
    Check(references.clauses_exist),
    Check(references.references_exist),
    Check(references.criteria_exist),
    Check(references.rulings_exist),
    Check(references.trees_have_no_ring),
    Check(references.sources_pay_leaves),
    Check(references.measures_draw_on_leaves),
    Check(_accounts_are_kept_apart),
    Check(_units_are_known),
    Check(_money_where_wanted),
    Check(_counts_are_not_money),
    Check(_cost_is_per_unit),
    Check(_sources_say_how_they_pay),
    Check(_tied_sources_pay_for_what_they_are_tied_to),
    Check(_tranches_sum_to_one),
    Check(_values_lie_in_their_range),
    Check(amounts.shares_are_shares),
    Check(amounts.nothing_is_negative),
    Check(amounts.units_are_those_reckoned_in),
    Check(amounts.nothing_is_free),
    Check(amounts.own_shares_stay_within_the_cost),
    Check(amounts.caps_hold_at_least_one_unit),
    Check(amounts.magnitudes_are_plausible),
    Check(amounts.amounts_fit_their_relations),
    Check(_years_lie_in_the_horizon, frozenset({"horizon"})),
    Check(_series_hold_something),
    Check(_incomes_have_a_gain),
    Check(_works_have_need_and_time),
    Check(_thresholds_look_one_way),
    Check(_criteria_read_something),
    Check(_an_income_line_is_there),
    Check(_relations_resolve),
)
