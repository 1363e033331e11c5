"""Commands about a plan's own figures: audit, clauses, diff."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from planner.commands.options import Lang, LangOption, PlanArgument, language
from planner.wording import say


def audit(
    plan: PlanArgument,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON | as JSON")] = False,
    lang: LangOption = Lang.zh,
) -> None:
    """口径校验：方案自己的数字对不对得上 | audit: whether the plan's own figures agree."""
    from planner.plan.audit import audit as audit_plan
    from planner.plan.findings import minutes, to_json
    from planner.scenario.resolving import resolve_many

    resolved = resolve_many(plan)
    findings = audit_plan(resolved.plan)
    if as_json:
        typer.echo(json.dumps([to_json(f, language(lang)) for f in findings], ensure_ascii=False, indent=1))
        return
    typer.echo(
        say(
            "cli.audit_head",
            {"title": resolved.plan.head.titled(language(lang)), "count": len(findings)},
            language(lang),
        )
    )
    typer.echo(minutes(findings, language(lang)))


def clauses(
    plan: PlanArgument,
    unused: Annotated[
        bool, typer.Option("--unused", help="只列未入模的条款和从未读取的值 | only what no run reads")
    ] = False,
    lang: LangOption = Lang.zh,
) -> None:
    """每一条款用在哪里、未用的原因，每一读法裁定 | where each clause is used, or why not; every ruling."""
    from planner.plan.clauses import listing
    from planner.scenario.resolving import resolve_many

    typer.echo(listing(resolve_many(plan).plan, language(lang), unused=unused))


def diff(
    a: Annotated[str, typer.Argument(help="方案或情景 | plan or scenario")],
    b: Annotated[str, typer.Argument(help="方案或情景 | plan or scenario")],
    lang: LangOption = Lang.zh,
) -> None:
    """两个情景差在哪里、为什么 | what differs between two scenarios, and why."""
    from planner.scenario.difference import minutes
    from planner.scenario.resolving import resolve_many

    typer.echo(minutes(resolve_many(a), resolve_many(b), language(lang)))
