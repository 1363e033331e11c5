"""How persons move between states from one year end to the next."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from planner.report.card import Card, Column, DataTable, Panel, Selector
from planner.report.factory import drawing, faded, plain
from planner.report.numbers import whole
from planner.report.rows import records
from planner.report.view import View
from planner.terms import State

STATES = tuple(state.name.lower() for state in State)
STATE_COLOURS = dict(
    zip(
        STATES,
        ("#7f8c99", "#a94064", "#c58a11", "#4472c4", "#2e8b57", "#d1495b", "#8064a2"),
        strict=True,
    )
)
OUT = frozenset({"consolidation", "stable"})


def flows(view: View) -> Card:
    """Persons between states within a year, for one scenario and year."""
    found = view.table("flows")
    found = found[found["persons"] > 0]
    heading = view.say("flows.heading")
    if found.empty:
        return Card("flows", heading, unit=view.say("unit.persons"), empty=view.say("empty.flows"))
    years = [str(y) for y in sorted(set(found["year"]))]
    panels = tuple(_panel(view, found, name, year) for name in view.scenarios for year in years)
    return Card(
        "flows",
        heading,
        unit=view.say("unit.persons"),
        panels=panels,
        wide=True,
        scroll=True,
        selectors=(
            view.selector(set(found[found["to_state"] == "assisted"]["scenario"])),
            Selector(view.say("column.year"), tuple((y, view.say("year", year=y)) for y in years), years[0]),
        ),
        notes=(view.say("flows.reading"), view.say("flows.assumed")),
    )


def _panel(view: View, found: pd.DataFrame, scenario: str, year: str) -> Panel:
    mine = found[(found["scenario"] == scenario) & (found["year"] == int(year))]
    choice = (scenario, year)
    if mine.empty:
        words = view.say("flows.none", scenario=view.scenario(scenario), year=year)
        return Panel(words, None, choice=choice, empty=words)
    into = mine[mine["to_state"].isin(OUT) & ~mine["from_state"].isin(OUT)]["persons"].sum()
    back = mine[(mine["to_state"] == "returned") & (mine["from_state"] != "returned")]["persons"].sum()
    entered = mine[(mine["to_state"] == "entered") & (mine["from_state"] != "entered")]["persons"].sum()
    label = view.say(
        "flows.finding",
        scenario=view.scenario(scenario),
        year=year,
        into=whole(into),
        back=whole(back),
        entered=whole(entered),
    )
    return Panel(label, _sankey(view, mine), choice=choice, table=_table(view, mine))


def _sankey(view: View, mine: pd.DataFrame) -> go.Figure:
    sides = ("from_state", "to_state")
    sizes = [mine.groupby(side)["persons"].sum() for side in sides]
    order = {state: i for i, state in enumerate(STATES)}
    nodes = [
        (side, state, float(size[state]))
        for side, size in zip(sides, sizes, strict=True)
        for state in sorted(map(str, size.index), key=lambda s: order.get(s, len(order)))
    ]
    place = {(side, state): i for i, (side, state, _) in enumerate(nodes)}
    moves = records(mine)
    trace = go.Sankey(
        arrangement="snap",
        valueformat=",d",
        textfont={"size": 12},
        node={
            "label": [f"{plain(view.word('state', s))} {whole(v)}" for _, s, v in nodes],
            "customdata": [plain(view.word("state", s)) for _, s, _ in nodes],
            "pad": 16,
            "thickness": 14,
            "color": [STATE_COLOURS.get(s, "#7d8b99") for _, s, _ in nodes],
            "hoverinfo": "none",
            "line": {"width": 0},
        },
        link={
            "source": [place[("from_state", str(m["from_state"]))] for m in moves],
            "target": [place[("to_state", str(m["to_state"]))] for m in moves],
            "value": [float(m["persons"]) for m in moves],
            "color": [faded(STATE_COLOURS.get(str(m["to_state"]), "#7d8b99"), 0.38) for m in moves],
            "hovertemplate": "%{source.customdata} → %{target.customdata}<br>%{value}<extra></extra>",
        },
    )
    return drawing([trace], 380, margin={"l": 6, "r": 6, "t": 12, "b": 12})


def _table(view: View, mine: pd.DataFrame) -> DataTable:
    columns = (
        Column(view.say("column.from_state")),
        Column(view.say("column.to_state")),
        Column(view.say("column.persons"), True),
    )
    rows = tuple(
        (view.word("state", str(r["from_state"])), view.word("state", str(r["to_state"])), whole(float(r["persons"])))
        for r in records(mine)
    )
    return DataTable(columns, rows, view.say("flows.caption"))
