"""What is not in the document: assumptions with their ranges, and what each scenario changes."""

from __future__ import annotations

from planner.report.card import Card, Column, DataTable, Panel
from planner.report.numbers import decimal, interval, missing, whole
from planner.report.rows import records
from planner.report.view import View
from planner.wording import Language


def assumed_figures(view: View) -> Card:
    """Every figure that is assumed or comes from outside the document, with its range where it has one."""
    found = records(view.table("assumptions"))
    heading = view.say("assumptions.heading")
    if not found:
        return Card("assumptions", heading, empty=view.say("empty.assumptions"))
    columns = tuple(
        Column(view.say(f"column.{key}"), number)
        for key, number in (
            ("path", False),
            ("kind", False),
            ("value", True),
            ("unit", False),
            ("range", True),
            ("origin", False),
            ("clause", False),
        )
    )
    rows = tuple(
        (
            str(r["path"]),
            view.word("origin", str(r["kind"])),
            str(r["value"]),
            str(r["unit"]),
            "—" if missing(r["low"]) else interval(decimal(float(r["low"]), 4), decimal(float(r["high"]), 4)),
            str(r["origin"]),
            str(r["clause"] or ""),
        )
        for r in found
    )
    kinds: dict[str, int] = {}
    for row in rows:
        kinds[row[1]] = kinds.get(row[1], 0) + 1
    each = view.say("comma").join(f"{kind} {n}" for kind, n in kinds.items())
    title = view.say("assumptions.finding", count=whole(len(rows)), each=each)
    return Card(
        "assumptions",
        f"{heading}{view.say('colon')}{title}",
        tables=(DataTable(columns, rows, heading),),
        wide=True,
        notes=(view.say("assumptions.reading"),),
    )


def rulings(view: View) -> Card:
    """Readings of the plan that a person has to choose, with the choice these results rest on."""
    heading = view.say("rulings.heading")
    if not view.plan.rulings:
        return Card("rulings", heading, empty=view.say("empty.rulings"))
    lang: Language = "en" if view.lang == "en" else "zh"
    columns = tuple(Column(view.say(f"column.{k}")) for k in ("question", "choice", "others", "clause"))
    rows = tuple(
        (
            r.asked(lang),
            r.said(r.choice, lang),
            view.say("semicolon").join(r.said(key, lang) for key in r.options if key != r.choice),
            r.clause,
        )
        for r in view.plan.rulings.values()
    )
    title = view.say("rulings.finding", count=whole(len(rows)))
    return Card(
        "rulings",
        f"{heading}{view.say('colon')}{title}",
        tables=(DataTable(columns, rows, heading),),
        open_table=True,
        wide=True,
        notes=(view.say("rulings.reading"),),
    )


def changes(view: View) -> Card:
    """What each scenario changes in the plan, before and after, and why."""
    found = view.table("changes")
    heading = view.say("changes.heading")
    if found.empty:
        return Card("changes", heading, empty=view.say("empty.changes"))
    columns = tuple(Column(view.say(f"column.{k}")) for k in ("path", "before", "after", "why", "clause"))
    panels = []
    for name in view.scenarios:
        mine = records(found[found["scenario"] == name])
        label = view.say("changes.panel", scenario=view.scenario(name), count=whole(len(mine)))
        if not mine:
            words = view.say("changes.none", scenario=view.scenario(name))
            panels.append(Panel(words, None, choice=(name,), empty=words))
            continue
        rows = tuple(tuple(str(r[k] or "") for k in ("path", "before", "after", "why", "clause")) for r in mine)
        panels.append(Panel(label, None, choice=(name,), table=DataTable(columns, rows, label)))
    total = view.say("comma").join(f"{view.scenario(n)} {len(found[found['scenario'] == n])}" for n in view.scenarios)
    return Card(
        "changes",
        f"{heading}{view.say('colon')}{view.say('changes.finding', each=total)}",
        panels=tuple(panels),
        open_table=True,
        wide=True,
        selectors=(view.selector(set(found["scenario"])),),
    )
