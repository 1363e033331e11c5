"""Where money comes from, what line it goes through and what it buys: a Sankey drawing per scenario and year."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go

from planner.report.card import Card, Column, DataTable, Panel, Selector
from planner.report.factory import CATEGORY_COLOURS, drawing, faded, plain
from planner.report.numbers import wan_text
from planner.report.rows import sums
from planner.report.view import View, clauses_of

LEVELS = ("source", "line", "measure")
WHOLE = "all"
"""The choice that shows the whole horizon."""


def money_flow(view: View) -> Card:
    """Money from source to fund line to measure, for one scenario and one year or the whole horizon."""
    found = view.table("money")
    found = found[found["yuan"] > 0]
    heading = view.say("money.heading")
    if found.empty:
        return Card("money", heading, unit=view.say("unit.wan"), empty=view.say("empty.money"))
    years = [str(y) for y in sorted(set(found["year"]))]
    options = [(y, view.say("year", year=y)) for y in years] + [(WHOLE, view.say("year.all"))]
    drawn = [_panel(view, found, name, year) for name in view.scenarios for year, _ in options]
    held = [_tables(view, found, name, years) for name in view.scenarios if name in set(found["scenario"])]
    return Card(
        "money",
        heading,
        unit=view.say("unit.wan"),
        panels=(*drawn, *held),
        wide=True,
        scroll=True,
        selectors=(
            view.selector(set(found["scenario"])),
            Selector(view.say("column.year"), tuple(options), years[0]),
        ),
        notes=(view.say("money.reading"), view.say("money.assumed")),
        clauses=tuple(_clauses(view, found)),
    )


def _clauses(view: View, found: pd.DataFrame) -> list[str]:
    lines = [view.plan.lines[k] for k in found["line"].drop_duplicates() if k in view.plan.lines]
    return list(clauses_of(line.clause for line in lines))


def _panel(view: View, found: pd.DataFrame, scenario: str, year: str) -> Panel:
    mine = found[found["scenario"] == scenario]
    if year != WHOLE:
        mine = mine[mine["year"] == int(year)]
    when = view.say("year.all") if year == WHOLE else view.say("year", year=year)
    choice = (scenario, year)
    if mine.empty:
        words = view.say("money.none", scenario=view.scenario(scenario), year=when)
        return Panel(words, None, choice=choice, empty=words)
    by_line = mine.groupby("line", sort=False)["yuan"].sum().sort_values(ascending=False, kind="stable")
    total = int(mine["yuan"].sum())
    label = view.say(
        "money.finding",
        scenario=view.scenario(scenario),
        year=when,
        total=wan_text(total),
        line=view.line(str(by_line.index[0])),
        most=wan_text(int(by_line.iloc[0])),
        share=f"{100 * int(by_line.iloc[0]) / total:.0f} %",
    )
    return Panel(label, _sankey(view, mine), choice=choice)


def _sankey(view: View, mine: pd.DataFrame) -> go.Figure:
    names = {"source": view.source, "line": view.line, "measure": view.measure}
    sizes = [
        mine.groupby(level, sort=False)["yuan"].sum().sort_values(ascending=False, kind="stable") for level in LEVELS
    ]
    nodes = [(level, str(key), int(v)) for level, size in zip(LEVELS, sizes, strict=True) for key, v in size.items()]
    place = {(level, key): i for i, (level, key, _) in enumerate(nodes)}
    lines = [key for level, key, _ in nodes if level == "line"]
    colour = {key: CATEGORY_COLOURS[i % len(CATEGORY_COLOURS)] for i, key in enumerate(lines)}
    source, target, value, shade = [], [], [], []
    for left, right in pairwise(LEVELS):
        for (a, b), yuan in sorted(sums(mine, (left, right), "yuan").items()):
            source.append(place[(left, a)])
            target.append(place[(right, b)])
            value.append(int(yuan) / 10_000)
            shade.append(faded(colour[b if right == "line" else a], 0.4))
    trace = go.Sankey(
        arrangement="fixed",
        valueformat=",.2f",
        textfont={"size": 12},
        node={
            "label": [f"{plain(names[level](key))} {wan_text(yuan)}" for level, key, yuan in nodes],
            "customdata": [plain(names[level](key)) for level, key, _ in nodes],
            "pad": 14,
            "thickness": 13,
            "color": [colour.get(key, "#7d8b99") if level == "line" else "#7d8b99" for level, key, _ in nodes],
            "hoverinfo": "none",
            "line": {"width": 0},
        },
        link={
            "source": source,
            "target": target,
            "value": value,
            "color": shade,
            "hovertemplate": "%{source.customdata} → %{target.customdata}<br>%{value}<extra></extra>",
        },
    )
    tallest = max(len(size) for size in sizes)
    return drawing([trace], max(380, 220 + 21 * tallest), margin={"l": 6, "r": 6, "t": 12, "b": 12})


def _tables(view: View, found: pd.DataFrame, scenario: str, years: list[str]) -> Panel:
    """The table of one scenario: every source, line and measure, a column per year."""
    mine = found[found["scenario"] == scenario]
    columns = (
        Column(view.say("column.source")),
        Column(view.say("column.line")),
        Column(view.say("column.measure")),
        *(Column(y, True) for y in years),
        Column(view.say("total"), True),
    )
    by_year = {y: sums(mine[mine["year"] == int(y)], LEVELS, "yuan") for y in years}
    rows = [
        (
            view.source(key[0]),
            view.line(key[1]),
            view.measure(key[2]),
            *(wan_text(by_year[y].get(key, 0)) for y in years),
            wan_text(total),
        )
        for key, total in sums(mine, LEVELS, "yuan").items()
    ]
    whole = [sum(by_year[y].values()) for y in years]
    rows.append((view.say("total"), "", "", *map(wan_text, whole), wan_text(sum(whole))))
    label = view.say("money.table", scenario=view.scenario(scenario))
    table = DataTable(columns, tuple(rows), view.say("unit.is", unit=view.say("unit.wan")))
    return Panel(label, None, choice=(scenario,), table=table)
