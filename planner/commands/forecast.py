"""Commands that forecast: simulate one scenario, or run several side by side, and tell the answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.commands.options import (
    HandedInOption,
    Lang,
    LangOption,
    OutOption,
    RegisterOption,
    RunsOption,
    SeedOption,
    WorkersOption,
    command_line,
    language,
    source_of,
    tell_before,
    tell_register,
    write_tables,
)
from planner.quantities import print_wan
from planner.wording import Language, label, say

if TYPE_CHECKING:
    import pandas as pd

    from planner.allocation.questions import Reply
    from planner.plan.model import Plan
    from planner.register.opening import RegisterSource


def simulate(
    scenario: Annotated[str, typer.Argument(help="情景文件 | scenario")],
    out: OutOption,
    runs: RunsOption = 100,
    seed: SeedOption = 1,
    workers: WorkersOption = 2,
    register: HandedInOption = None,
    register_seed: RegisterOption = 1,
    lang: LangOption = Lang.zh,
) -> None:
    """仿真一个情景 | simulate one scenario."""
    _study([scenario], runs, seed, workers, source_of(register_seed, register), out, language(lang), questions=False)


def run(
    scenarios: Annotated[list[str], typer.Argument(help="情景文件 | scenarios")],
    out: OutOption,
    runs: RunsOption = 100,
    seed: SeedOption = 1,
    workers: WorkersOption = 2,
    register: HandedInOption = None,
    register_seed: RegisterOption = 1,
    lang: LangOption = Lang.zh,
) -> None:
    """分配、仿真、对比，写出一页结果 | allocate, simulate, compare, and write the page."""
    _study(scenarios, runs, seed, workers, source_of(register_seed, register), out, language(lang), questions=True)


def _study(
    specs: list[str],
    runs: int,
    seed: int,
    workers: int,
    source: RegisterSource,
    out: Path,
    lang: Language,
    *,
    questions: bool,
) -> None:
    from rich.console import Console
    from rich.progress import Progress

    from planner import study, verification
    from planner.register.opening import planning_register, words_on
    from planner.report.page import page_text
    from planner.storage import Folder

    cases = study.open_cases(specs)
    tell_before(cases, lang)
    tell_register(cases[-1], source, lang)
    folder = Folder(out)
    try:
        with Progress(console=Console(stderr=True), transient=True) as bar:
            tasks: dict[str, object] = {}

            def told(stage: str, done: int, total: int) -> None:
                task = tasks.setdefault(stage, bar.add_task(label(f"stage.{stage}", lang), total=total))
                bar.update(task, completed=done)  # type: ignore[arg-type]

            told("allocate", 0, len(cases))
            made, replies = study.propose(cases, source, workers, questions=questions, progress=told)
            register = planning_register(cases[-1].plan, source)
            found = study.forecast(cases, made, register, seed, runs, workers, told)
        tables = study.tables_of(cases, made, replies, register, found)
        handed_in = words_on(register, source, lang)
        manifest = study.manifest_of(command_line(), cases, source, (seed, runs))
        write_tables(folder, tables)
        verification.save_proposals(folder, {c.name: c.plan for c in cases}, made)
        footer = {
            label("footer.scenarios", lang): ", ".join(
                f"{n} {v['hash'][:12]}" for n, v in manifest["scenarios"].items()
            ),
            label("footer.seeds", lang): f"register {manifest['register']['seed']}, luck {seed}–{seed + runs - 1}",
            label("footer.versions", lang): ", ".join(f"{k} {v}" for k, v in manifest["versions"].items()),
            label("footer.command", lang): manifest["command"],
        }
        folder.text("page.html", page_text(tables, cases[-1].plan, lang, footer, study.titles(cases, lang), handed_in))
        folder.close(manifest)
    except BaseException:
        folder.drop()
        raise
    _tell(tables, replies, cases[-1].plan, study.titles(cases, lang), lang)
    typer.echo(say("cli.page", {"path": str(out / "page.html")}, lang))


def _tell(
    tables: dict[str, pd.DataFrame], replies: tuple[Reply, ...], plan: Plan, titles: dict[str, str], lang: Language
) -> None:
    """The answers and the sanity table, as a person would want to read them."""
    from planner.allocation.questions import standing_in_the_way

    last = max(plan.schedule)
    if replies:
        typer.echo(label("cli.three", lang))
    for r in replies:
        values = {
            "question": label(f"question.{r.question}", lang),
            "money": label(f"times.{r.money}", lang),
            "yuan": print_wan(r.yuan),
            "year": last,
            "persons": f"{r.persons_schedule:,.0f}",
            "villages": f"{r.villages_schedule:.0f}",
            "incidence": f"{r.incidence:.2f}",
            "clause": standing_in_the_way(r, lang),
            "first": plan.horizon.first,
            "out": f"{r.persons_first_year:,.0f}",
        }
        code = {"no_money": "cli.no_money", "not_binding": "cli.not_binding"}.get(r.status, f"cli.answer_{r.question}")
        typer.echo("  " + say(code, values, lang))
    bands = tables["bands"]
    for indicator in ("persons_out", "led_out", "left_anyway", "villages_off", "incidence"):
        typer.echo(label(f"told.{indicator}", lang))
        mine = bands[bands["indicator"] == indicator]
        for name, title in titles.items():
            each = mine[mine["scenario"] == name]
            cells = [
                f"{y}: {m:,.1f} [{a:,.1f}, {b:,.1f}]"
                for y, m, a, b in zip(each["year"], each["mean"], each["q05"], each["q95"], strict=True)
            ]
            typer.echo(f"  {title}  " + "  ".join(cells))
    for year in dict.fromkeys((plan.horizon.first, last)):
        _tell_places(tables, titles, year, lang)
    typer.echo(label("told.milestones", lang))
    for _, row in tables["milestones"].iterrows():
        key = str(row["milestone"])
        words = plan.milestones[key].name if lang == "zh" else plan.milestones[key].english
        typer.echo(
            f"  {titles[str(row['scenario'])]}  {words}: {row['probability']:.2f} [{row['low']:.2f}, {row['high']:.2f}]"
        )


def _tell_places(tables: dict[str, pd.DataFrame], titles: dict[str, str], year: int, lang: Language) -> None:
    """By township: share of the registered out and the chance of the cap-off at the end of the schedule."""
    places = tables["places"]
    mine = places[(places["year"] == year) & places["indicator"].isin(["share_out", "capped_off"])]
    wide = mine.pivot(index="township", columns=["scenario", "indicator"], values="mean")
    typer.echo(say("cli.places", {"year": year}, lang) + "  " + " | ".join(titles.values()))
    for town in dict.fromkeys(mine["township"]):
        cells = [f"{wide.loc[town, (n, 'share_out')]:4.0%} {wide.loc[town, (n, 'capped_off')]:4.0%}" for n in titles]
        typer.echo(f"  {town}  " + " | ".join(cells))
