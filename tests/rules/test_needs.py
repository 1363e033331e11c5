"""Needs worked by hand on three villages and seven households, and the laws that hold for any register."""

from __future__ import annotations

import numpy as np
import pytest

from planner.plan.loading import load_plan
from planner.register.model import Register
from planner.rules.book import eligibility, evaluate_households, evaluate_villages, flags_counted, household_columns
from planner.rules.needs import needs
from planner.rules.remedy import household_remedies, village_remedies
from planner.rules.village_exit import village_aggregates
from planner.terms import Outcome, Places

YEAR = 2016
NONE = {"site_at_risk": 0, "dibao": 0, "wubao": 0}
HOUSEHOLDS = [
    # the listed village 0: a house, a road and income; a move, an insurance, income on the line; one of the margin
    {"village": 0, "persons": 4, "labour": 2, "house_safe": 0, "road_ok": 0, "income_farm": 2500.5, **NONE},
    {"village": 0, "persons": 5, "insured": 0, "television": -1, "income_farm": 2952, "consent_to_move": 1},
    {"village": 0, "persons": 3, "registered": 0, "house_safe": 0, "road_ok": 0, **NONE},
    # village 1, not listed: a road; a house and an income that the register does not say; income without any means
    {"village": 1, "persons": 3, "road_ok": 0, "income_farm": 9000, **NONE},
    {"village": 1, "persons": 2, "labour": 1, "house_safe": -1, "income_farm": float("nan"), **NONE},
    {"village": 1, "persons": 2, "income_farm": 1000, **NONE},
    # the listed village 2: nothing is open
    {"village": 2, "persons": 6, "income_farm": 9000, **NONE},
]
VILLAGES = {
    "township": [0, 0, 0],
    "poor_village": [1, 0, 1],
    "due_year": [2031, 0, 2032],
    "rural_persons": [200, 1000, 200],
    "service_centre": [0, 0, 1],
    "km_gravel": [7, 3, 2.5],
}


def columns_of(rows):
    usual = {"registered": 1, "labour": 0, "consent_to_move": 0}
    names = {name for row in rows for name in row} | set(usual)
    flags = {"house_safe", "road_ok", "insured", "television", "site_at_risk", "dibao", "wubao"}
    return {n: [row.get(n, usual.get(n, 1 if n in flags else 0)) for row in rows] for n in sorted(names)}


@pytest.fixture(scope="module")
def register(make_register):
    return make_register(columns_of(HOUSEHOLDS), VILLAGES)


@pytest.fixture(scope="module")
def found(plan, register):
    return needs(plan, register, YEAR)


def told(need):
    return {
        "units": need.units.tolist(),
        "households": need.households.tolist(),
        "persons": need.persons.tolist(),
        "yuan": need.yuan.tolist(),
    }


BY_HAND = {
    "repair": {"units": [1, 0, 0], "households": [1, 0, 0], "persons": [4, 0, 0], "yuan": [15_000, 0, 0]},
    # counted in persons: five at 60 元
    "cover": {"units": [5, 0, 0], "households": [1, 0, 0], "persons": [5, 0, 0], "yuan": [300, 0, 0]},
    # 451.5 short, a gain of 4,000 for four persons is 1,000
    "grow": {"units": [1, 0, 0], "households": [1, 0, 0], "persons": [4, 0, 0], "yuan": [3000, 0, 0]},
    # five persons at 6 万元 are 30, capped at 20
    "move": {"units": [5, 0, 0], "households": [1, 0, 0], "persons": [5, 0, 0], "yuan": [200_000, 0, 0]},
    # the household of the margin does not wait; those who wait for the road of a village are those without one
    "gravel": {"units": [7, 3, 0], "households": [1, 1, 0], "persons": [4, 3, 0], "yuan": [1_120_000, 480_000, 0]},
    # the exit of the village waits for its centre, and with it all of its registered
    "centre": {"units": [1, 0, 0], "households": [2, 0, 0], "persons": [9, 0, 0], "yuan": [600_000, 0, 0]},
}


@pytest.mark.parametrize("measure", BY_HAND)
def test_units_households_persons_and_cost_are_those_worked_by_hand(found, measure):
    assert told(found.measures[measure]) == BY_HAND[measure]


def test_what_the_register_does_not_say_is_to_be_verified_and_in_no_need(found):
    assert {k: m.unknown.tolist() for k, m in found.measures.items() if m.unknown.any()} == {
        "repair": [0, 1, 0],
        "grow": [0, 1, 0],
    }
    assert found.doubtful["television"].tolist() == [1, 0, 0], "no measure gives a set, and yet it is to be verified"
    assert found.gap.unknown.tolist() == [0, 1, 0]


def test_works_that_nobody_waits_for_stand_apart(found):
    assert found.measures["gravel"].beyond.tolist() == [0, 0, 2.5]
    assert found.measures["centre"].beyond.tolist() == [0, 1, 0], "not listed, so that no exit waits for it"


def test_the_income_gap_is_what_the_persons_are_short_of_the_line_by(found):
    gap = found.gap
    assert gap.households.tolist() == [2, 1, 0]
    assert gap.persons.tolist() == [9, 2, 0]
    # 451.5 for four; on the line, short of nothing and yet not above it; 1,952 for two
    assert gap.yuan.tolist() == [1806, 3904, 0]
    assert gap.transfer.tolist() == [1, 0, 0]
    assert gap.nothing.tolist() == [0, 1, 0]


def test_every_household_is_counted_once_among_those_with_something_open(found):
    assert found.open_households.tolist() == [2, 2, 0]
    assert found.open_persons.tolist() == [9, 5, 0]
    assert found.households.tolist() == [2, 3, 1]
    assert found.lacking["road"].tolist() == [1, 1, 0]


def test_so_many_persons_have_to_leave_that_the_incidence_is_low_enough(found):
    # three per cent of 200 are 6, of whom village 0 has 9 and village 2 has 6; village 1 is not listed
    assert found.to_leave.tolist() == [3, 0, 0]


def test_village_criteria_are_in_force_on_the_list_only(found):
    assert found.villages["service_centre"].tolist() == [Outcome.NOT_MET, Outcome.NOT_IN_FORCE, Outcome.MET]
    assert found.places.tolist() == [Places.DUE, Places.OTHER, Places.POOR]
    assert found.townships.tolist() == [0, 0, 0]
    assert found.account("repair") == "plan"


def test_a_house_is_not_repaired_for_a_household_that_moves(plan, make_register):
    row = {"village": 0, "persons": 3, "house_safe": 0, "income_farm": 9000, "consent_to_move": 1}
    found = needs(plan, make_register(columns_of([row]), {"township": [0]}), YEAR)
    assert (found.measures["move"].units.tolist(), found.measures["repair"].units.tolist()) == ([3], [0])
    assert found.measures["repair"].instead.tolist() == [0], (
        "whoever has to leave the place has no house repaired there"
    )
    assert found.open_households.tolist() == [1]


def test_a_consent_that_is_not_known_is_to_be_verified_while_the_house_is_repaired(plan, make_register):
    row = {"village": 0, "persons": 3, "house_safe": 0, "income_farm": 9000, "consent_to_move": -1}
    found = needs(plan, make_register(columns_of([row]), {"township": [0]}), YEAR)
    assert (found.measures["move"].units.tolist(), found.measures["move"].unknown.tolist()) == ([0], [1])
    assert found.measures["repair"].units.tolist() == [1]


def test_a_good_counted_in_persons_whose_number_is_unknown_is_to_be_verified(plan, make_register):
    row = {"village": 0, "persons": -1, "insured": 0, "income_farm": 9000, **NONE}
    found = needs(plan, make_register(columns_of([row]), {"township": [0]}), YEAR)
    cover = found.measures["cover"]
    assert (cover.units.tolist(), cover.households.tolist(), cover.unknown.tolist()) == ([0], [1], [1])
    assert found.size_unknown.tolist() == [1]
    assert found.to_leave.tolist() == [-1], "the incidence of its village is not known either"


@pytest.mark.parametrize("recorded", [0, float("nan")])
def test_a_road_that_is_lacking_and_has_no_length_is_to_be_verified(plan, make_register, recorded):
    row = {"village": 0, "persons": 3, "road_ok": 0, "income_farm": 9000, **NONE}
    register = make_register(columns_of([row]), {"township": [0], "km_gravel": [recorded]})
    gravel = needs(plan, register, YEAR).measures["gravel"]
    assert (gravel.units.tolist(), gravel.yuan.tolist(), gravel.unknown.tolist()) == ([0], [0], [1])
    assert gravel.households.tolist() == [1]


def test_an_unknown_centre_of_a_listed_village_is_to_be_verified(plan, make_register):
    register = make_register(
        columns_of([{"village": 0, "persons": 3, "income_farm": 9000, **NONE}]),
        {"township": [0, 0], "poor_village": [1, 0], "service_centre": [-1, -1]},
    )
    centre = needs(plan, register, YEAR).measures["centre"]
    assert (centre.units.tolist(), centre.unknown.tolist()) == ([0, 0], [1, 0])


def test_a_later_year_is_judged_by_its_own_line_and_nothing_else_changes(plan, make_register):
    rows = [{"village": 0, "persons": 2, "labour": 1, "house_safe": 0, "income_farm": 2980, **NONE}]
    register = make_register(columns_of(rows), {"township": [0]})
    early, late = needs(plan, register, 2017), needs(plan, register, 2018)
    assert (early.measures["grow"].units.tolist(), late.measures["grow"].units.tolist()) == ([0], [1])
    assert (early.gap.yuan.tolist(), late.gap.yuan.tolist()) == ([0], [30]), "a line of 2,952, then of 2,995"
    assert told(early.measures["repair"]) == told(late.measures["repair"])


def test_where_everything_is_met_nothing_is_needed(plan, make_register):
    rows = [{"village": 0, "persons": 2, "income_farm": 9000, **NONE}] * 3
    found = needs(plan, make_register(columns_of(rows), {"township": [0]}), YEAR)
    for need in found.measures.values():
        assert all(not getattr(need, name).any() for name in vars(need))
    assert not found.open_households.any()
    assert not found.gap.households.any()


def test_a_register_without_households_needs_what_its_villages_lack(plan, make_register):
    rows = [{"village": 0, "persons": 2, "registered": 0, "income_farm": 9000, **NONE}]
    found = needs(plan, make_register(columns_of(rows), {"township": [0], "service_centre": [0]}), YEAR)
    assert told(found.measures["centre"]) == {"units": [1], "households": [0], "persons": [0], "yuan": [600_000]}


# The laws, on a register drawn at random and the shipped plan with all its measures.


@pytest.fixture(scope="module")
def shipped(root):
    return load_plan(root / "scenarios" / "guiping-2016" / "plan.yaml")


@pytest.fixture(scope="module")
def random_register(make_register) -> Register:
    rng = np.random.default_rng(20)
    rows, count = 1000, 40
    flags = ("house_safe", "water_ok", "electricity", "road_ok", "schooling_ok", "insured", "television")
    households = {name: rng.choice([1, 0, -1], rows, p=[0.6, 0.35, 0.05]) for name in flags}
    rare = ("income_source", "dibao", "wubao", "site_at_risk")
    households |= {name: rng.choice([1, 0, -1], rows, p=[0.2, 0.7, 0.1]) for name in rare}
    households["consent_to_move"] = rng.choice([1, 0, -1], rows)
    households |= {n: rng.integers(-1, 3, rows) for n in ("labour", "pupils", "students", "graduates", "ill")}
    households["persons"] = rng.choice([-1, 1, 2, 3, 4, 5, 6, 7], rows)
    households["income_wage"] = rng.choice([100.0, 1500.0, 2500.0, 2952.0, 2953.0, np.nan], rows)
    households["registered"] = rng.choice([1, 1, 1, 0], rows)
    households["village"] = rng.integers(0, count, rows)
    names = ("road_hard", "grid_ok", "broadcasting", "broadband", "water_works", "coop", "service_centre", "leadership")
    villages = {name: rng.choice([1, 0, -1], count) for name in (*names, "industry", "poor_village")}
    villages |= {name: rng.choice([0.0, 3.7, 11.2, np.nan], count) for name in ("km_gravel", "km_concrete")}
    villages |= {name: rng.integers(-1, 4, count) for name in ("grid_areas", "water_projects")}
    villages["due_year"] = np.where(villages["poor_village"] == 1, rng.choice([2016, 2017], count), 0)
    villages["township"] = np.zeros(count)
    villages["name"] = [f"村{i}" for i in range(count)]
    return make_register(households, villages)


@pytest.fixture(scope="module", params=[2016, 2020])
def needed(request, shipped, random_register):
    return needs(shipped, random_register, request.param)


def test_places_add_up_to_the_county(needed):
    group = np.arange(40) % 7
    for need in needed.measures.values():
        summed = need.summed(group, 7)
        for name in vars(need):
            whole, parts = getattr(need, name), getattr(summed, name)
            assert parts.sum() == pytest.approx(whole.sum(), abs=1e-9)
            assert parts[3] == pytest.approx(whole[group == 3].sum(), abs=1e-9)
            assert parts.dtype == whole.dtype


def test_cost_is_units_times_unit_cost_where_no_cap_cuts_it(needed):
    for key, need in needed.measures.items():
        measure = needed.plan.measures[key]
        full = need.units * measure.cost.yuan
        if measure.cost_cap is None:
            np.testing.assert_allclose(need.yuan, full, atol=1)
        else:
            assert (need.yuan <= full).all()
            assert (need.yuan <= need.households * measure.cost_cap.yuan).all()
        own = 0 if measure.own_share is None else measure.own_share.yuan
        np.testing.assert_allclose(need.own_yuan, need.units * own, atol=1)


def test_units_needed_and_beyond_are_what_the_register_records(needed):
    for key in ("road_gravel", "road_concrete", "grid_area", "water_works"):
        need, column = needed.measures[key], needed.plan.measures[key].need
        recorded = np.nan_to_num(needed.register.villages[column].astype(float))
        np.testing.assert_allclose(need.units + need.beyond, np.maximum(recorded, 0))


def test_one_household_fewer_is_known_one_more_is_to_be_verified(shipped, random_register):
    first = needs(shipped, random_register, 2016)
    lacks = np.flatnonzero(
        (random_register.households["registered"] == 1)
        & (random_register.households["television"] == 0)
    )[0]  # fmt: skip
    television = random_register.households["television"].copy()
    television[lacks] = -1
    changed = Register.of(
        {**random_register.households, "television": television},
        dict(random_register.villages), random_register.townships, synthetic=True, seed=0,
    )  # fmt: skip
    before, after = first.measures["television"], needs(shipped, changed, 2016).measures["television"]
    assert after.units.sum() == before.units.sum() - 1
    assert after.unknown.sum() == before.unknown.sum() + 1


class ByRow:
    """The choice for one household, made from the remedies that are listed for it, criterion by criterion."""

    def __init__(self, plan, household, village, outcomes, eligible, year):
        self.plan, self.household, self.outcomes = plan, household, outcomes
        self.eligible, self.line = eligible, plan.household_criteria["income"].threshold.at(year)
        self.options = {
            name: {r.measure: r for r in household_remedies(plan, name, criterion, household, village, eligible)}
            for name, criterion in plan.household_criteria.items()
        }
        self.chosen, self.verify = [], set()
        self.nothing = set()
        self._move()
        for name in plan.household_criteria:
            if name != "income":
                self._close(name)
        self._lift()
        self.verify -= set(self.chosen)

    def surely(self, key):
        measure = self.plan.measures[key]
        if measure.kind == "village_works":
            return True
        known = measure.pathway is None or self.eligible[measure.pathway] == Outcome.MET
        return known and (measure.need is None or self.household[measure.need] > 0)

    def rank(self, key):
        measure = self.plan.measures[key]
        order = ("household_good", "village_works", "household_income").index(measure.kind)
        if order < 2:
            return order, 0, 0
        return order, -self.plan.pathways[measure.pathway].target.value, measure.cost.wan

    def _move(self):
        if self.eligible["relocation"] == Outcome.MET:
            self.chosen.append("relocation_home")
        elif self.eligible["relocation"] == Outcome.UNKNOWN:
            self.verify.add("relocation_home")

    def _close(self, name):
        outcome = self.outcomes[name]
        if outcome in (Outcome.MET, Outcome.NOT_IN_FORCE):
            return
        if any(name in self.plan.measures[k].closes for k in self.chosen):
            return
        options = sorted((k for k in self.options[name] if k != "relocation_home"), key=self.rank)
        sure = [k for k in options if self.surely(k)]
        if sure and outcome == Outcome.NOT_MET:
            self.chosen.append(sure[0])
        elif sure or options:
            self.verify.add((sure or options)[0])
        elif outcome == Outcome.NOT_MET:
            self.nothing.add(name)

    def _lift(self):
        outcome, persons = self.outcomes["income"], self.household["persons"]
        if outcome in (Outcome.MET, Outcome.NOT_IN_FORCE):
            return
        options = sorted((k for k in self.options["income"] if k != "relocation_home"), key=self.rank)
        free = [k for k in options if k not in self.chosen]
        if outcome == Outcome.UNKNOWN or persons <= 0:
            self.verify |= set(free[:1])
            if not free and outcome == Outcome.NOT_MET:
                self.nothing.add("income")
            return

        def above(keys):
            gains = [self.plan.measures[k].gain.value for k in keys if self.plan.measures[k].gain]
            return self.household["income"] + sum(gains) / persons > self.line

        sure = [k for k in free if self.surely(k)]
        if above(self.chosen):
            return
        single = next((k for k in sure if above([*self.chosen, k])), None)
        if single is not None:
            self.chosen.append(single)
            return
        for key in sure:
            self.chosen.append(key)
            if above(self.chosen):
                return
        doubtful = [k for k in free if not self.surely(k)]
        self.verify |= set(doubtful[:1])
        if not doubtful:
            self.nothing.add("income")


def test_the_remedies_of_single_rows_add_up_to_the_needs(needed):
    plan, register, year = needed.plan, needed.register, needed.year
    columns = household_columns(register)
    verdicts, eligible = evaluate_households(plan, columns, year), eligibility(plan, columns)
    count = register.villages.rows
    total = {
        k: {"units": np.zeros(count), "yuan": np.zeros(count, int), "unknown": np.zeros(count, int)}
        for k in needed.measures
    }
    waits = {k: set() for k in needed.measures}
    maybe = {k: set() for k in needed.measures}
    nothing = dict.fromkeys(plan.household_criteria, 0)
    for row in np.flatnonzero(columns["registered"] == 1):
        household = {name: vector[row] for name, vector in columns.items()}
        at = int(household["village"])
        village = {name: vector[at] for name, vector in register.villages.items()}
        outcomes = {name: Outcome(int(verdicts[name][row])) for name in verdicts.criteria}
        able = {name: Outcome(int(vector[row])) for name, vector in eligible.items()}
        mine = ByRow(plan, household, village, outcomes, able, year)
        remedies = {r.measure: r for listed in mine.options.values() for r in listed.values()}
        for key in mine.chosen:
            remedy = remedies.get(key)
            if plan.measures[key].kind == "village_works":
                waits[key].add(at)
            elif remedy is None or remedy.units is None:
                total[key]["unknown"][at] += 1
            else:
                total[key]["units"][at] += remedy.units
                total[key]["yuan"][at] += remedy.yuan
        for key in mine.verify:
            if plan.measures[key].kind == "village_works":
                maybe[key].add(at)
            else:
                total[key]["unknown"][at] += 1
        for name in mine.nothing:
            nothing[name] += 1
    of_villages(needed, total, waits, maybe)
    for key, sums in total.items():
        for name, expected in sums.items():
            np.testing.assert_allclose(getattr(needed.measures[key], name), expected, err_msg=f"{key} {name}")
    assert {name: int(left.sum()) for name, left in needed.nothing.items()} == nothing


def of_villages(needed, total, waits, maybe):
    """Shared works: those that a criterion of a listed village or a household waits for, from the remedies."""
    plan, register = needed.plan, needed.register
    home, registered = register.households["village"].astype(int), register.households["registered"] == 1
    aggregates = village_aggregates(
        register.households, home, registered, register.villages.rows, flags=flags_counted(plan)
    )
    verdicts = evaluate_villages(plan, register.villages, aggregates, needed.year)
    for at in range(register.villages.rows):
        village = {name: vector[at] for name, vector in register.villages.items()}
        remedies, doubtful = {}, set()
        for name, criterion in plan.village_criteria.items():
            outcome = verdicts[name][at] if village["poor_village"] == 1 else Outcome.NOT_IN_FORCE
            if outcome in (Outcome.NOT_MET, Outcome.UNKNOWN):
                listed = village_remedies(
                    plan, name, criterion, village, {n: v[home == at] for n, v in register.households.items()}
                )
                shared = {r.measure: r for r in listed if r.shared}
                remedies |= shared if outcome == Outcome.NOT_MET else {}
                doubtful |= set(shared) if outcome == Outcome.UNKNOWN else set()
        for key, measure in plan.measures.items():
            if at in waits.get(key, ()):
                (criterion,) = [c for c in measure.closes if c in plan.household_criteria]
                closing = household_remedies(
                    plan, criterion, plan.household_criteria[criterion], first_household(register, at), village, {}
                )
                remedies[key] = next(r for r in closing if r.measure == key)
        for key, remedy in remedies.items():
            if remedy.units is None:
                total[key]["unknown"][at] += 1
            else:
                total[key]["units"][at] += remedy.units
                total[key]["yuan"][at] += remedy.yuan
        for key in needed.measures:
            if key not in remedies and (key in doubtful or at in maybe[key]):
                total[key]["unknown"][at] += 1


def first_household(register, at):
    row = np.flatnonzero(register.households["village"] == at)[0]
    return {name: vector[row] for name, vector in household_columns(register).items()}
