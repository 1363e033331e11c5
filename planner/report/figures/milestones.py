"""With what probability each milestone of the schedule is met; the strict and the cap-off reading side by side."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from planner.report.card import Card, Column, DataTable, Panel
from planner.report.factory import axis_of_numbers, drawing, plain, wrapped
from planner.report.numbers import decimal, interval, percent, whole
from planner.report.rows import by_key, records
from planner.report.view import View

LABEL_WIDTH = 46
"""Half-width letters of a milestone's name on one line; what fits a screen of a phone."""


def probabilities(view: View) -> Card:
    """The probability of every milestone, with its 95 % interval over the runs, per scenario."""
    found = view.table("milestones")
    heading = view.say("milestones.heading")
    if found.empty:
        return Card("milestones", heading, empty=view.say("empty.milestones"))
    keys = _ordered(view, found)
    runs = int(found["runs"].max())
    return Card(
        "milestones",
        f"{heading}{view.say('colon')}{_finding(view, found, keys)}",
        unit="%",
        panels=(Panel(view.say("milestones.panel", runs=whole(runs)), _dots(view, found, keys)),),
        tables=(_table(view, found, keys),),
        open_table=True,
        wide=True,
        notes=(view.say("milestones.reading"), view.say("milestones.assumed")),
        clauses=tuple(_clauses(view, keys)),
        legend=tuple((f"scenario{i}", view.scenario(n)) for i, n in enumerate(view.scenarios)),
    )


def _ordered(view: View, found: pd.DataFrame) -> list[str]:
    """Milestones in the order of the plan, those unknown to it at the end."""
    there = [str(x) for x in found["milestone"].drop_duplicates()]
    known = [k for k in view.plan.milestones if k in there]
    return known + [k for k in there if k not in known]


def _clauses(view: View, keys: list[str]) -> list[str]:
    entries = [view.plan.milestones[k] for k in keys if k in view.plan.milestones]
    return list(view.origins(f for e in entries for f in (e.at_least, e.at_most)))


def _finding(view: View, found: pd.DataFrame, keys: list[str]) -> str:
    """The strict and the cap-off milestone of the schedule's end, per scenario (best and worst if many)."""
    parts = []
    for reading in ("cap_off", "strict"):
        rows = found[found["reading"] == reading]
        if rows.empty:
            continue
        rows = rows[rows["year"] == rows["year"].max()]
        key = next(k for k in keys if k in set(rows["milestone"]))
        rows = rows[rows["milestone"] == key]
        shown = [(view.scenario(str(r["scenario"])), float(r["probability"])) for r in records(rows)]
        if len(shown) > 3:
            ranked = sorted(shown, key=lambda pair: pair[1])
            shown = [ranked[-1], ranked[0]]
        each = view.say("comma").join(f"{name} {percent(p)}" for name, p in shown)
        parts.append(f"{view.milestone(key)} {each}")
    return view.say("semicolon").join(parts) or view.say("milestones.none")


def _dots(view: View, found: pd.DataFrame, keys: list[str]) -> go.Figure:
    """One row per milestone, within it one dot per scenario with its interval."""
    count = len(view.scenarios)
    traces = []
    for name in view.scenarios:
        rows = by_key(found[found["scenario"] == name], "milestone")
        shown = [k for k in keys if k in rows]
        probability, low, high = (
            [float(rows[k][column]) * 100 for k in shown] for column in ("probability", "low", "high")
        )
        traces.append(
            go.Scatter(
                x=probability,
                y=[keys.index(k) for k in shown],
                mode="markers",
                name=plain(view.scenario(name)),
                marker={"color": view.colour(name), "symbol": view.symbol(name), "size": 10},
                error_x={
                    "type": "data",
                    "symmetric": False,
                    "array": [h - p for h, p in zip(high, probability, strict=True)],
                    "arrayminus": [p - lo for lo, p in zip(low, probability, strict=True)],
                    "color": view.colour(name),
                    "thickness": 1.6,
                    "width": 0,
                },
                text=[
                    wrapped(f"{view.scenario(name)} · {view.milestone(k)}", 60)
                    + f"<br>{percent(p / 100)} ({interval(percent(lo / 100), percent(h / 100))})"
                    for k, p, lo, h in zip(shown, probability, low, high, strict=True)
                ],
                hoverinfo="text",
                cliponaxis=False,
            )
        )
    names = [wrapped(view.milestone(k), LABEL_WIDTH) for k in keys]
    label = 6 + 16 * max(name.count("<br>") + 1 for name in names)
    row = label + 15 * count + 8
    for number, trace in enumerate(traces):
        trace.y = [at + (label + 15 * (number + 0.5)) / row for at in trace.y]
    upright = axis_of_numbers("", (len(keys), 0)) | {"showticklabels": False, "showgrid": False, "zeroline": False}
    across = axis_of_numbers(view.say("milestones.axis"), (-2, 102)) | {"ticksuffix": " %", "nticks": 6}
    return drawing(
        traces, 60 + len(keys) * row, xaxis=across, yaxis=upright, shapes=_rules(len(keys)), annotations=_labels(names)
    )


def _rules(count: int) -> list[dict[str, Any]]:
    """Lines between the milestones."""
    line = {"color": "#c9d2dc", "width": 1}
    return [
        {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": i, "y1": i, "line": line} for i in range(1, count)
    ]


def _labels(names: list[str]) -> list[dict[str, Any]]:
    """The name of each milestone above its dots, where there is room on a narrow screen too."""
    place = {"xref": "paper", "x": 0.01, "xanchor": "left", "yanchor": "top", "showarrow": False, "align": "left"}
    return [
        {**place, "y": i, "text": name, "font": {"size": 12.5}, "bgcolor": "#ffffff"} for i, name in enumerate(names)
    ]


def _table(view: View, found: pd.DataFrame, keys: list[str]) -> DataTable:
    """Milestones down, scenarios across: strict and cap-off can be read beside each other."""
    columns = (
        Column(view.say("column.milestone")),
        Column(view.say("column.reading")),
        Column(view.say("column.year")),
        Column(view.say("column.threshold"), True),
        *(Column(view.say("milestones.of", scenario=view.scenario(n)), True) for n in view.scenarios),
        *(Column(view.say("milestones.short_of", scenario=view.scenario(n)), True) for n in view.scenarios),
    )
    rows = []
    for key in keys:
        mine = by_key(found[found["milestone"] == key], "scenario")
        first = next(iter(mine.values()))
        cells, short = [], []
        for name in view.scenarios:
            if name not in mine:
                cells.append("—")
                short.append("—")
                continue
            row = mine[name]
            band = interval(percent(float(row["low"])), percent(float(row["high"])))
            cells.append(f"{percent(float(row['probability']))} ({band})")
            short.append(decimal(float(row["shortfall_q50"]), 2))
        rows.append(
            (
                view.milestone(key),
                view.word("reading", str(first["reading"])),
                str(int(first["year"])),
                decimal(float(first["threshold"]), 2),
                *cells,
                *short,
            )
        )
    return DataTable(columns, tuple(rows), view.say("milestones.caption"))
