"""The command `planner`: arguments in, a study out, every fault in words; nothing heavy is loaded before it is needed.

Exit status: 0 done; 2 faults in what was given (all listed, nothing written); 3 the clauses cannot all hold; 1 a failure
of our own, in a sentence.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.errors import AllocationError, DocumentError, Fault, Infeasible, PlannerError, UsageError
from planner.wording import Language, label, render_all, render_usage, say

if TYPE_CHECKING:
    import pandas as pd

    from planner.allocation.questions import Reply
    from planner.plan.model import Plan

DONE, OWN_FAILURE, FAULTS, CLASH = 0, 1, 2, 3

app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)
explain_app = typer.Typer(add_completion=False, no_args_is_help=True, help="为什么 | why")
app.add_typer(explain_app, name="explain", help="为什么是这个结论、这笔钱 | why this verdict, this money")


class Lang(StrEnum):
    """Languages of what is printed."""

    zh = "zh"
    en = "en"


class Engine(StrEnum):
    """Solvers that a program can be handed to."""

    highs = "highs"
    pulp_cbc = "pulp-cbc"
    pulp_highs = "pulp-highs"


LangOption = Annotated[Lang, typer.Option("--lang", help="输出语言 | language of the output")]
OutOption = Annotated[Path, typer.Option("--out", help="结果文件夹 | folder of results")]
RunsOption = Annotated[int, typer.Option("--runs", min=1, max=100_000, help="仿真次数 | replications")]
SeedOption = Annotated[int, typer.Option("--seed", min=0, help="运气种子 | luck seed")]
WorkersOption = Annotated[int, typer.Option("--workers", min=1, max=256, help="进程数 | processes")]
RegisterOption = Annotated[
    int, typer.Option("--register-seed", min=0, help="合成登记表的种子 | seed of the made-up register")
]


@app.command()
def audit(
    plan: Annotated[str, typer.Argument(help="方案或情景文件 | a plan or scenario file")],
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
        typer.echo(json.dumps([to_json(f, _lang(lang)) for f in findings], ensure_ascii=False, indent=1))
        return
    typer.echo(say("cli.audit_head", {"title": resolved.plan.head.title, "count": len(findings)}, _lang(lang)))
    typer.echo(minutes(findings, _lang(lang)))


@app.command()
def clauses(
    plan: Annotated[str, typer.Argument(help="方案或情景文件 | a plan or scenario file")],
    unused: Annotated[
        bool, typer.Option("--unused", help="只列未入模的条款和从未读取的值 | only what no run reads")
    ] = False,
    lang: LangOption = Lang.zh,
) -> None:
    """每一条款用在哪里、未用的原因，每一读法裁定 | where each clause is used, or why not; every ruling."""
    from planner.plan.clauses import listing
    from planner.scenario.resolving import resolve_many

    typer.echo(listing(resolve_many(plan).plan, _lang(lang), unused=unused))


@app.command()
def diff(
    a: Annotated[str, typer.Argument(help="方案或情景 | plan or scenario")],
    b: Annotated[str, typer.Argument(help="方案或情景 | plan or scenario")],
    lang: LangOption = Lang.zh,
) -> None:
    """两个情景差在哪里、为什么 | what differs between two scenarios, and why."""
    from planner.scenario.difference import minutes
    from planner.scenario.resolving import resolve_many

    typer.echo(minutes(resolve_many(a), resolve_many(b), _lang(lang)))


@app.command()
def allocate(
    scenario: Annotated[str, typer.Argument(help="情景文件，可用 + 连接 | scenario, several joined by +")],
    out: OutOption,
    write_mps: Annotated[Path | None, typer.Option("--write-mps", help="另存 MPS | also write MPS")] = None,
    write_lp: Annotated[Path | None, typer.Option("--write-lp", help="另存 LP | also write LP")] = None,
    solver: Annotated[Engine, typer.Option("--solver", help="求解器 | solver")] = Engine.highs,
    register_seed: RegisterOption = 1,
    lang: LangOption = Lang.zh,
) -> None:
    """分配资金，得出安排建议 | divide the money: a proposal."""
    from planner import study
    from planner.storage import Folder

    cases = study.open_cases([scenario])
    folder = Folder(out)
    try:
        made, _ = study.propose(cases, register_seed, 1, solver.value, questions=False, progress=_quiet)
        tables = study.tables_of(cases, made, (), study.register_of(cases[0], register_seed), ())
        _write(folder, tables)
        study.save_proposals(folder, cases, made)
        _export(cases[0].plan, register_seed, write_lp, write_mps)
        folder.close(study.manifest_of(_command(), cases, register_seed, None))
    except BaseException:
        folder.drop()
        raise
    proposal = made[0]
    own = {name for name, s in cases[0].plan.sources.items() if s.account == "plan"}
    for year in proposal.years:
        values = {
            "year": year,
            "yuan": _wan(proposal.yuan(year, own)),
            "persons": f"{proposal.persons_out(year):,.0f}",
            "villages": f"{proposal.villages_off(year):.1f}",
        }
        typer.echo(say("cli.allocated_year", values, _lang(lang)))
    typer.echo(say("cli.written", {"path": str(out)}, _lang(lang)))


@app.command()
def verify(
    directory: Annotated[Path, typer.Argument(help="结果文件夹 | folder of results")], lang: LangOption = Lang.zh
) -> None:
    """不用求解器，逐条复核安排建议 | re-check a proposal without the solver."""
    from planner import study
    from planner.errors import ResultError

    broken = []
    for name, (certificate, faults) in study.verify(directory).items():
        if certificate is None:
            typer.echo(say("cli.verify_nothing", {"name": name}, _lang(lang)))
        else:
            worst = certificate.worst.relative if certificate.worst else 0.0
            values = {"name": name, "rows": certificate.rows, "columns": certificate.columns, "worst": f"{worst:.1e}"}
            typer.echo(say("cli.verified" if certificate.holds else "cli.refused", values, _lang(lang)))
            for proof in certificate.proofs:
                said = {
                    "rank": label(f"rank.{proof.name}", _lang(lang)),
                    "value": f"{proof.objective:.6g}",
                    "gap": f"{proof.gap:.1e}",
                }
                typer.echo("  " + say("cli.proof", said, _lang(lang)))
        broken += list(faults)
        if certificate is not None and not certificate.holds:
            broken += [_breach(directory, name, b.block, b.label, b.clause) for b in certificate.breaches[:5]]
    if broken:
        raise ResultError(broken)


@app.command()
def simulate(
    scenario: Annotated[str, typer.Argument(help="情景文件 | scenario")],
    out: OutOption,
    runs: RunsOption = 100,
    seed: SeedOption = 1,
    workers: WorkersOption = 2,
    register_seed: RegisterOption = 1,
    lang: LangOption = Lang.zh,
) -> None:
    """仿真一个情景 | simulate one scenario."""
    _study([scenario], runs, seed, workers, register_seed, out, _lang(lang), questions=False)


@app.command()
def run(
    scenarios: Annotated[list[str], typer.Argument(help="情景文件 | scenarios")],
    out: OutOption,
    runs: RunsOption = 100,
    seed: SeedOption = 1,
    workers: WorkersOption = 2,
    register_seed: RegisterOption = 1,
    lang: LangOption = Lang.zh,
) -> None:
    """分配、仿真、对比，写出一页结果 | allocate, simulate, compare, and write the page."""
    _study(scenarios, runs, seed, workers, register_seed, out, _lang(lang), questions=True)


@explain_app.command("household")
def explain_household(
    number: Annotated[int, typer.Argument(help="户编号 | household number")],
    scenario: Annotated[str, typer.Option("--scenario", help="方案或情景 | plan or scenario")],
    year: Annotated[int | None, typer.Option("--year", help="年份 | year")] = None,
    register_seed: RegisterOption = 1,
    lang: LangOption = Lang.zh,
) -> None:
    """一户为何达标或不达标 | why a household meets the standard or not."""
    from planner import study
    from planner.rules.explanation import explain_household as explain

    case = study.open_case(scenario)
    register = study.register_of(case, register_seed)
    typer.echo(explain(case.plan, register, number, _year(case.plan, year), _lang(lang)).text())


@explain_app.command("village")
def explain_village(
    name: Annotated[str, typer.Argument(help="村名或行号 | village name or row")],
    scenario: Annotated[str, typer.Option("--scenario", help="方案或情景 | plan or scenario")],
    year: Annotated[int | None, typer.Option("--year", help="年份 | year")] = None,
    register_seed: RegisterOption = 1,
    lang: LangOption = Lang.zh,
) -> None:
    """一村为何达标或不达标 | why a village meets the standard or not."""
    from planner import study
    from planner.rules.explanation import explain_village as explain

    case = study.open_case(scenario)
    register = study.register_of(case, register_seed)
    names = register.villages["name"].tolist()
    row = int(name) if name.isdecimal() else (names.index(name) if name in names else -1)
    if row < 0:
        raise UsageError("usage.no_village", name=name)
    typer.echo(explain(case.plan, register, row, _year(case.plan, year), _lang(lang)).text())


@explain_app.command("line")
def explain_line(
    line: Annotated[str, typer.Argument(help="资金项编号 | line id")],
    results: Annotated[Path, typer.Option("--results", help="结果文件夹 | folder of results")],
    lang: LangOption = Lang.zh,
) -> None:
    """一项资金为何是这个数 | why a line gets this money."""
    from planner import study

    typer.echo(study.account_of(results, line, _lang(lang)))


def _year(plan: Plan, asked: int | None) -> int:
    if asked is not None and asked not in plan.horizon.years:
        raise UsageError("usage.year", year=asked, first=plan.horizon.first, last=plan.horizon.last)
    return plan.horizon.first if asked is None else asked


def _study(
    specs: list[str],
    runs: int,
    seed: int,
    workers: int,
    register_seed: int,
    out: Path,
    lang: Language,
    *,
    questions: bool,
) -> None:
    from rich.console import Console
    from rich.progress import Progress

    from planner import study
    from planner.plan.clauses import notes_before_run
    from planner.report.page import page_text
    from planner.storage import Folder

    cases = study.open_cases(specs)
    for case in cases:
        for note in notes_before_run(case.plan, [c.path for c in case.resolved.changes], lang):
            typer.echo(f"{case.name}: {note}", err=True)
    folder = Folder(out)
    try:
        with Progress(console=Console(stderr=True), transient=True) as bar:
            tasks: dict[str, object] = {}

            def told(stage: str, done: int, total: int) -> None:
                task = tasks.setdefault(stage, bar.add_task(label(f"stage.{stage}", lang), total=total))
                bar.update(task, completed=done)  # type: ignore[arg-type]

            told("allocate", 0, len(cases))
            made, replies = study.propose(cases, register_seed, workers, questions=questions, progress=told)
            register = study.register_of(cases[-1], register_seed)
            found = study.forecast(cases, made, register, seed, runs, workers, told)
        tables = study.tables_of(cases, made, replies, register, found)
        manifest = study.manifest_of(_command(), cases, register_seed, (seed, runs))
        _write(folder, tables)
        study.save_proposals(folder, cases, made)
        footer = {
            label("footer.scenarios", lang): ", ".join(
                f"{n} {v['hash'][:12]}" for n, v in manifest["scenarios"].items()
            ),
            label("footer.seeds", lang): f"register {register_seed}, luck {seed}–{seed + runs - 1}",
            label("footer.versions", lang): ", ".join(f"{k} {v}" for k, v in manifest["versions"].items()),
            label("footer.command", lang): manifest["command"],
        }
        folder.text("page.html", page_text(tables, cases[-1].plan, lang, footer, study.titles(cases)))
        folder.close(manifest)
    except BaseException:
        folder.drop()
        raise
    _tell(tables, replies, cases[-1].plan, study.titles(cases), lang)
    typer.echo(say("cli.page", {"path": str(out / "page.html")}, lang))


def _tell(
    tables: dict[str, pd.DataFrame], replies: tuple[Reply, ...], plan: Plan, titles: dict[str, str], lang: Language
) -> None:
    """The answers and the sanity table, as a person would want to read them."""
    last = max(plan.schedule)
    if replies:
        typer.echo(label("cli.three", lang))
    for r in replies:
        values = {
            "question": label(f"question.{r.question}", lang),
            "money": label(f"times.{r.money}", lang),
            "yuan": _wan(r.yuan),
            "year": last,
            "persons": f"{r.persons_schedule:,.0f}",
            "villages": f"{r.villages_schedule:.0f}",
            "incidence": f"{r.incidence:.2f}",
            "clause": r.clause,
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


def _export(plan: Plan, register_seed: int, lp: Path | None, mps: Path | None) -> None:
    if lp is None and mps is None:
        return
    from planner import study
    from planner.allocation.pulp_view import write_lp, write_mps

    program, cost = study.first_rank(plan, register_seed)
    if lp is not None:
        write_lp(program, cost, lp)
    if mps is not None:
        write_mps(program, cost, mps)


def _write(folder: object, tables: dict[str, pd.DataFrame]) -> None:
    for name, table in tables.items():
        folder.table(name, table)  # type: ignore[attr-defined]


def _breach(directory: Path, name: str, block: str, about: tuple[object, ...], clause: str) -> Fault:
    return Fault(str(directory), 0, f"{name}.{block}", "result.breach", {"about": str(about), "clause": clause})


def _wan(yuan: int) -> str:
    from planner.quantities import print_wan

    return print_wan(yuan)


def _quiet(stage: str, done: int, total: int) -> None:
    return None


def _lang(lang: Lang) -> Language:
    return "en" if lang is Lang.en else "zh"


def _command() -> str:
    return "planner " + " ".join(sys.argv[1:])


def _asked_language(arguments: list[str]) -> Language:
    for i, argument in enumerate(arguments):
        if argument == "--lang=en" or (argument == "--lang" and arguments[i + 1 : i + 2] == ["en"]):
            return "en"
    return "zh"


def main() -> None:
    """Run the command; every error becomes words and an exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.exit(_guarded(app, _asked_language(sys.argv[1:])))


def _guarded(command: Callable[[], object], lang: Language) -> int:
    try:
        command()
    except DocumentError as error:
        typer.echo(render_all(error, lang), err=True)
        return FAULTS
    except UsageError as error:
        typer.echo(render_usage(error, lang), err=True)
        return FAULTS
    except Infeasible as error:
        typer.echo(say("cli.infeasible", {"clauses": "; ".join(error.clauses)}, lang), err=True)
        return CLASH
    except (AllocationError, PlannerError) as error:
        typer.echo(say("cli.own_failure", {"what": str(error)}, lang), err=True)
        return OWN_FAILURE
    except OSError as error:
        typer.echo(
            say("cli.os_failure", {"what": error.strerror or str(error), "path": error.filename or ""}, lang), err=True
        )
        return FAULTS
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else OWN_FAILURE
    except Exception as error:
        if os.environ.get("PLANNER_TRACEBACK"):
            raise
        typer.echo(say("cli.own_failure", {"what": f"{type(error).__name__}: {error}"}, lang), err=True)
        return OWN_FAILURE
    return DONE
