"""The command `planner`: arguments in, a study out, every fault in words; nothing heavy is loaded before it is needed.

Exit status: 0 done; 2 faults in what was given (all listed, nothing written); 3 the clauses cannot all hold; 1 a failure
of our own, in a sentence.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import typer

from planner.commands.allocation import allocate, verify
from planner.commands.explain import explain_app
from planner.commands.forecast import run, simulate
from planner.commands.needs import needs
from planner.commands.plan import audit, clauses, diff
from planner.commands.register import register_app
from planner.commands.tasks import tasks
from planner.errors import AllocationError, DocumentError, Infeasible, PlannerError, UsageError
from planner.wording import Language, render_all, render_usage, say

DONE, OWN_FAILURE, FAULTS, CLASH = 0, 1, 2, 3

app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)
for _command in (audit, clauses, diff, needs, allocate, verify, tasks, simulate, run):
    app.command()(_command)
app.add_typer(explain_app, name="explain", help="为什么是这个结论、这笔钱 | why this verdict, this money")
app.add_typer(register_app, name="register", help="登记表 | the register")


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
        from planner.register.personal import without_numbers

        what = without_numbers(f"{type(error).__name__}: {error}")
        typer.echo(say("cli.own_failure", {"what": what}, lang), err=True)
        return OWN_FAILURE
    return DONE
