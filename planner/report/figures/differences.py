"""Paired differences to a baseline: the same luck in both scenarios, so that a difference is the policy's."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from planner.report.card import Card, Column, DataTable, Panel, side_by_side
from planner.report.factory import MUTED, axis_of_numbers, axis_of_years, drawing, plain
from planner.report.numbers import decimal, interval, signed, whole
from planner.report.rows import records
from planner.report.view import View

SHARES = frozenset({"incidence", "worst_village_incidence"})
"""Indicators in %."""

SHOWN = ("persons_out", "villages_off", "led_out", "poor_stock")
"""Indicators that are drawn; the table holds all of them."""


def paired_differences(view: View) -> Card:
    """Mean difference to the baseline per year with its 95 % interval, one panel per indicator."""
    found = view.table("paired")
    found = found[found["scenario"] != found["baseline"]]
    heading = view.say("paired.heading")
    if found.empty:
        return Card("paired", heading, empty=view.say("empty.paired"))
    panels = [
        Panel(
            view.say("paired.panel", indicator=view.word("indicator", key), unit=_unit(view, key)),
            _whiskers(view, mine, key),
        )
        for key in SHOWN
        if len(mine := found[found["indicator"] == key])
    ]
    return Card(
        "paired",
        f"{heading}{view.say('colon')}{_finding(view, found)}",
        panels=tuple(panels),
        tables=(_table(view, found),),
        columns=side_by_side(len(panels)),
        wide=True,
        notes=(view.say("paired.reading", runs=whole(float(found["runs"].max()))),),
        legend=tuple(
            (f"scenario{view.scenarios.index(n)}", view.say("paired.pair", scenario=view.scenario(n), baseline=b))
            for n, b in _pairs(view, found)
        ),
    )


def _unit(view: View, indicator: str) -> str:
    if indicator in SHARES:
        return "%"
    if indicator == "villages_off":
        return view.say("unit.villages")
    return view.say("unit.households" if indicator == "households_out" else "unit.persons")


def _pairs(view: View, found: pd.DataFrame) -> list[tuple[str, str]]:
    """(scenario, the titles of its baselines), in the order of scenarios."""
    pairs = []
    for name in view.scenarios:
        baselines = found[found["scenario"] == name]["baseline"].drop_duplicates()
        if len(baselines):
            pairs.append((name, view.say("comma").join(view.scenario(str(b)) for b in baselines)))
    return pairs


def _finding(view: View, found: pd.DataFrame) -> str:
    """The difference of persons out at the end of the schedule, per scenario, and whether it is told from nought."""
    mine = found[(found["indicator"] == "persons_out") & (found["year"] == view.schedule_end)]
    if mine.empty:
        return view.say("paired.none")
    shown = sorted(records(mine), key=lambda r: float(r["mean"]), reverse=True)
    if len(shown) > 2:
        shown = [shown[0], shown[-1]]
    parts = [
        view.say(
            "paired.finding" if float(r["low"]) > 0 or float(r["high"]) < 0 else "paired.finding_nought",
            scenario=view.scenario(r["scenario"]),
            baseline=view.scenario(r["baseline"]),
            mean=signed(float(r["mean"])),
            band=interval(signed(float(r["low"])), signed(float(r["high"]))),
        )
        for r in shown
    ]
    return view.say("paired.at", year=view.schedule_end) + view.say("semicolon").join(parts)


def _whiskers(view: View, mine: pd.DataFrame, key: str) -> go.Figure:
    traces = []
    groups = [(str(n), str(b), rows) for (n, b), rows in mine.groupby(["scenario", "baseline"], sort=False)]
    for name, baseline, rows in groups:
        means = rows["mean"].tolist()
        traces.append(
            go.Bar(
                x=[str(y) for y in rows["year"]],
                y=means,
                offsetgroup=f"{name} {baseline}",
                name=plain(view.say("paired.pair", scenario=view.scenario(name), baseline=view.scenario(baseline))),
                hoverinfo="text",
                marker={"color": view.colour(name), "pattern": {"shape": "" if baseline == groups[0][1] else "/"}},
                error_y={
                    "type": "data",
                    "symmetric": False,
                    "array": (rows["high"] - rows["mean"]).tolist(),
                    "arrayminus": (rows["mean"] - rows["low"]).tolist(),
                    "color": "#111111",
                    "thickness": 1.4,
                    "width": 3,
                },
                textposition="none",
                text=[
                    f"{r['year']}{view.say('colon')}{_print(float(r['mean']), key)} "
                    f"({_print(float(r['low']), key)} – {_print(float(r['high']), key)})"
                    for r in records(rows)
                ],
            )
        )
    upright = axis_of_numbers() | {
        "zeroline": True,
        "zerolinewidth": 1.5,
        "zerolinecolor": MUTED,
    }
    return drawing(traces, 270, barmode="group", bargap=0.3, xaxis=axis_of_years(view.years), yaxis=upright)


def _print(value: float, key: str) -> str:
    return ("+" if value > 0 else "") + decimal(value, 2) if key in SHARES else signed(value)


def _table(view: View, found: pd.DataFrame) -> DataTable:
    columns = (
        Column(view.say("column.scenario")),
        Column(view.say("column.baseline")),
        Column(view.say("column.indicator")),
        Column(view.say("column.year")),
        Column(view.say("column.mean_difference"), True),
        Column(view.say("column.interval95"), True),
    )
    rows = tuple(
        (
            view.scenario(r["scenario"]),
            view.scenario(r["baseline"]),
            view.word("indicator", r["indicator"]),
            str(r["year"]),
            _print(float(r["mean"]), r["indicator"]),
            interval(_print(float(r["low"]), r["indicator"]), _print(float(r["high"]), r["indicator"])),
        )
        for r in records(found)
    )
    return DataTable(columns, rows, view.say("paired.caption"))
