"""A scenario changes a plan once, in the open, and the plan in force is a plan."""

from __future__ import annotations

import shutil

import pytest

from planner.errors import PlanError, ScenarioError
from planner.plan.loading import Place, load_plan
from planner.plan.model import Plan
from planner.scenario.resolving import Resolved, overlap, resolve, resolve_many
from tests.museum.cases import TINY


@pytest.fixture
def place(tmp_path):
    return shutil.copytree(TINY, tmp_path / "tiny-2001")


def scenario(place, name, overrides, extends="plan.yaml", question="会怎样"):
    rows = "".join(f"  - {{path: {path}, value: {value}, why: {why}}}\n" for path, value, why in overrides)
    file = place / f"{name}.yaml"
    text = f"name: {name}\nquestion: {question}\nextends: {extends}\noverrides:\n{rows or '  []'}\n"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_number_is_replaced_and_the_change_is_recorded(place):
    done = resolve(scenario(place, "less", [("lines.farms.amount", 80, "少十万")]))
    assert isinstance(done.plan, Plan)
    assert done.plan.lines["farms"].amount.value == 80
    assert done.plan.lines["farms"].amount.unit == "万元"
    (change,) = done.changes
    assert (change.path, change.before, change.after, change.unit) == ("lines.farms.amount", 90, 80, "万元")
    assert (change.why, change.clause, change.scenario) == ("少十万", "乙2", "less")
    assert (change.file, change.line) == ("tiny-2001/less.yaml", 5)
    assert done.lines["lines.farms.amount.value"] == Place("tiny-2001/less.yaml", 5)


def test_a_changed_number_no_longer_passes_for_the_clauses_own(place):
    done = resolve(scenario(place, "less", [("lines.farms.amount", 80, "少十万")]))
    assert done.plan.lines["farms"].amount.note == "less: 少十万"


def test_nothing_else_changes(place):
    done = resolve(scenario(place, "less", [("lines.farms.amount", 80, "少十万")]))
    before, after = load_plan(place / "plan.yaml").model_dump(), done.plan.model_dump()
    for tree in (before, after):
        tree["lines"]["farms"]["amount"].pop("value")
        tree["lines"]["farms"]["amount"].pop("note")
    assert before == after


@pytest.mark.parametrize(
    ("path", "value", "read"),
    [
        ("rulings.allowance.choice", "inside", lambda plan: plan.rulings["allowance"].choice),
        ("rulings.allowance", "inside", lambda plan: plan.rulings["allowance"].choice),
        ("regime.kind", "as_written", lambda plan: plan.regime.kind),
        ("money.years", "once", lambda plan: plan.money.years),
        ("dynamics.trend", 0.02, lambda plan: plan.dynamics["trend"].value),
        ("pathways.moving.counts", "false", lambda plan: plan.pathways["moving"].counts),
        ("regime.within", 0.2, lambda plan: plan.regime.within),
        ("measures.well.tasks.0.amount", 9.0, lambda plan: plan.measures["well"].tasks[0].amount.value),
        ("dynamics.drift.values.2003", 1.5, lambda plan: plan.dynamics["drift"].values[2003]),
        ("sources.town_land.pays", "[farms, homes]", lambda plan: plan.sources["town_land"].pays),
        ("relations.persons.choice", "by_total", lambda plan: plan.relations["persons"].choice),
    ],
)
def test_a_path_leads_to_figures_choices_and_plain_fields(place, path, value, read):
    found = read(resolve(scenario(place, "one", [(path, value, "试")])).plan)
    assert str(found).lower() == str(value).lower().replace("[farms, homes]", "['farms', 'homes']")


def test_a_mapping_replaces_keys_and_a_new_origin_succeeds_the_old(place):
    value = "{value: 85, assumed: 试算, range: [80, 95]}"
    done = resolve(scenario(place, "guess", [("lines.farms.amount", value, "试")]))
    amount = done.plan.lines["farms"].amount
    assert (amount.value, amount.clause, amount.assumed, amount.range) == (85, None, "试算", (80, 95))
    assert (amount.unit, amount.year) == ("万元", 2001)


def test_an_entry_may_be_added_by_its_section(place):
    value = "{extra: {value: 5, unit: 人, clause: 甲}}"
    done = resolve(scenario(place, "more", [("facts", value, "试")]))
    assert done.plan.facts["extra"].value == 5
    assert done.plan.facts["jobs"].value == 30


def test_an_amount_where_there_was_none(place):
    done = resolve(
        scenario(place, "clinic", [("lines.clinic.amount", "{value: 7, unit: 万元, assumed: 试, range: [5, 9]}", "试")])
    )
    assert done.plan.lines["clinic"].amount.yuan == 70_000
    assert done.changes[0].before is None


def test_a_scenario_without_changes_is_the_plan(place):
    done = resolve(scenario(place, "same", []))
    assert done.plan == load_plan(place / "plan.yaml")
    assert done.changes == ()


def test_a_plan_file_resolves_to_itself(place):
    done = resolve(place / "plan.yaml")
    assert (done.name, done.changes, done.question) == ("plan", (), "2001年山区试点")


def test_a_scenario_that_extends_another_keeps_its_changes_and_may_go_further(place):
    scenario(place, "base", [("lines.farms.amount", 80, "少"), ("money.years", "once", "一次")], question="只少一些")
    done = resolve(
        scenario(
            place, "further", [("lines.farms.amount", 70, "更少"), ("horizon.last", 2002, "短")], extends="base.yaml"
        )
    )
    assert done.plan.lines["farms"].amount.value == 70
    assert done.plan.money.years == "once"
    assert [(c.path, c.before, c.after, c.scenario) for c in done.changes] == [
        ("money.years", "repeated", "once", "base"),
        ("lines.farms.amount", 90, 70, "further"),
        ("horizon.last", 2003, 2002, "further"),
    ]


def test_scenarios_named_together_are_applied_in_order(place):
    one = scenario(place, "one", [("lines.farms.amount", 80, "少")], question="甲")
    scenario(place, "two", [("money.years", "once", "一次")], question="乙")
    done = resolve_many(f"{one}+two.yaml")
    assert (done.name, done.question) == ("one+two", "甲；乙")
    assert [change.path for change in done.changes] == ["lines.farms.amount", "money.years"]


def test_scenarios_named_together_share_what_both_extend(place):
    scenario(place, "base", [("money.years", "once", "一次")])
    one = scenario(place, "one", [("lines.farms.amount", 80, "少")], extends="base.yaml")
    scenario(place, "two", [("lines.homes.amount", 100, "少")], extends="base.yaml")
    done = resolve_many(f"{one}+two.yaml")
    assert [change.scenario for change in done.changes] == ["base", "one", "two"]


def test_two_scenarios_may_not_change_one_value(place):
    one = scenario(place, "one", [("lines.farms.amount", 80, "少")])
    scenario(place, "two", [("lines.farms.amount.value", 70, "更少")])
    with pytest.raises(ScenarioError, match=r"two.yaml:5 overrides.0.path scenario.changed_in_both"):
        resolve_many(f"{one}+two.yaml")


def test_two_scenarios_of_different_plans_may_not_be_named_together(place, tmp_path):
    other = shutil.copytree(TINY, tmp_path / "other-2001")
    one = scenario(place, "one", [("lines.farms.amount", 80, "少")])
    two = scenario(other, "two", [("money.years", "once", "一次")])
    with pytest.raises(ScenarioError, match=r"scenario\.other_plan"):
        resolve_many(f"{one}+{two}")


def test_a_link_may_not_be_extended(place):
    scenario(place, "real", [])
    (place / "linked.yaml").symlink_to(place / "real.yaml")
    with pytest.raises(ScenarioError, match=r"include\.link"):
        resolve(scenario(place, "one", [], extends="linked.yaml"))


def test_faults_of_the_plan_below_are_faults_of_the_plan(place):
    file = scenario(place, "one", [("lines.farms.amount", 80, "少")])
    text = (place / "money.yaml").read_text(encoding="utf-8")
    (place / "money.yaml").write_text(text.replace("month: 5,", "month: 13,"), encoding="utf-8")
    with pytest.raises(PlanError, match=r"money.yaml:35"):
        resolve(file)


def test_the_same_file_resolves_to_the_same_plan_each_time(place):
    file = scenario(place, "less", [("lines.farms.amount", 80, "少十万")])
    first, second = resolve(file), resolve(file)
    assert isinstance(first, Resolved)
    assert first == second


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [("a.b", "a.b", True), ("a", "a.b", True), ("a.b.c", "a.b", True), ("a.b", "a.bc", False), ("a.b", "a.c", False)],
)
def test_paths_overlap_where_one_holds_the_other(one, other, together):
    assert overlap(one, other) is together
