"""A scenario may take an entry of a section away by writing null; whatever still refers to it is refused with its line."""

from __future__ import annotations

import shutil

import pytest

from planner.errors import PlanError, ScenarioError
from planner.scenario.difference import difference, minutes
from planner.scenario.resolving import resolve
from planner.wording import render
from tests.museum.cases import TINY


@pytest.fixture
def scenario(tmp_path):
    place = shutil.copytree(TINY, tmp_path / "tiny")

    def written(*paths: str, value: str = "null"):
        overrides = "".join(f"  - {{path: {path}, value: {value}, why: 不再需要}}\n" for path in paths)
        (place / "less.yaml").write_text(
            f"name: 减去\nquestion: 少了会怎样\nextends: plan.yaml\noverrides:\n{overrides}", encoding="utf-8"
        )
        return resolve(place / "less.yaml"), resolve(place / "plan.yaml")

    return written


def test_an_entry_is_gone_and_the_change_names_it(scenario):
    less, _ = scenario("milestones.first")
    assert "first" not in less.plan.milestones
    (change,) = less.changes
    assert (change.before, change.after, change.why) == ("首年人数", None, "不再需要")


def test_a_year_of_the_schedule_is_told_by_its_numbers(scenario):
    less, _ = scenario("schedule.2002", "relations.due")
    assert list(less.plan.schedule) == [2001]
    assert less.changes[0].before == "500 人, 4 村"


def test_what_still_refers_to_it_is_refused_with_its_line(scenario):
    with pytest.raises((PlanError, ScenarioError)) as refused:
        scenario("schedule.2002")
    (fault,) = refused.value.faults
    assert fault.path == "relations.due.left.1"
    assert "schedule.2002" in render(fault)


def test_a_required_section_or_field_is_not_taken_away(scenario):
    for path in ("horizon", "money.years", "lines.farms.name"):
        with pytest.raises((PlanError, ScenarioError)):
            scenario(path)


def test_an_entry_that_is_gone_is_one_line_of_the_minutes(scenario):
    less, whole = scenario("milestones.first")
    (row,) = difference(whole, less)
    assert (row.path, row.label, row.before, row.after) == ("milestones.first", "时间节点 · 首年人数", "there", None)
    assert "时间节点 · 首年人数：有 → 无" in minutes(whole, less)
    assert "Persons in the first year: there → nothing" in minutes(whole, less, "en")
    (back,) = difference(less, whole)
    assert (back.before, back.after) == (None, "there")


def test_identifiers_stand_in_the_minutes_by_name(scenario):
    fewer, whole = scenario("sources.grant.pays", value="[paths]")
    assert "投向：道路、水井、农牧 → 道路" in minutes(whole, fewer)
