"""Money and persons out by township, one panel per scenario, the same axis and order."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from planner.report.card import Card, Column, DataTable, Panel, side_by_side
from planner.report.factory import axis_of_names, axis_of_numbers, ceiling, drawing, wrapped
from planner.report.numbers import signed, wan_text, whole
from planner.report.rows import records
from planner.report.view import View


def money_by_township(view: View) -> Card:
    """Money of each township over the whole horizon, one panel per scenario, the same axis and order."""
    found = view.table("money")
    heading = view.say("township.money")
    if found.empty:
        return Card("township-money", heading, unit=view.say("unit.wan"), empty=view.say("empty.money"))
    # What is spent for the county as a whole belongs to no township; it stands in the note, not among the bars.
    placed = found["township"].isin(view.plan.townships)
    sums = (found[placed].groupby(["scenario", "township"], sort=False)["yuan"].sum() / 10_000).reset_index(
        name="value"
    )
    whole_county = found[~placed].groupby("scenario", sort=False)["yuan"].sum()
    note = view.say("colon").join(
        (
            view.say("township.county"),
            view.say("comma").join(f"{view.scenario(str(n))} {wan_text(int(y))}" for n, y in whole_county.items()),
        )
    )
    return _by_township(view, "township-money", heading, sums, view.say("unit.wan"), "money", (note,))


def persons_by_township(view: View) -> Card:
    """Persons out of each township by the end of the schedule, as a mean over the runs."""
    end = view.schedule_end
    found = view.rows("places", indicator="persons_out", year=end)
    heading = view.say("township.persons", year=end)
    if found.empty:
        return Card("township-persons", heading, unit=view.say("unit.persons"), empty=view.say("empty.places"))
    sums = found[["scenario", "township", "mean"]].rename(columns={"mean": "value"})
    return _by_township(view, "township-persons", heading, sums, view.say("unit.persons"), "persons")


def cap_off_by_township(view: View) -> Card:
    """The share of runs in which each township meets the cap-off threshold by the end of the schedule."""
    end = view.schedule_end
    found = view.rows("places", indicator="capped_off", year=end)
    heading = view.say("township.capped", year=end)
    if found.empty:
        return Card("township-capped", heading, unit="%", empty=view.say("empty.places"))
    sums = found.assign(value=found["mean"] * 100)[["scenario", "township", "value"]]
    return _by_township(view, "township-capped", heading, sums, "%", "capped")


def _by_township(
    view: View, key: str, heading: str, sums: pd.DataFrame, unit: str, kind: str, notes: tuple[str, ...] = ()
) -> Card:
    there = set(sums["township"])
    short = view.say("column.wan") if kind == "money" else unit
    order = [t for t in view.plan.townships if t in there] + sorted(there - set(view.plan.townships))
    top = ceiling(sums["value"].tolist())
    panels = []
    for name in view.scenarios:
        mine = sums[sums["scenario"] == name].set_index("township")["value"]
        if mine.empty:
            words = view.say("township.none", scenario=view.scenario(name))
            panels.append(Panel(words, None, empty=words))
            continue
        label = view.say(
            "township.panel",
            scenario=view.scenario(name),
            most=str(mine.idxmax()),
            high=whole(float(mine.max())),
            least=str(mine.idxmin()),
            low=whole(float(mine.min())),
            unit=short,
        )
        trace = go.Bar(
            x=[float(mine.get(t, 0.0)) for t in order],
            y=order,
            orientation="h",
            hoverinfo="text",
            marker={"color": view.colour(name)},
            textposition="none",
            text=[f"{wrapped(t, 40)}<br>{whole(float(mine.get(t, 0.0)))}" for t in order],
        )
        panels.append(
            Panel(
                label,
                drawing(
                    [trace],
                    50 + 19 * len(order),
                    bargap=0.25,
                    xaxis=axis_of_numbers("", (0.0, top)) | {"nticks": 5},
                    yaxis=axis_of_names(order, reverse=True) | {"dtick": 1},
                ),
            )
        )
    return Card(
        key,
        f"{heading}{view.say('colon')}{_unevenness(view, sums, short)}",
        unit=unit,
        panels=tuple(panels),
        tables=(_township_table(view, sums, order, unit, kind == "money"),),
        columns=side_by_side(len(panels)),
        wide=True,
        notes=(view.say(f"township.reading_{kind}"), *notes, view.origin(view.plan.townships_origin)),
    )


def _unevenness(view: View, sums: pd.DataFrame, unit: str) -> str:
    """The widest gap between townships, by scenario; of many scenarios the widest alone."""
    values = {str(name): mine["value"].tolist() for name, mine in sums.groupby("scenario", sort=False)}
    name = max(values, key=lambda n: max(values[n]) - min(values[n]))
    return view.say(
        "township.finding",
        scenario=view.scenario(name),
        high=whole(max(values[name])),
        low=whole(min(values[name])),
        unit=unit,
    )


def _township_table(view: View, sums: pd.DataFrame, order: list[str], unit: str, absent_is_nought: bool) -> DataTable:
    """Townships down, scenarios across; a scenario without rows has no money, but its people are not known."""
    columns = (
        Column(view.say("column.township")),
        *(Column(view.scenario(n), True) for n in view.scenarios),
        *(
            Column(view.say("column.less", one=view.scenario(n), other=view.scenario(view.scenarios[0])), True)
            for n in view.scenarios[1:]
        ),
    )
    cells = {(r["scenario"], r["township"]): float(r["value"]) for r in records(sums)}
    there = {name for name, _ in cells} | ({*view.scenarios} if absent_is_nought else set())
    rows = []
    for place in [*order, *([] if unit == "%" else [None])]:
        places = order if place is None else [place]
        values = [sum(cells.get((n, p), 0.0) for p in places) if n in there else float("nan") for n in view.scenarios]
        rows.append(
            (
                view.say("total") if place is None else place,
                *(whole(v) for v in values),
                *(signed(v - values[0]) for v in values[1:]),
            )
        )
    return DataTable(columns, tuple(rows), view.say("unit.is", unit=unit))
