# ---
# jupyter:
#   jupytext:
#     formats: py:percent,ipynb
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 方案、资金安排、预测
#
# From the plan to a forecast, in the order in which the bureau would ask: what does the plan say and does it add up;
# what would be bought, where and when; what would become of the households.
#
# **户、村数据是合成的** (the plan's annex is not public), and what the plan does not say is assumed, with a range. So that this
# notebook runs in a minute it works on **one tenth of the county**; the whole county is `make run`. Figures here are
# for reading the code, not for a meeting.

# %%
from dataclasses import replace
from pathlib import Path

import pandas as pd

from planner import Plan, audit, difference, explain_household, load_plan, resolve, study, synthesise
from planner.plan.findings import minutes, words
from planner.report.factory import configuration
from planner.report.figures.milestones import probabilities
from planner.report.figures.schedule import persons_out
from planner.report.view import View

SCENARIOS = (
    next(p for p in (Path.cwd(), *Path.cwd().parents) if (p / "scenarios").is_dir()) / "scenarios" / "guiping-2016"
)
pd.options.display.float_format = "{:,.1f}".format

# %% [markdown]
# ## 一、方案是数据 · The plan is data
#
# Every number says where it comes from: a clause of the document, a source, or the word *assumed* with a range.

# %%
plan = load_plan(SCENARIOS / "plan.yaml")
for figure in (plan.lines["roads"].amount, plan.population["rural"], plan.dynamics["trend"]):
    print(
        figure.value,
        figure.unit,
        "·",
        figure.clause or figure.source or f"assumed: {figure.assumed}",
        figure.range or "",
    )

# %% [markdown]
# ## 二、口径校验 · Does it add up?

# %%
findings = audit(plan)
serious = [f for f in findings if f.severity == "serious"]
print(len(findings), "findings,", len(serious), "of them serious; the first three of these:")
print(minutes(serious[:3]))

# %% [markdown]
# The same finding in English:

# %%
print(words(findings[0], "en"))

# %% [markdown]
# ## 三、情景 · What a scenario changes
#
# A scenario is a list of changes to the plan, each with its reason. This one changes a single word.

# %%
for row in difference(resolve(SCENARIOS / "as-written.yaml"), resolve(SCENARIOS / "optimised.yaml")):
    print(f"{row.label}: {row.before} → {row.after}\n  {row.why}\n  {row.why_english}")


# %% [markdown]
# ## 四、缩小到十分之一 · A tenth of the county
#
# What is counted for the county as a whole is divided by ten: persons, villages, money, tasks, capacities. What is said per
# head, per unit or as a share stays as it is.


# %%
def a_tenth(plan: Plan) -> Plan:
    """The plan of a county a tenth as large."""
    tree = plan.model_dump(mode="json")

    def divide(figure: dict | None, whole: bool = True) -> None:
        if figure and figure["unit"] not in ("%", "比例", "人/户"):
            smaller = figure["value"] / 10
            figure["value"] = max(1.0, float(round(smaller))) if whole else smaller
            figure["range"] = figure["range"] and [0, 10 * figure["value"]]

    for figure in tree["population"].values():
        divide(figure)
    for due in tree["schedule"].values():
        divide(due["persons"])
        divide(due["villages"])
    for part in ("lines", "sources"):
        for entry in tree[part].values():
            divide(entry["amount"], whole=False)
    for pathway in tree["pathways"].values():
        divide(pathway["target"])
    for measure in tree["measures"].values():
        for task in measure["tasks"]:
            divide(task["amount"], whole=measure["kind"] != "held")
        capacity = measure["capacity"]
        most = max([t["amount"]["value"] for t in measure["tasks"] if t["amount"]["unit"] != "%"], default=1.0)
        capacity["values"] = {year: max(value / 10, most, 1.0) for year, value in capacity["values"].items()}
        capacity["range"] = None if capacity["range"] is None else [0, 10 * max(capacity["values"].values())]
    for milestone in tree["milestones"].values():
        if milestone["measure"] in ("persons_out", "villages_off"):
            divide(milestone["at_least"])
    tree["townships"] = tree["townships"][:3]
    return Plan.model_validate(tree, strict=False)


cases = []
for name in ("no-programme", "as-written", "optimised"):
    case = study.open_case(str(SCENARIOS / f"{name}.yaml"))
    cases.append(replace(case, resolved=replace(case.resolved, plan=a_tenth(case.plan))))
small = cases[-1].plan
register = synthesise(small, 1)
print(register.households.rows, "households,", register.villages.rows, "villages, synthetic:", register.synthetic)

# %% [markdown]
# The first registered household without a safe house, against 八有一超, in words:

# %%
households = register.households
lacking = (households["registered"] == 1) & (households["house_safe"] == 0)
print(explain_household(small, register, int(households["household"][lacking][0]), small.horizon.first).text())


# %% [markdown]
# ## 五、资金安排 · A proposal for each scenario


# %%
def quietly(stage: str, done: int, total: int) -> None:
    """No progress bar."""


proposals, _ = study.propose(cases, 1, 1, questions=False, progress=quietly)
for case, proposal in zip(cases, proposals, strict=True):
    year = small.horizon.first
    own = {name for name, source in case.plan.sources.items() if source.account == "plan"}
    money, persons = proposal.yuan(year, own) / 10_000, proposal.persons_out(year)
    print(f"{case.name}: {money:,.0f} 万元 in {year}, {persons:,.0f} persons expected out")

# %% [markdown]
# ## 六、预测 · A forecast
#
# Ten runs, the same luck for every scenario, so that a difference is caused by the money and not by the weather.

# %%
runs = study.forecast(cases, proposals, register, first=1, runs=10, workers=1, progress=quietly)
tables = study.tables_of(cases, proposals, (), register, runs)
sorted(tables)

# %%
out = tables["yearly"].query("indicator in ['persons_out', 'led_out', 'left_anyway', 'villages_off']")
out.pivot_table(index=["indicator", "scenario"], columns="year", values="value")

# %% [markdown]
# Paired differences: same seed, same luck, two proposals; mean and 95 % interval.

# %%
tables["paired"].query("indicator == 'persons_out' and scenario == 'optimised'")

# %% [markdown]
# The 2016 money by line, beside what the plan prints:

# %%
lines = tables["lines"].query("year == 2016 and account == 'plan'")
lines.pivot_table(index="line", columns="scenario", values="proposed_yuan", aggfunc="sum") / 10_000

# %% [markdown]
# ## 七、图 · The page's own figures
#
# A card of the page is a title that states the finding, and one drawing per scenario. `configuration` is the page's: no
# button that sends data away.

# %%
view = View(tables, small, "zh", study.titles(cases))
for card in (persons_out(view), probabilities(view)):
    print(card.title)
    for panel in card.panels:
        print(panel.label)
        if panel.figure is not None:
            panel.figure.show(renderer="notebook", config=configuration("zh"))
