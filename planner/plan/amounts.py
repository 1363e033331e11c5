"""Amounts that cannot be meant (数额): below nought, no share, nought where nothing may be free, ten thousand times too large."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from planner.plan.figures import Figure, Series
from planner.plan.form import Slip
from planner.plan.known import Known
from planner.plan.model import Plan, Relation
from planner.plan.relations import CitedNumber, TermFault, powers_of, reckon, sides
from planner.quantities import YUAN_IN, is_money, known_unit, split_unit

MOST_YUAN_IN_TOTAL = 10_000_000_000
"""A county's line or source above 100 亿元 is taken for a slip between 元 and 万元."""
MOST_YUAN_PER_ONE = 1_000_000
"""A cost per household or person above 100 万元 is taken for one."""
SLIP = 10_000
"""What a slip between 元 and 万元, or a 万 left out, is off by."""
FAR, NEAR = 100, 5
"""Two sides that should agree and are further apart than the first are taken for a slip where one figure, set right, brings
them within the second; no plan contradicts itself by so much."""
MAY_FALL = ("dynamics.trend",)
"""What may be below nought: incomes may fall."""
DIVISORS = ("poor", "rural", "per_household", "villages", "poor_villages")
"""Of the population: what everything else is a share of, is divided by, or is chosen from."""


def money_of(plan: Plan) -> Iterator[tuple[str, Figure]]:
    """Path and figure of everything that has to be money."""
    for key, line in plan.lines.items():
        if line.amount is not None:
            yield f"lines.{key}.amount", line.amount
    for key, source in plan.sources.items():
        yield f"sources.{key}.amount", source.amount
    for key, measure in plan.measures.items():
        for name in ("cost", "cost_cap", "own_share", "gain"):
            figure = getattr(measure, name)
            if figure is not None:
                yield f"measures.{key}.{name}", figure


def _numbers(known: Known) -> Iterator[tuple[str, float, Figure | Series]]:
    """Path and value of every number written, one for each year of a series, with the figure it belongs to."""
    for path, figure in known.figures.items():
        if isinstance(figure, Series):
            yield from ((f"{path}.values.{year}", value, figure) for year, value in figure.values.items())
        else:
            yield f"{path}.value", figure.value, figure


def nothing_is_negative(known: Known) -> Iterator[Slip]:
    """No number is below nought but what may fall, nor may a range lead there."""
    for path, value, _ in _numbers(known):
        if value < 0 and not path.startswith(MAY_FALL):
            yield Slip(path, "plan.negative", {"found": value})
    for path, origin in known.origins.items():
        if origin.range is not None and origin.range[0] < 0 and not path.startswith(MAY_FALL):
            yield Slip(f"{path}.range", "plan.negative_range", {"found": origin.range[0]})


def shares_are_shares(known: Known) -> Iterator[Slip]:
    """A share lies between nought and one; one of what may fall may be below."""
    for path, value, figure in _numbers(known):
        most = {"比例": 1, "%": 100}.get(split_unit(figure.unit)[0])
        if most is None:
            continue
        least = -most if path.startswith(MAY_FALL) else 0
        # one that is below nought was told already
        if value > most or (value < least and path.startswith(MAY_FALL)):
            yield Slip(path, "plan.not_a_share", {"found": value, "most": most, "unit": figure.unit})


def units_are_those_reckoned_in(known: Known) -> Iterator[Slip]:
    """What is reckoned with as it stands is written in the unit of the reckoning."""
    for path, figure, wanted in _reckoned(known.plan):
        head = split_unit(figure.unit)[0]
        if head != wanted and known_unit(figure.unit):
            yield Slip(f"{path}.unit", "plan.other_unit", {"found": figure.unit, "wanted": wanted})


def _reckoned(plan: Plan) -> Iterator[tuple[str, Figure, str]]:
    """Path, figure and unit of what the code reads without turning it into another unit."""
    fields: list[tuple[str, object, str]] = []
    for key, source in plan.sources.items():
        fields += [
            (f"sources.{key}.delay_months", source.delay_months, "月"),
            (f"sources.{key}.arrives", source.arrives, "比例"),
        ]
    for key, measure in plan.measures.items():
        for name in ("first_year", "failure", "loss", "moved_along"):
            fields.append((f"measures.{key}.{name}", getattr(measure, name), "比例"))
        if measure.gain is not None and is_money(measure.gain.unit):
            fields.append((f"measures.{key}.gain", measure.gain, "元"))
        for name in ("approve", "build", "accept"):
            fields.append((f"measures.{key}.works.{name}", getattr(measure.works, name, None), "月"))
    yield from ((path, figure, wanted) for path, figure, wanted in fields if isinstance(figure, Figure))


def nothing_is_free(known: Known) -> Iterator[Slip]:
    """A cost is above nought but for a duty; a cap on it too; and what others are divided by."""
    for key, measure in known.plan.measures.items():
        if measure.cost.value == 0 and measure.kind != "duty":
            yield Slip(f"measures.{key}.cost.value", "plan.free", {"name": measure.name})
        if measure.cost_cap is not None and measure.cost_cap.value == 0:
            yield Slip(f"measures.{key}.cost_cap.value", "plan.nought", {})
    for name in DIVISORS:
        figure = known.figures.get(f"population.{name}")
        if isinstance(figure, Figure) and figure.value == 0:
            yield Slip(f"population.{name}.value", "plan.nought", {})


def own_shares_stay_within_the_cost(known: Known) -> Iterator[Slip]:
    """Residents pay at most what a unit costs."""
    for key, measure in known.plan.measures.items():
        own, cost = measure.own_share, measure.cost
        if own is None or not (is_money(own.unit) and is_money(cost.unit)):
            continue
        if own.yuan > cost.yuan > 0:
            values = {"found": own.value, "unit": own.unit, "cost": cost.value, "cost_unit": cost.unit}
            yield Slip(f"measures.{key}.own_share.value", "plan.own_share", values)


def caps_hold_at_least_one_unit(known: Known) -> Iterator[Slip]:
    """What one household may cost at the most is not below what one unit costs; a cap of nought was told already."""
    for key, measure in known.plan.measures.items():
        cap, cost = measure.cost_cap, measure.cost
        if cap is None or not (is_money(cap.unit) and is_money(cost.unit)):
            continue
        if 0 < cap.yuan < cost.yuan:
            values = {"found": cap.value, "unit": cap.unit, "cost": cost.value, "cost_unit": cost.unit}
            yield Slip(f"measures.{key}.cost_cap.value", "plan.cap_below_cost", values)


def magnitudes_are_plausible(known: Known) -> Iterator[Slip]:
    """No line, source or cost is beyond what a county, or one household, can have."""
    for path, figure in money_of(known.plan):
        if not is_money(figure.unit):
            continue
        head, per = split_unit(figure.unit)
        yuan = abs(figure.value) * YUAN_IN[head]
        one = any(unit in ("户", "人", "岗") for unit in per)
        limit = MOST_YUAN_PER_ONE if one else MOST_YUAN_IN_TOTAL
        if yuan > limit:
            code = "plan.too_much_each" if one else "plan.too_much_in_all"
            yield Slip(f"{path}.value", code, {"found": figure.value, "unit": figure.unit})


class _Suspect(NamedTuple):
    """A figure that would bring the two sides of a relation together if it were ten thousand times as small or as large."""

    figure: CitedNumber
    relation: str
    others: tuple[str, ...]


def amounts_fit_their_relations(known: Known) -> Iterator[Slip]:
    """No figure is off by a 万 from those that the plan's own relations set it against."""
    told = {slip.path.rpartition(".")[0] for slip in (*magnitudes_are_plausible(known), *nothing_is_negative(known))}
    found = [list(_suspects(known.plan, key, relation)) for key, relation in known.plan.relations.items()]
    named = Counter(suspect.figure.path for each in found for suspect in each)
    seen: set[str] = set()
    for suspects in found:
        paths = {path for suspect in suspects for path in (suspect.figure.path, *suspect.others)}
        if not suspects or not told.isdisjoint(paths) or not seen.isdisjoint(paths):
            continue
        # the figure that most relations speak against is the one that is off; then one that is no whole number
        worst = max(suspects, key=lambda s: (named[s.figure.path], not float(s.figure.value).is_integer()))
        seen.add(worst.figure.path)
        values = {
            "found": worst.figure.value,
            "unit": worst.figure.unit,
            "relation": worst.relation,
            "others": list(worst.others),
        }
        yield Slip(f"{worst.figure.path}.value", "plan.off_by_wan", values)


def _suspects(plan: Plan, key: str, relation: Relation) -> Iterator[_Suspect]:
    if relation.kind in ("overlap", "horizon"):
        return
    try:
        figures = {f.path: f for side in sides(plan, relation) for f in side.figures}
        terms = [
            [(reckon(plan, term)[0].value, powers_of(term)) for term in t] for t in (relation.left, relation.right)
        ]
    except TermFault:
        return
    left, right = (_total(side, "", Fraction(1)) for side in terms)
    beyond = {"at_most": left > FAR * right, "at_least": right > FAR * left}
    if min(left, right) <= 0 or not beyond.get(relation.kind, max(left, right) > FAR * min(left, right)):
        return
    for path, figure in figures.items():
        for factor in (Fraction(1, SLIP), Fraction(SLIP)):
            left, right = (_total(side, path, factor) for side in terms)
            if max(left, right) <= NEAR * min(left, right):
                yield _Suspect(figure, f"relations.{key}", tuple(p for p in figures if p != path))


def _total(side: Sequence[tuple[Fraction, Mapping[str, int]]], path: str, factor: Fraction) -> Fraction:
    """One side of a relation if the figure at a path were another by a factor."""
    return sum((value * factor ** powers.get(path, 0) for value, powers in side), Fraction(0))
