"""A ruling acts: choosing another option changes exactly what the option says, or a run says before it starts that nothing does."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from planner.errors import ScenarioError
from planner.plan.audit import audit
from planner.plan.clauses import listing, notes_before_run
from planner.plan.loading import Place, load_plan
from planner.plan.unread import RUN, idle, reads_of
from planner.scenario.difference import difference, minutes
from planner.scenario.overriding import overlap
from planner.scenario.resolving import Resolved, resolve, resolve_many
from planner.wording import render

SHIPPED = Path(__file__).resolve().parents[2] / "scenarios" / "guiping-2016"
PLAN = load_plan(SHIPPED / "plan.yaml")
OTHER = [(name, o) for name, ruling in PLAN.rulings.items() for o in ruling.options if o != ruling.choice]
ACTING = [(name, option) for name, option in OTHER if option in PLAN.rulings[name].sets]


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path_factory.mktemp("ruled") / "guiping-2016"))


def choosing(place: Path, *chosen: tuple[str, str], extends: str = "plan.yaml", more: str = "") -> Path:
    """A scenario that chooses other options."""
    name = "-".join(option for _, option in chosen)
    rows = "".join(f"  - {{path: rulings.{ruling}, value: {option}, why: 试}}\n" for ruling, option in chosen)
    file = place / f"{name}.yaml"
    file.write_text(f"name: {name}\nquestion: 会怎样？\nextends: {extends}\noverrides:\n{rows}{more}", encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def chosen(place) -> Callable[..., Resolved]:
    """The plan in force under other options; each is resolved once."""
    return cache(lambda *options: resolve(choosing(place, *options)))


@pytest.fixture(scope="module")
def written(place) -> Resolved:
    return resolve(place / "plan.yaml")


def test_the_plan_as_written_is_changed_by_none_of_its_rulings(written):
    assert written.changes == ()
    assert written.plan == PLAN


@pytest.mark.parametrize(("name", "option"), ACTING)
def test_another_option_changes_the_paths_it_names_and_nothing_else(chosen, written, name, option):
    done = chosen((name, option))
    settings = PLAN.rulings[name].sets[option]
    named = {setting.path for setting in settings}
    assert {change.path for change in done.changes} == named | {f"rulings.{name}"}
    rows = difference(written, done)
    other = [row for row in rows if row.path != f"rulings.{name}.choice"]
    assert other
    for row in other:
        assert any(overlap(path.replace(".values.", "."), row.path) for path in named), row.path
        assert PLAN.rulings[name].question in row.why
        assert PLAN.rulings[name].said(option, "en") in row.why_english
    for path in named:
        assert any(overlap(path, row.path) for row in other), path
    page = minutes(written, done, "en")
    assert all(setting.english and setting.english.rstrip(".") in page for setting in settings)


@pytest.mark.parametrize(("name", "option"), OTHER)
def test_an_option_acts_or_the_run_says_beforehand_that_it_does_not(chosen, name, option):
    done = chosen((name, option))
    reads = reads_of(PLAN)
    named = {setting.path for setting in PLAN.rulings[name].sets.get(option, ())}
    touched = [[stages for path, stages in reads.items() if overlap(path, each)] for each in named]
    # what is no number, such as where a source may pay, is read by the code as it stands
    acts = any(not each or set().union(*each) & set(RUN) for each in touched) or reads[f"rulings.{name}"] & set(RUN)
    said = notes_before_run(done.plan, [change.path for change in done.changes])
    assert bool(said) != bool(acts)
    assert all(f"rulings.{name}" in note for note in said)


def test_the_options_that_change_money_people_or_years_do_so_by_hand(chosen):
    tied = chosen(("tied_inside", "outside"))
    paying = {k: s.amount.value for k, s in tied.plan.sources.items() if s.account == "plan" and s.pays and s.named}
    assert sum(paying.values()) == 58_300  # 15,000 of its own, 38,000 integrated, 5,300 tied beside them
    assert tied.plan.sources["unnamed"].amount.value == 21_400  # of lines of 79,700
    assert {f.key: f for f in audit(tied.plan)}["sources"].lacking == 21_400
    moved = chosen(("relocated_leave", "all"))
    assert "relocated_and_target" not in {f.key for f in audit(moved.plan)}
    per_head = chosen(("relocation_cap", "per_head"))
    assert per_head.plan.lines["relocation"].amount.value == 9108  # 1,518 persons at 6
    assert per_head.plan.measures["relocation_home"].cost_cap is None
    assert "relocation_cost" not in {f.key for f in audit(per_head.plan)}
    early = chosen(("horizon_years", "y2015_2017"))
    assert early.plan.due_persons == {2016: 50_000, 2017: 133_324}
    assert early.plan.due_villages == {2016: 57, 2017: 151}
    raised = chosen(("dibao_line", "reached"))
    assert "dibao_line" not in {f.key for f in audit(raised.plan)}


def test_two_options_may_add_to_one_figure_and_both_reasons_stand(place):
    done = resolve(choosing(place, ("tied_inside", "outside"), ("relocation_cap", "per_head")))
    assert done.plan.sources["unnamed"].amount.value == 22_908  # 26,700 - 5,300 + 1,508
    (change,) = [c for c in done.changes if c.path == "sources.unnamed.amount"]
    assert (change.before, change.after, change.unit) == (26_700, 22_908, "万元")
    for name in ("tied_inside", "relocation_cap"):
        assert PLAN.rulings[name].question in change.why


def test_a_setting_stands_at_its_own_line_and_under_the_scenario_that_chose(place, chosen):
    done = chosen(("integrated_area", "villages"))
    (change,) = [c for c in done.changes if c.path == "sources.integrated_free.places"]
    text = (place / "rulings.yaml").read_text(encoding="utf-8").splitlines()
    assert (change.file, change.scenario) == ("guiping-2016/rulings.yaml", "villages")
    assert "sources.integrated_free.places" in text[change.line - 1]
    assert done.lines["sources.integrated_free.places"] == Place(change.file, change.line)


def test_the_plan_may_choose_the_other_option_itself(place, written, tmp_path):
    other = Path(shutil.copytree(SHIPPED, tmp_path / "guiping-2016"))
    file = other / "rulings.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("choice: repeated", "choice: once", 1), encoding="utf-8")
    done = resolve(other / "plan.yaml")
    assert done.plan.money.years == "once"
    assert [(c.path, c.scenario) for c in done.changes] == [("money.years", "")]
    # a scenario on it may go back to the reading that the values were written for
    back = resolve(choosing(other, ("later_money", "repeated")))
    assert back.plan.money == written.plan.money


def test_a_scenario_that_extends_another_may_choose_back(place, written):
    choosing(place, ("integrated_area", "villages"))
    back = resolve(choosing(place, ("integrated_area", "county"), extends="villages.yaml"))
    assert back.plan.sources == written.plan.sources


def test_what_a_ruling_sets_may_not_be_changed_by_a_scenario_named_beside(place):
    choosing(place, ("later_money", "once"))
    with pytest.raises(ScenarioError) as caught:
        resolve_many(f"{place / 'once.yaml'}+2016-alone.yaml")
    (fault,) = caught.value.faults
    assert (fault.code, fault.file) == ("scenario.ruled_and_changed", "guiping-2016/2016-alone.yaml")
    assert "later_money" in render(fault, "en")


def test_a_ruling_that_acts_is_listed_with_what_it_sets_in_both_languages():
    zh, en = listing(PLAN), listing(PLAN, "en")
    assert "选它即改：sources.unnamed.amount 加 -5300" in zh
    assert "Choosing it sets: schedule.2018 = taken away" in en
    assert "Whether integrated funds serve the 151 poor villages alone" in en


def test_a_ruling_without_a_mechanism_is_idle_and_one_with_settings_is_not():
    assert idle(PLAN, ["rulings.medical_points"]) == ("rulings.medical_points",)
    assert idle(PLAN, ["rulings.integrated_area.choice"]) == ()
