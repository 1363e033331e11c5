"""Every family of rows, written by hand for the tiny county (see `tiny`): what it holds, and between which bounds."""

from __future__ import annotations

import inspect
import sys
from math import inf
from typing import Any

import pytest

from planner.allocation.families import FAMILIES, Family
from planner.allocation.formulation import Draft
from planner.allocation.program import Builder, Program
from tests.allocation.tiny import drafted, fig, rows_of, ruling, tiny_plan, tiny_register


@pytest.fixture(scope="module")
def made() -> tuple[Draft, Program]:
    return drafted()


def golden(made: tuple[Draft, Program], block: str, label: tuple[object, ...], held: dict[str, float], *bounds: float):
    """The row of that label holds exactly these columns, and has these bounds: one number for an equality."""
    found, low, up = rows_of(*made, block)[label]
    assert found == pytest.approx(held, rel=1e-12)
    assert (low, up) == pytest.approx((bounds[0], bounds[-1]))


def test_class_size(made):
    """Stratum 2 is one class of 3 households, offered an award or the transfer. Nobody who failed is tried again here.

    So who was listed is gone; in 2032 those gone before and those listed are at most 3.
    """
    listed = {year: {f"exit[2,{package},{year}]": 1.0 for package in ("dibao", "grow")} for year in (2031, 2032)}
    golden(made, "class_size", (2, 0), listed[2031], -inf, 3)
    golden(made, "class_size", (2, 1), {"gone[2,2031]": 1, **listed[2032]}, -inf, 3)
    gone = dict.fromkeys(listed[2032], -1.0)
    golden(made, "class_gone", (2, 1), {"gone[2,2032]": 1, "gone[2,2031]": -1, **gone}, 0)


def test_of_those_who_failed_a_part_is_tried_again():
    """Chances of 0.9 (failure 0.1) and half of those who failed tried again: 0.95 of the listed are gone."""
    again = {"dynamics": {"tried_again": fig(0.5, "比例")}, "measures": {"grow": {"failure": fig(0.1, "比例")}}}
    made = drafted(tiny_plan(**again))
    held, low, up = rows_of(*made, "class_gone")[(2, 0)]
    assert held["exit[2,grow,2031]"] == pytest.approx(-0.95)
    assert (low, up) == (0, 0)
    held, _, up = rows_of(*made, "goods_stock:grow")[("grow", 2, 1)]
    assert held == pytest.approx({"used:grow[2,2031]": 1, "exit[2,grow,2032]": 1, "stock:grow[2,2032]": -1})
    assert up == 0


def test_offer_size(made):
    """The transfer suits 1 of the 3 households of stratum 2, the same one in either year: one over both years."""
    held = {"exit[2,dibao,2031]": 1.0, "exit[2,dibao,2032]": 1.0}
    golden(made, "offer_size", (2, 1), held, -inf, 1)


def test_persons_out(made):
    """4 persons a household and a chance of 1: out(2032) = out(2031) + 4 × households of 2032, by any package."""
    led = {f"exit[3,{package},2032]": -4.0 for package in ("own", "grow", "move")}
    golden(made, "persons_out", (3, 1), {"out[3,2032]": 1, "out[3,2031]": -1, **led}, 0)
    golden(made, "persons_out", (0, 0), {"out[0,2031]": 1, "exit[0,grow,2031]": -4}, 0)
    golden(made, "relief_out", (1,), {"relief[2032]": 1, "relief[2031]": -1, "exit[2,dibao,2032]": -4}, 0)


def test_list(made):
    """24 persons are due in 2031 and a tenth more may be listed: 26.4. Transfers alone stand apart. 2032 is free."""
    led = {f"exit[{who},2031]": 4.0 for who in ("0,grow", "1,grow", "2,grow", "3,own", "3,grow", "3,move")}
    golden(made, "list", (2031,), led, -inf, 26.4)
    assert set(rows_of(*made, "list")) == {(2031,)}


def test_goods_used(made):
    """One of the 3 households of stratum 3 has an unsafe house: a third of a repair per exit, none for who moves.

    Who is listed in a year needs the unit in place, beside the units of those who are gone.
    """
    led = {"exit[3,own,2032]": -1 / 3, "exit[3,grow,2032]": -1 / 3}
    golden(made, "goods_used:repair", ("repair", 3, 1), {"used:repair[3,2032]": 1, "used:repair[3,2031]": -1, **led}, 0)
    golden(made, "goods_used:move", ("move", 3, 0), {"used:move[3,2031]": 1, "exit[3,move,2031]": -1}, 0)
    golden(made, "goods_stock:grow", ("grow", 1, 0), {"exit[1,grow,2031]": 1, "stock:grow[1,2031]": -1}, -inf, 0)
    held = {"used:grow[1,2031]": 1, "exit[1,grow,2032]": 1, "stock:grow[1,2032]": -1}
    golden(made, "goods_stock:grow", ("grow", 1, 1), held, -inf, 0)


def test_works_first(made):
    """2 of the 3 households of village 1 have no road, 8 persons: 8/3 persons behind it per exit.

    A village's works begun in a year are finished in it by 0.8: 8 × 0.8 = 6.4, and 1.6 a year later.
    """
    golden(made, "behind:gravel", ("gravel", 1, 0), {"behind:gravel[1,2031]": 1, "exit[1,grow,2031]": -8 / 3}, 0)
    held = {"behind:gravel[1,2032]": 1, "done:gravel[1,2032]": -6.4, "done:gravel[1,2031]": -1.6}
    golden(made, "works_first:gravel", ("gravel", 1, 1), held, -inf, 0)


def test_village_people(made):
    """Village 2 is the only one of its stratum. Of the 12 persons of village 1 only 4 can leave without the road."""
    golden(made, "village_people", (2, 1), {"village_out[2,2032]": 1, "out[2,2032]": -1}, 0)
    golden(made, "village_stay", (0, 1), {"village_out[0,2032]": 1, "village_out[0,2031]": -1}, 0, inf)
    held = {"village_out[1,2031]": 1, "done:gravel[1,2031]": -6.4}
    golden(made, "village_behind:gravel", ("gravel", 1, 0), held, -inf, 4)


def test_two_villages_of_a_stratum_add_up_to_it():
    """With village 1 due first as well, strata are townships × kinds: villages 0 and 1 share one."""
    both = drafted(register=tiny_register(villages={"due_year": [2031, 2031, 2032, 0]}))
    held = {"village_out[0,2031]": 1, "village_out[1,2031]": 1, "out[0,2031]": -1}
    golden(both, "village_people", (0, 0), held, 0)


def test_village_exit(made):
    """Incidence: 3 % of 100 rural persons may stay poor, so 9 of 12 have to be out of a village put forward.

    Houses: 95 % of 3 households safe leaves 0.15 unsafe; 1 is, so 0.85 repairs are needed. The road of village 1 is its
    criterion too. Of villages whose works begin in a year 0.8 are finished in it, and all a year later.
    """
    golden(made, "village_incidence", (0, 1), {"forward[0,2032]": 9, "village_out[0,2032]": -1}, -inf, 0)
    held = {"forward[0,2031]": 0.85, "village_good:repair[0,2031]": -1}
    golden(made, "village_houses:repair", ("repair", 0, 0), held, -inf, 0)
    held = {"village_good:repair[0,2031]": 1, "stock:repair[0,2031]": -1}
    golden(made, "village_share:repair", ("repair", 0, 0), held, -inf, 0)
    golden(made, "village_works:gravel", ("gravel", 1, 1), {"ready[1,2032]": 1, "done:gravel[1,2032]": -1}, -inf, 0)
    golden(made, "village_ready", (1, 1), {"forward[1,2032]": 1, "ready[1,2032]": -1}, -inf, 0)
    golden(made, "village_forward", (1, 1), {"off[1,2032]": 1, "forward[1,2032]": -1}, -inf, 0)
    held = {"off[1,2032]": 1, "ready[1,2032]": -0.8, "ready[1,2031]": -0.2}
    golden(made, "village_time", (1, 1), held, -inf, 0)
    golden(made, "village_forward_stays", (2, 1), {"forward[2,2032]": 1, "forward[2,2031]": -1}, 0, inf)
    golden(made, "village_off_stays", (2, 1), {"off[2,2032]": 1, "off[2,2031]": -1}, 0, inf)


def test_village_progress(made):
    """Village 0 needs 9 persons out: 4.5 of them are half of the way."""
    golden(made, "village_progress", (0, 2031), {"progress[0,2031]": 9, "village_out[0,2031]": -1}, -inf, 0)


def test_stays_delivered(made):
    """What is built stays; cover is paid each year and may lapse, so it has no such row."""
    held = {"stock:repair[3,2032]": 1, "stock:repair[3,2031]": -1}
    golden(made, "stock_rises:repair", (3, 1), held, 0, inf)
    golden(made, "done_rises:gravel", (1, 1), {"done:gravel[1,2032]": 1, "done:gravel[1,2031]": -1}, 0, inf)
    with pytest.raises(KeyError, match="stock_rises:cover"):
        made[1].row_block("stock_rises:cover")


def test_capacity(made):
    """2 repairs a year, of what is new in it; a household that moves is 4 persons of the 8; cover counts what stands."""
    held = {f"stock:repair[{s},{y}]": sign for s in (0, 3) for y, sign in ((2031, -1.0), (2032, 1.0))}
    golden(made, "capacity:repair", ("repair", 2032), held, -inf, 2)
    golden(made, "capacity:move", ("move", 2031), {"stock:move[3,2031]": 4}, -inf, 8)
    golden(made, "capacity:cover", ("cover", 2032), {"stock:cover[2,2032]": 1}, -inf, 1)
    golden(made, "capacity:gravel", ("gravel", 2031), {"done:gravel[1,2031]": 4}, -inf, 10)


def test_an_entitlement_is_never_held_back_by_capacity():
    """2 households lack cover and capacity is 1: everybody who needs it gets it, so the capacity is 2."""
    both = drafted(register=tiny_register({"insured": [1] * 6 + [0, 0] + [1] * 4}))
    golden(both, "capacity:cover", ("cover", 2031), {"stock:cover[2,2031]": 1}, -inf, 2)


def test_task(made):
    """4 km of gravel in poor villages by 2031; village 1 needs just 4 km."""
    golden(made, "task:gravel:0", ("gravel", 2031), {"done:gravel[1,2031]": 4}, 4, inf)


def test_a_task_above_all_need_is_all_that_is_needed():
    """9 km are printed and 4 are needed: 4."""
    task = {"amount": {"value": 9, "unit": "公里", "clause": "一", "year": 2031}, "places": "poor_villages"}
    more = drafted(tiny_plan(measures={"gravel": {"tasks": [task]}}))
    golden(more, "task:gravel:0", ("gravel", 2031), {"done:gravel[1,2031]": 4}, 4, inf)


def test_held(made):
    """2 in the year printed, none after."""
    golden(made, "held:greening", ("greening", 2031), {"held:greening[2031]": 1}, 2)
    golden(made, "held:greening", ("greening", 2032), {"held:greening[2032]": 1}, 0)


def test_cost(made):
    """Gravel is 16 a km less the residents' own 1: 15 × 4 km = 60 for the whole works of village 1, by own or tied money.

    A move is 6 × 4 = 24, capped at 20. Cover is paid anew each year, so its row holds one year only.
    """
    paid = {"money:own:gravel:poor[2032]": -1.0, "money:tied:gravel:poor[2032]": -1.0}
    held = {"done:gravel[1,2032]": 60, "done:gravel[1,2031]": -60, **paid}
    golden(made, "cost:gravel:poor", ("gravel", "poor", 2032), held, 0)
    held = {"stock:move[3,2031]": 20, "money:own:move:other[2031]": -1}
    golden(made, "cost:move:other", ("move", "other", 2031), held, 0)
    held = {"stock:cover[2,2032]": 0.05, "money:own:cover:poor[2032]": -1}
    golden(made, "cost:cover:poor", ("cover", "poor", 2032), held, 0)
    held = {"held:greening[2031]": 3.5, "money:own:greening:other[2031]": -1}
    golden(made, "cost:greening:other", ("greening", "other", 2031), held, 0)


def test_source(made):
    """Tied money is 40 a year, for roads of poor villages only; what is carried on leaves the year and enters the next."""
    paid = {"money:tied:gravel:poor[2032]": 1.0, "money:tied:line:roads:poor[2032]": 1.0}
    golden(made, "source:tied", ("tied", 2032), {**paid, "carry:tied[2032]": 1, "carry:tied[2031]": -1}, -inf, 40)


def test_money_that_may_not_be_carried_has_nowhere_to_go():
    """The column stays, for the shape of the rows, and is held at nought."""
    made, program = drafted(tiny_plan(rulings={"carry_over": ruling("none", "allowed", "none")}))
    assert (program.upper[made.carry["tied"]] == 0).all()


def test_untied(made):
    """What stands in a line without a task is what sources give for it."""
    paid = {f"money:land:line:people:{area}[2031]": -1.0 for area in ("poor", "other")}
    paid |= {f"money:own:line:people:{area}[2031]": -1.0 for area in ("poor", "other")}
    golden(made, "untied:people", ("people", 2031), {"untied:people[2031]": 1, **paid}, 0)


def test_line(made):
    """Homes are printed at 10: money of repairs, moves and untied − over + under = 10. Green is held: no departure."""
    paid = {
        f"money:own:{payee}:{area}[2031]": 1.0
        for payee in ("repair", "move", "line:homes")
        for area in ("poor", "other")
    }
    golden(
        made, "line:homes", ("homes", 2031), {**paid, "depart_over[homes,2031]": -1, "depart_under[homes,2031]": 1}, 10
    )
    golden(made, "line_over:green", ("green", 2031), {"depart_over[green,2031]": 1}, -inf, 0)
    golden(made, "line_under:green", ("green", 2032), {"depart_under[green,2032]": 1}, -inf, 0)


def test_a_line_that_may_depart_by_a_tenth():
    """A tenth of 10 is 1, either way."""
    made = drafted(tiny_plan(regime={"kind": "lines_within", "within": 0.1}))
    golden(made, "line_over:homes", ("homes", 2031), {"depart_over[homes,2031]": 1}, -inf, 1)
    golden(made, "line_under:homes", ("homes", 2031), {"depart_under[homes,2031]": 1}, -inf, 1)
    # a later year repeats an assumption: it may fall short of it, not pass it
    golden(made, "line_over:homes", ("homes", 2032), {"depart_over[homes,2032]": 1}, -inf, 1)
    golden(made, "line_under:homes", ("homes", 2032), {"depart_under[homes,2032]": 1}, -inf, inf)


def test_schedule_persons(made):
    """24 + 24 = 48 persons are due by 2032; those out by a transfer alone do not count."""
    out = {f"out[{s},2032]": 1.0 for s in range(4)}
    golden(made, "schedule_persons", (2032,), {**out, "relief[2032]": -1, "short_persons[2032]": 1}, 48, inf)


def test_schedule_villages(made):
    """1 + 2 = 3 villages are due by 2032."""
    off = {f"off[{v},2032]": 1.0 for v in range(3)}
    golden(made, "schedule_villages", (2032,), {**off, "short_villages[2032]": 1}, 3, inf)


def test_pathway_target(made):
    """12 persons by industry in 2031: 4 persons for each household whose first measure is an award."""
    led = {f"exit[{s},grow,2031]": 4.0 for s in range(4)}
    golden(made, "pathway_target", ("industry",), {**led, "short_pathway:industry[]": 1}, 12, inf)


def test_worst_township(made):
    """Township 1 has 24 registered persons, in strata 2 and 3."""
    golden(made, "worst_township", (1,), {"out[2,2032]": 1, "out[3,2032]": 1, "worst[]": -24}, 0, inf)


def test_cap_off(made):
    """Without a milestone for it nobody may stay poor in the county: 48 have to be out; 9 of 12 in a listed village."""
    golden(made, "cap_off", (2,), {"village_out[2,2032]": 1, "short_cap[2]": 1}, 9, inf)
    out = {f"out[{s},2032]": 1.0 for s in range(4)}
    golden(made, "cap_off", ("county",), {**out, "short_cap[county]": 1}, 48, inf)


def test_every_family_has_a_golden_row_here():
    tests = {name.removeprefix("test_") for name, _ in inspect.getmembers(sys.modules[__name__], inspect.isfunction)}
    missing = sorted(set(FAMILIES) - tests)
    assert not missing, f"write a row by hand for {', '.join(missing)}"


def test_every_row_belongs_to_a_declared_family_and_every_family_has_rows(made):
    assert {block.family for block in made[1].rows} == set(FAMILIES)


@pytest.mark.parametrize("declared", FAMILIES.values(), ids=list(FAMILIES))
def test_a_family_says_what_it_is_in_both_languages(declared: Family):
    assert declared.title
    assert declared.english
    assert declared.clause
    assert declared.unit
    assert declared.sets


def test_a_family_is_declared_once():
    from planner.allocation.families import family

    with pytest.raises(ValueError, match="list is declared twice"):
        family("list", "名单", "list", clause="一", unit="人", sets=("year",))(lambda _: None)


FAULTY: dict[str, Any] = {
    "a row that its labels do not have": ([1], [0], "does not match its labels"),
    "more rows than columns": ([0, 0], [0], "does not match its labels"),
    "a column that does not exist": ([0], [7], "a column does not exist"),
}


@pytest.mark.parametrize(("rows", "columns", "words"), FAULTY.values(), ids=list(FAULTY))
def test_what_cannot_be_matched_is_refused_never_guessed(rows, columns, words):
    builder = Builder()
    builder.columns("x", [(0,)])
    with pytest.raises(ValueError, match=words):
        builder.rows("r", [(0,)], [(rows, columns, 1.0)])


def test_coefficients_of_one_row_and_column_add_up_and_noughts_are_dropped():
    """1 + 2 = 3 for x; 1 − 1 = 0 for y, which is then not held."""
    builder = Builder()
    x, y = builder.columns("x", [(0,)]), builder.columns("y", [(0,)])
    at = builder.columns("z", [])
    builder.rows("r", [(0,)], [([0], x, 1.0), ([0], x, 2.0), ([0], y, 1.0), ([0], y, -1.0), (at, at, 1.0)], upper=5.0)
    program = builder.finish()
    assert program.matrix.toarray().tolist() == [[3.0, 0.0]]
    assert program.matrix.nnz == 1
    assert program.column_names() == ["x_0", "y_0"]
    assert program.row_names() == ["r_0"]
