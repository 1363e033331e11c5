"""A plan of several files becomes one frozen plan that knows where each of its paths is written."""

from __future__ import annotations

import shutil

import pytest
from pydantic import ValidationError

from planner.errors import PlanError
from planner.plan.known import citations
from planner.plan.loading import Place, load, load_plan
from planner.wording import render
from tests.museum.cases import TINY


@pytest.fixture
def place(tmp_path):
    return shutil.copytree(TINY, tmp_path / "tiny-2001")


def edit(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_the_tiny_plan_loads_and_reads_as_printed():
    plan = load_plan(TINY / "plan.yaml")
    assert plan.lines["paths"].amount.yuan == 1_800_000
    assert plan.leaves("plan") == ["paths", "wells", "farms", "homes"]
    assert plan.schedule[2002].villages.value == 4
    assert plan.household_criteria["income"].threshold.at(2002) == 1000
    assert plan.sources["grant"].amount.sense == "at_least"


def test_a_plan_is_frozen():
    plan = load_plan(TINY / "plan.yaml")
    with pytest.raises(ValidationError):
        plan.horizon.last = 2009


def test_each_path_has_its_file_and_line():
    loaded = load(TINY / "plan.yaml")
    assert loaded.place("lines.farms.amount.value") == Place("tiny/money.yaml", 6)
    assert loaded.place("regime.kind") == Place("tiny/plan.yaml", 12)
    assert loaded.place("lines.farms.amount.note") == Place("tiny/money.yaml", 6)


def test_the_order_of_files_and_of_keys_is_the_order_of_the_plan():
    assert list(load_plan(TINY / "plan.yaml").lines) == ["works", "paths", "wells", "farms", "homes", "clinic"]


def test_an_amount_in_full_width_digits_loads_with_a_note(place):
    edit(place / "money.yaml", "amount: {value: 90,", "amount: {value: \uff19\uff10,")
    loaded = load(place / "plan.yaml")
    assert loaded.plan.lines["farms"].amount.value == 90
    assert [(note.line, note.path) for note in loaded.notes] == [(6, "lines.farms.amount.value")]


def test_faults_of_several_files_are_told_together(place):
    edit(place / "money.yaml", "month: 5,", "month: 0,")
    edit(place / "measures.yaml", "closes: [wells]", "closes: [well]")
    edit(place / "plan.yaml", "choice: apart", "choice: aside")
    with pytest.raises(PlanError, match="ruling_choice") as caught:
        load_plan(place / "plan.yaml")
    assert [(fault.file, fault.code) for fault in caught.value.faults] == [
        ("tiny-2001/measures.yaml", "plan.unknown_criterion_near"),
        ("tiny-2001/money.yaml", "form.too_low"),
        ("tiny-2001/plan.yaml", "plan.ruling_choice"),
    ]


def test_a_faulty_entry_still_counts_as_there_for_those_that_refer_to_it(place):
    edit(place / "money.yaml", "homes: {name: 住房, english: Homes,", "homes: {name: 住房, english: Homes, x: 1,")
    with pytest.raises(PlanError) as caught:
        load_plan(place / "plan.yaml")
    assert [(fault.path, fault.code) for fault in caught.value.faults] == [("lines.homes.x", "form.unknown_key")]


def test_a_link_may_not_be_included(place):
    (place / "real.yaml").write_text("facts: {}\n")
    (place / "linked.yaml").symlink_to(place / "real.yaml")
    edit(place / "plan.yaml", "relations.yaml]", "relations.yaml, linked.yaml]")
    with pytest.raises(PlanError) as caught:
        load_plan(place / "plan.yaml")
    assert [fault.code for fault in caught.value.faults] == ["include.link"]


def test_a_file_may_not_include_without_end(place):
    for i in range(12):
        (place / f"f{i}.yaml").write_text(f"include: [f{i + 1}.yaml]\n")
    edit(place / "plan.yaml", "relations.yaml]", "relations.yaml, f0.yaml]")
    with pytest.raises(PlanError) as caught:
        load_plan(place / "plan.yaml")
    assert [fault.code for fault in caught.value.faults] == ["include.too_deep"]


@pytest.mark.parametrize("include", ["money.yaml", "[3]", "[x.txt]"])
def test_an_include_that_is_no_list_of_plan_files_is_refused(place, include):
    edit(place / "plan.yaml", "[money.yaml, measures.yaml, relations.yaml]", include)
    with pytest.raises(PlanError, match=r"include\.not"):
        load_plan(place / "plan.yaml")


def test_a_plan_that_is_not_there_is_a_fault_and_no_traceback(tmp_path):
    with pytest.raises(PlanError, match=r"reading\.absent"):
        load_plan(tmp_path / "plan.yaml")


def test_each_clause_knows_what_rests_on_it():
    loaded = load(TINY / "plan.yaml")
    where = citations(loaded.plan, loaded.tree)
    assert list(where) == ["甲", "乙1", "乙2", "丙"]
    assert where["丙"][0] == "lines.clinic" or "household_criteria.road" in where["丙"]
    assert {"horizon", "population.poor", "population.poor_villages", "relations.later", "relations.due"} == set(
        where["甲"]
    )


def faults_of(path):
    try:
        load_plan(path)
    except PlanError as refused:
        return refused.faults
    return ()


@pytest.mark.slow
def test_a_plan_that_lost_any_one_line_loads_or_says_where_it_is_broken(place):
    for file in sorted(place.glob("*.yaml")):
        whole = file.read_text(encoding="utf-8").splitlines()
        for lost in range(len(whole)):
            file.write_text("\n".join(whole[:lost] + whole[lost + 1 :]) + "\n", encoding="utf-8")
            for fault in faults_of(place / "plan.yaml"):
                assert fault.file.startswith("tiny-2001/")
                assert render(fault)
                assert render(fault, "en")
        file.write_text("\n".join(whole) + "\n", encoding="utf-8")
