"""What the audit of the plan found (口径校验)."""

from __future__ import annotations

from planner.report.card import Card, Column, DataTable
from planner.report.numbers import whole
from planner.report.rows import records
from planner.report.view import View

SEVERITIES = ("serious", "warn", "info")
"""From grave to slight; others stand after these."""


def audit_findings(view: View) -> Card:
    """Every finding of the audit with its clauses, the grave ones first."""
    found = records(view.table("findings"))
    heading = view.say("findings.heading")
    if not found:
        return Card("findings", heading, empty=view.say("empty.findings"))
    rank = {name: i for i, name in enumerate(SEVERITIES)}
    found.sort(key=lambda r: rank.get(str(r["severity"]), len(rank)))
    columns = tuple(Column(view.say(f"column.{k}")) for k in ("severity", "kind", "title", "found", "clause"))
    rows = tuple(
        (
            view.word("severity", str(r["severity"])),
            view.word("finding", str(r["kind"])),
            str(r["title"]),
            str(r["words"] if view.lang == "zh" else r["words_en"]),
            str(r["clauses"]),
        )
        for r in found
    )
    counts: dict[str, int] = {}
    for r in found:
        kind = view.word("finding", str(r["kind"]))
        counts[kind] = counts.get(kind, 0) + 1
    each = view.say("comma").join(f"{kind} {n}" for kind, n in counts.items())
    return Card(
        "findings",
        f"{heading}{view.say('colon')}{view.say('findings.finding', count=whole(len(rows)), each=each)}",
        tables=(DataTable(columns, rows, heading),),
        open_table=True,
        wide=True,
        notes=(view.say("findings.reading"),),
    )
