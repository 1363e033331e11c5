"""Worked examples: allocations whose answer anybody can reckon on paper. The county is that of `tiny`."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from planner.allocation.allocate import allocate, allocate_under
from planner.allocation.objectives import rank
from planner.allocation.problem import household_cost, net_cost, works_units
from planner.allocation.proposal import Proposal
from planner.errors import Infeasible, RegisterError
from planner.plan.model import Plan
from planner.register.model import Register
from tests.allocation.tiny import (
    FIRST,
    SECOND,
    award_plan,
    due,
    fig,
    line,
    measure,
    pathway,
    poor_households,
    ruling,
    source,
    tiny_plan,
    tiny_register,
)

NO_CARRY = {"carry_over": ruling("none", "allowed", "none")}


def best(plan: Plan, register: Register, *names: str) -> Proposal:
    """The proposal for the aims named, the most person-years out unless said otherwise."""
    return allocate_under(plan, register, tuple(rank(name) for name in names or ("most",)))


def awards(count: int = 10, money: float = 2.0, **sections: Any) -> Proposal:
    """The best that a yearly sum does for so many poor households of four in village 0."""
    return best(award_plan(money, **sections), tiny_register(poor_households(count)))


def out(proposal: Proposal) -> list[float]:
    """Persons out by the end of each year."""
    return [pytest.approx(proposal.persons_out(year), abs=1e-6) for year in proposal.years]


def test_one_household_one_award():
    """An award of 0.5 万元 leads one household of four out in the first year."""
    proposal = awards(1)
    assert out(proposal) == [4, 4]
    assert (proposal.yuan(FIRST), proposal.yuan(SECOND)) == (5000, 0)
    assert proposal.assignment.exit_year.tolist() == [0]
    assert proposal.assignment.delivered["grow"].tolist() == [0]


def test_the_budget_binds():
    """2 万元 a year are 4 awards: 16 persons, then 32; 10 households would be 40."""
    assert out(awards()) == [16, 32]


def test_half_the_money_leads_half_the_people_out():
    """1 万元 a year: 8, then 16."""
    assert out(best(scaled(award_plan(), 0.5), register_of(10))) == [8, 16]


def register_of(count: int, **columns: Any) -> Register:
    return tiny_register(poor_households(count, **columns))


def scaled(plan: Plan, factor: float) -> Plan:
    scale = plan.money.scale.model_copy(update={"value": factor})
    return plan.model_copy(update={"money": plan.money.model_copy(update={"scale": scale})})


def funded_once(plan: Plan) -> Plan:
    return plan.model_copy(update={"money": plan.money.model_copy(update={"years": "once"})})


def test_money_of_the_first_year_only():
    """2 万元 once: 16 persons, and nothing more in the second year."""
    assert out(best(funded_once(award_plan()), register_of(10))) == [16, 16]


def test_what_is_carried_on_is_spent_a_year_later():
    """2 awards can be delivered in the first year: 1 万元 is left. 3 万元 in the second are 6 awards: 8, then 32."""
    assert out(awards(capacity={FIRST: 2, SECOND: 10})) == [8, 32]


def test_what_may_not_be_carried_on_is_lost():
    """2 awards, then the 4 of the second year's own 2 万元: 8, then 24."""
    assert out(awards(capacity={FIRST: 2, SECOND: 10}, rulings=NO_CARRY)) == [8, 24]


def test_the_yearly_capacity_binds():
    """Money for 20 awards a year, 3 can be delivered: 12, then 24."""
    assert out(awards(money=10, capacity={FIRST: 3})) == [12, 24]


def test_a_cost_that_comes_back_keeps_the_money_where_it_is():
    """4 awards in place cost 2 万元 each year, and nothing may be carried over: the same 16 persons in both."""
    proposal = awards(recurring=True, rulings=NO_CARRY)
    assert out(proposal) == [16, 16]
    assert (proposal.yuan(FIRST), proposal.yuan(SECOND)) == (20_000, 20_000)


def test_no_more_is_bought_than_there_are_takers():
    """3 households, money for 4: 12 persons in the first year, 15 000 yuan."""
    proposal = awards(3)
    assert out(proposal) == [12, 12]
    assert proposal.yuan() == 15_000


def test_a_source_tied_to_another_measure_pays_for_nothing_here():
    """Of 2 + 5 万元 the 5 are tied to a measure that is not an award."""
    other = measure("held", "people", "个", 1, 5)
    plan = award_plan(sources={"land": source(5, ["people"], measures=["other"])}, measures={"other": other})
    assert out(best(plan, register_of(10))) == [16, 32]


def test_a_source_bound_to_poor_villages_does_not_reach_the_others():
    """10 households in village 3, which is not on the list: the 2 万元 stay where they are."""
    plan = award_plan(sources={"own": source(2, ["people"], places="poor_villages")})
    proposal = best(plan, register_of(10, village=3))
    assert out(proposal) == [0, 0]
    assert proposal.yuan() == 0


def test_a_wider_source_reaches_them():
    """The same without the bond: 4 awards a year."""
    assert out(best(award_plan(), register_of(10, village=3))) == [16, 32]


def test_the_years_list_holds_back_those_who_qualify_by_themselves():
    """10 households above the line; 20 persons are due and a tenth more may be listed: 22. In the last year all 40."""
    plan = award_plan(schedule={str(FIRST): due(20, 0), str(SECOND): due(20, 1)})
    proposal = best(plan, register_of(10, income_farm=[3500.0] * 10))
    assert out(proposal) == [22, 40]


def test_the_trend_lifts_in_its_year():
    """2800 a head and 5 % a year: 2940 after one year, 3087 after two; the line is 3000."""
    plan = award_plan(dynamics={"trend": fig(0.05, "比例"), "noise": fig(0.001, "比例")})
    without = scaled(plan, 0)
    assert out(best(without, register_of(10, income_farm=[2800.0] * 10))) == [0, 40]


def test_a_measure_that_may_fail_leads_out_its_share():
    """4 awards that take in 3 of 4 households: 16 × 0.75 = 12 persons expected, then 24."""
    plan = award_plan(measures={"grow": {"failure": fig(0.25, "比例")}})
    assert out(best(plan, register_of(10))) == [12, 24]


def test_a_package_less_sure_than_the_list_asks_is_not_used():
    """The same with a list that asks for 0.8: nobody."""
    plan = award_plan(measures={"grow": {"failure": fig(0.25, "比例")}}, dynamics={"least_chance": fig(0.8, "比例")})
    assert out(best(plan, register_of(10))) == [0, 0]


def test_a_repair_comes_before_the_exit():
    """Household 0 of three needs a repair: a third of one per exit. 3 awards (1.5) and 1 repair (2): 3.5 万元."""
    repair = measure("household_good", "people", "户", 2, 5, closes=["house"])
    register = register_of(3, house_safe=[0, 1, 1])
    proposal = best(award_plan(money=3.5, measures={"repair": repair}), register)
    assert out(proposal)[0] == 12
    assert proposal.yuan(FIRST) == 35_000
    # With 3 万元: each exit takes 0.5 + 2 / 3 = 7 / 6, so 18 / 7 households, 72 / 7 persons.
    assert best(award_plan(money=3, measures={"repair": repair}), register).persons_out(FIRST) == pytest.approx(72 / 7)


def road_plan(road_money: float, share: float = 0.8, **sections: Any) -> Plan:
    gravel = measure("village_works", "roads", "公里", 16, 10, closes=["road", "village_road"], need="km_gravel")
    return award_plan(
        10,
        measures={"gravel": gravel},
        lines={"roads": line(64)},
        sources={"works": source(road_money, ["roads"])},
        village_criteria={
            "village_road": {"name": "路", "english": "road", "kind": "flag", "clause": "一", "column": "road_hard"}
        },
        dynamics={"finished_in_year": fig(share, "比例")},
        **sections,
    )


def test_works_come_before_the_exits_behind_them():
    """Village 1: 2 of 3 households have no road, 8/3 persons behind it per exit; works of a year are finished by 0.8.

    So 6.4 persons behind it can leave: 2.4 households, 9.6 persons. A year later the road is whole: 12.
    """
    assert out(best(road_plan(64), register_of(3, village=1, road_ok=[0, 0, 1]))) == [9.6, 12]


def test_without_the_works_nobody_behind_them_leaves():
    """No money for roads: each exit of the class stands behind the road by two thirds, so there is none."""
    assert out(best(road_plan(0), register_of(3, village=1, road_ok=[0, 0, 1]))) == [0, 0]


def test_half_the_money_for_whole_works_is_a_share_of_whole_works():
    """32 of 64 万元 in each year: half, then all. Half finished by 0.8 is 0.4: 3.2 behind, 1.2 households, 4.8 persons.

    Then 0.8 × 8 of the whole and 0.2 × 8 of the first half: 6.4 + 0.8 = 7.2, 2.7 households, 10.8 persons.
    """
    assert out(best(road_plan(32), register_of(3, village=1, road_ok=[0, 0, 1]))) == [4.8, 10.8]


def test_a_task_takes_the_money_first():
    """4 km at 15 are 60 of own 70 in the first year; 10 are left for 20 awards, 12 households take 6."""
    sections: dict[str, Any] = {
        "lines": {"roads": line(64)},
        "measures": {
            "gravel": measure(
                "village_works", "roads", "公里", 15, 10, closes=["village_road"], need="km_gravel",
                tasks=[{"amount": fig(4, "公里", year=FIRST)}],
            )
        },
        "village_criteria": {
            "village_road": {"name": "路", "english": "road", "kind": "flag", "clause": "一", "column": "road_hard"}
        },
        "rulings": NO_CARRY,
    }  # fmt: skip
    paid = award_plan(sources={"own": source(62, ["people", "roads"])}, **sections)
    # 62 − 60 = 2 万元 in the first year: 4 awards. In the second 62: the other 6.
    assert out(best(paid, register_of(10))) == [16, 40]
    short = award_plan(sources={"own": source(59, ["people", "roads"])}, **sections)
    with pytest.raises(Infeasible):
        best(short, register_of(10))


def test_a_village_is_off_or_it_is_not():
    """9 of 12 persons have to be out of village 0. 1 万元: 2 awards, 8 persons, not off. 1.5: all 12, off."""
    register = register_of(3)
    for money, persons, off in ((1.0, 8, 0), (1.5, 12, 1)):
        plan = award_plan(
            money, schedule={str(FIRST): due(1000, 1)}, measures={"grow": {"capacity": {"values": {"2031": 3}}}}
        )
        made = best(funded_once(plan), register, "most", "villages")
        assert made.persons_out(FIRST) == pytest.approx(persons, rel=0.01)
        assert made.villages_off(FIRST) == pytest.approx(off, abs=1e-6)


def test_a_village_leaves_no_earlier_than_it_is_due():
    """Village 1 is due in the second year, though everybody is out in the first; ruled otherwise it leaves at once."""
    register = register_of(3, village=1)
    schedule = {str(FIRST): due(1000, 3), str(SECOND): due(1000, 0)}
    late = best(award_plan(schedule=schedule), register, "most", "villages")
    assert late.expected.villages[1] == pytest.approx([0, 1], abs=1e-4)
    free = {"leave_before_due": ruling("any", "not_before", "any")}
    soon = best(award_plan(schedule=schedule, rulings=free), register, "most", "villages")
    assert soon.expected.villages[1] == pytest.approx([1, 1], abs=1e-4)


def test_everybody_entitled_is_served_from_the_first_year_and_paid_each_year():
    """One household without cover: 0.05 万元 in each of two years."""
    cover = measure("household_good", "people", "户", 0.05, 9, closes=["medical"], entitlement=True, recurring=True)
    proposal = best(scaled_for_cover(cover), register_of(2, insured=[0, 1], income_farm=[3500.0] * 2), "least")
    assert [proposal.yuan(y) for y in proposal.years] == [500, 500]
    assert proposal.assignment.delivered["cover"].tolist() == [0, -1]


def scaled_for_cover(cover: dict[str, Any]) -> Plan:
    return award_plan(measures={"cover": cover})


def test_380_households_of_four_are_moved_for_7600():
    """6 × 4 = 24 万元 a household, capped at 20: 380 × 20 = 7 600. All the money of one year, and everybody is out."""
    move = measure(
        "household_income", "people", "人", 6, 1520, pathway="relocation", counted="person", need="site_at_risk",
        cost_cap=fig(20, "万元/户"), closes=["house"], gain=fig(8000, "元/户/年"),
    )  # fmt: skip
    yes = [1] * 380
    register = register_of(380, site_at_risk=yes, consent_to_move=yes, house_safe=[0] * 380)
    plan = award_plan(7600, measures={"move": move}, pathways={"relocation": pathway("relocation")})
    no_awards = plan.model_copy(update={"measures": {"move": plan.measures["move"]}})
    proposal = best(funded_once(no_awards), register)
    assert out(proposal) == [1520, 1520]
    assert proposal.yuan() == 76_000_000


SIZES = [(1, 6.0), (3, 18.0), (4, 20.0), (9, 20.0)]


@pytest.mark.parametrize(("persons", "cost"), SIZES)
def test_a_move_costs_6_a_person_and_20_at_the_most(persons, cost):
    assert household_cost(tiny_plan().measures["move"], np.array([persons])).tolist() == [cost]


def test_those_who_move_along_cost_as_much_again():
    """A tenth more persons at the same cost: 18 × 1.1 = 19.8."""
    moved = tiny_plan(measures={"move": {"moved_along": fig(0.1, "比例")}}).measures["move"]
    assert household_cost(moved, np.array([3])) == pytest.approx([19.8])


def test_the_residents_own_share_is_taken_off_unless_ruled_to_be_inside():
    """16 a km less their own 1 is 15; where their share lies inside the line's money it bears all 16."""
    rulings = {"own": ruling("outside", "inside", "outside")}
    own = {"own_share": fig(1, "万元/公里", ruling="own")}
    outside = tiny_plan(rulings=rulings, measures={"gravel": own})
    inside = tiny_plan(rulings={"own": ruling("inside", "inside", "outside")}, measures={"gravel": own})
    assert net_cost(outside, outside.measures["gravel"]) == 15
    assert net_cost(inside, inside.measures["gravel"]) == 16


def test_a_missing_flag_is_one_unit_and_an_unknown_one_too():
    """Villages 0 to 3: there, missing, unknown, there."""
    register = tiny_register(villages={"road_hard": [1, 0, -1, 1]})
    flagged = tiny_plan(measures={"gravel": {"need": "road_hard"}}).measures["gravel"]
    assert works_units(flagged, register).tolist() == [0, 1, 1, 0]


def test_the_worst_township_gets_its_part():
    """6 households of four in either township, 1.5 万元 once: 3 awards, 12 of 48 persons. Evenly: 6 of 24 each."""
    register = register_of(12, village=[0] * 6 + [2] * 6)
    proposal = best(funded_once(award_plan(1.5)), register, "worst")
    assert proposal.ranks[0].value == pytest.approx(-0.25)
    assert proposal.expected.persons[:, 1].sum() == pytest.approx(12, abs=1e-6)


def test_a_pathways_target_is_missed_by_what_money_cannot_reach():
    """12 persons by industry in the first year, money for 2 awards: 8; 4 are missing, a third."""
    plan = award_plan(1.0, pathways={"industry": {"target": fig(12, "人", year=FIRST)}})
    proposal = best(plan, register_of(10), "pathways")
    assert proposal.expected.short["industry"] == pytest.approx(4)
    assert proposal.ranks[0].value == pytest.approx(1 / 3)


def test_a_transfer_alone_does_not_count_unless_ruled_so():
    """One household on the rolls without labour: out by transfer, but 4 persons are still missing from the schedule."""
    rolls = register_of(1, labour=[0], dibao=[1])
    schedule = {str(FIRST): due(4, 0), str(SECOND): due(0.001, 0)}
    dibao = {"dibao": pathway("transfer", counts=False)}
    apart = best(award_plan(schedule=schedule, pathways=dibao), rolls, "persons", "most")
    assert apart.persons_out(FIRST) == pytest.approx(4)
    assert apart.expected.relief == pytest.approx([4, 4])
    assert apart.ranks[0].value == pytest.approx(2, rel=1e-3)
    ruled = {"dibao_counts": ruling("counted", "counted", "in_addition")}
    counted = best(award_plan(schedule=schedule, pathways=dibao, rulings=ruled), rolls, "persons")
    assert counted.ranks[0].value == pytest.approx(0.001 / 4.001, abs=1e-3)


def test_the_whole_tiny_county():
    """48 persons; 4 are out by transfer alone, so 44 of the 48 due by the second year: 4 / 48 missing."""
    assert best(tiny_plan(), tiny_register(), "persons").ranks[0].value == pytest.approx(1 / 12)
    proposal = allocate(tiny_plan(), tiny_register())
    assert proposal.persons_out(SECOND) == pytest.approx(48, rel=0.006)


def test_nothing_is_bought_where_nothing_is_planned():
    proposal = allocate(tiny_plan(regime={"kind": "none"}), tiny_register())
    assert proposal.entries == []
    assert proposal.yuan() == 0


def test_a_rank_concedes_half_a_percent_and_no_more():
    """The most person-years first, then the least money: out falls by 0.5 % at the most, money by as much."""
    proposal = best(award_plan(), register_of(10), "most", "least")
    years = sum(proposal.persons_out(y) for y in proposal.years)
    assert 48 * 0.995 - 1e-3 <= years <= 48
    assert years == pytest.approx(48 * 0.995, abs=1e-3)


def test_lines_that_may_not_depart_hold_their_money():
    """Awards are printed at 1 万元 and may depart by nothing: 2 a year, though the source has 2 万元."""
    plan = award_plan(lines={"people": line(1)}, regime={"kind": "lines_within", "within": 0.0})
    assert out(best(plan, register_of(10))) == [8, 16]


def test_a_register_without_a_registered_household_is_refused():
    with pytest.raises(RegisterError, match=r"register\.nobody"):
        best(award_plan(), register_of(3, registered=[0, 0, 0]))


def test_a_plan_without_measures_leads_out_whom_the_trend_lifts():
    """3 households are above the line by themselves: 12 persons, and no money."""
    proposal = best(award_plan(measures={"grow": None}), register_of(3, income_farm=[3500.0] * 3))
    assert out(proposal) == [12, 12]
    assert proposal.entries == []


def test_a_township_without_registered_households_stands_apart_from_the_worst():
    """All 3 households are in township 0, all are out: its share is 1."""
    assert best(award_plan(), register_of(3), "worst").ranks[0].value == pytest.approx(-1)
