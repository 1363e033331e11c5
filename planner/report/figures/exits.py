"""Who leaves and why: led out or would have left anyway; by which pathway, against its target."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from planner.report.card import Card, Column, DataTable, Panel, side_by_side
from planner.report.factory import (
    TARGET,
    axis_of_names,
    axis_of_numbers,
    axis_of_years,
    ceiling,
    drawing,
    height_of,
    wrapped,
)
from planner.report.numbers import missing, percent, whole
from planner.report.rows import Record, by_key, records
from planner.report.view import View, clauses_of

ANYWAY = "#b7c0ca"


def led_out(view: View) -> Card:
    """Mean persons out by year end: led out by the programme, and those who would be out without it."""
    bands = view.table("bands")
    found = bands[bands["indicator"].isin(["led_out", "left_anyway"])]
    heading, unit = view.say("led.heading"), view.say("unit.persons")
    if found.empty:
        return Card("led-out", heading, unit=unit, empty=view.say("empty.led"))
    means = _means(view, found)
    top = ceiling([led + anyway for mine in means.values() for led, anyway in mine.values()])
    panels, findings = [], []
    for name in view.scenarios:
        mine = means[name]
        if not mine:
            panels.append(Panel(view.scenario(name), None, empty=view.say("empty.led")))
            continue
        end = view.schedule_end if view.schedule_end in mine else max(mine)
        led, anyway = mine[end]
        findings.append((led, view.scenario(name), anyway, end))
        label = view.say(
            "led.panel",
            scenario=view.scenario(name),
            year=end,
            led=whole(led),
            anyway=whole(anyway),
            share=percent(led / (led + anyway) if led + anyway else None),
        )
        panels.append(Panel(label, _stacked(view, name, mine, top)))
    led, name, anyway, end = max(findings)
    finding = view.say("led.finding", scenario=name, year=end, led=whole(led), anyway=whole(anyway))
    return Card(
        "led-out",
        f"{heading}{view.say('colon')}{finding}",
        unit=unit,
        panels=tuple(panels),
        columns=side_by_side(len(panels)),
        wide=True,
        tables=(_led_table(view, means),),
        notes=(view.say("led.reading"), view.say("led.assumed")),
        legend=(("bar", view.say("led.led")), ("anyway", view.say("led.anyway"))),
    )


def _means(view: View, found: pd.DataFrame) -> dict[str, dict[int, tuple[float, float]]]:
    """By scenario and year: mean persons led out, and mean persons who would have left anyway."""
    cells = {(r["scenario"], int(r["year"]), r["indicator"]): float(r["mean"]) for r in records(found)}
    years = sorted({year for _, year, _ in cells})
    return {
        name: {
            year: (cells.get((name, year, "led_out"), 0.0), cells.get((name, year, "left_anyway"), 0.0))
            for year in years
            if (name, year, "led_out") in cells or (name, year, "left_anyway") in cells
        }
        for name in view.scenarios
    }


def _stacked(view: View, scenario: str, mine: dict[int, tuple[float, float]], top: float) -> go.Figure:
    years = [str(y) for y in mine]
    traces = [
        go.Bar(
            x=years,
            y=[pair[part] for pair in mine.values()],
            name=view.say(f"led.{word}"),
            marker={"color": colour},
            hoverinfo="text",
            textposition="none",
            text=[
                f"{year} {view.say(f'led.{word}')}{view.say('colon')}{whole(pair[part])}" for year, pair in mine.items()
            ],
        )
        for part, word, colour in ((1, "anyway", ANYWAY), (0, "led", view.colour(scenario)))
    ]
    return drawing(
        traces,
        270,
        barmode="stack",
        bargap=0.35,
        xaxis=axis_of_years(view.years),
        yaxis=axis_of_numbers("", (0.0, top)),
    )


def _led_table(view: View, means: dict[str, dict[int, tuple[float, float]]]) -> DataTable:
    columns = (
        Column(view.say("column.scenario")),
        Column(view.say("column.year")),
        Column(view.say("led.led"), True),
        Column(view.say("led.anyway"), True),
        Column(view.say("led.share"), True),
    )
    rows = tuple(
        (
            view.scenario(name),
            str(year),
            whole(led),
            whole(anyway),
            percent(led / (led + anyway) if led + anyway else None),
        )
        for name, mine in means.items()
        for year, (led, anyway) in mine.items()
    )
    return DataTable(columns, rows, view.say("unit.is", unit=view.say("unit.persons")))


def by_pathway(view: View) -> Card:
    """Persons led out by each pathway in the first year, against the target of that pathway."""
    everything = view.table("pathways")
    year, unit = view.plan.horizon.first, view.say("unit.persons")
    found = everything[everything["year"] == year]
    heading = view.say("pathways.heading", year=year)
    if found.empty:
        return Card("pathways", heading, unit=unit, empty=view.say("empty.pathways"))
    there = [str(x) for x in found["pathway"].drop_duplicates()]
    order = [k for k in view.plan.pathways if k in there] + [k for k in there if k not in view.plan.pathways]
    top = ceiling([*found["persons"].tolist(), *found["target"].tolist()])
    panels, met = [], []
    for name in view.scenarios:
        mine = by_key(found[found["scenario"] == name], "pathway")
        aimed = [r for r in mine.values() if not missing(r["target"])]
        reached = sum(r["persons"] >= r["target"] for r in aimed)
        met.append(f"{view.scenario(name)} {reached}/{len(aimed)}")
        label = view.say(
            "pathways.panel",
            scenario=view.scenario(name),
            reached=reached,
            of=len(aimed),
            persons=whole(sum(float(r["persons"]) for r in mine.values())),
        )
        if not mine:
            panels.append(Panel(label, None, empty=view.say("empty.pathways")))
        else:
            panels.append(Panel(label, _pathway_bars(view, name, mine, order, top)))
    pathways = [view.plan.pathways[k] for k in order if k in view.plan.pathways]
    return Card(
        "pathways",
        f"{heading}{view.say('colon')}{view.say('pathways.finding', met=view.say('comma').join(met))}",
        unit=unit,
        panels=tuple(panels),
        columns=side_by_side(len(panels)),
        wide=True,
        tables=(_pathway_table(view, everything, order),),
        notes=(view.say("pathways.reading"),),
        clauses=clauses_of(p.clause for p in pathways),
        legend=(("bar", view.say("pathways.persons")), ("target", view.say("pathways.target"))),
    )


def _pathway_bars(view: View, scenario: str, mine: dict[str, Record], order: list[str], top: float) -> go.Figure:
    shown = [k for k in order if k in mine]
    labels = {k: wrapped(view.pathway(k), view.label_width) for k in order}
    aimed = [k for k in shown if not missing(mine[k]["target"])]
    traces = [
        go.Bar(
            x=[float(mine[k]["persons"]) for k in shown],
            y=[labels[k] for k in shown],
            orientation="h",
            name=view.say("pathways.persons"),
            marker={"color": view.colour(scenario)},
            hoverinfo="text",
            textposition="none",
            text=[
                f"{wrapped(view.pathway(k), 40)}<br>{whole(float(mine[k]['persons']))} / "
                f"{whole(float(mine[k]['target']))}"
                for k in shown
            ],
        ),
        go.Scatter(
            x=[float(mine[k]["target"]) for k in aimed],
            y=[labels[k] for k in aimed],
            mode="markers",
            name=view.say("pathways.target"),
            marker={"symbol": "line-ns", "size": 18, "line": {"width": 3, "color": TARGET}},
            hoverinfo="skip",
        ),
    ]
    return drawing(
        traces,
        height_of([labels[k] for k in order]),
        bargap=0.35,
        xaxis=axis_of_numbers("", (0.0, top)) | {"nticks": 5},
        yaxis=axis_of_names([labels[k] for k in order], reverse=True),
    )


def _pathway_table(view: View, found: pd.DataFrame, order: list[str]) -> DataTable:
    columns = (
        Column(view.say("column.scenario")),
        Column(view.say("column.year")),
        Column(view.say("column.pathway")),
        Column(view.say("pathways.persons"), True),
        Column(view.say("pathways.target"), True),
    )
    rank = {k: i for i, k in enumerate(order)}
    rows: list[tuple[str, ...]] = []
    for name in view.scenarios:
        mine = records(found[found["scenario"] == name])
        mine.sort(key=lambda r: (r["year"], rank.get(str(r["pathway"]), len(rank))))
        rows.extend(
            (
                view.scenario(name),
                str(r["year"]),
                view.pathway(str(r["pathway"])),
                whole(float(r["persons"])),
                whole(float(r["target"])),
            )
            for r in mine
        )
    return DataTable(columns, tuple(rows), view.say("unit.is", unit=view.say("unit.persons")))
