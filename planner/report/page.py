"""The comparison as one self-contained page: no network, no upload, the same bytes for the same inputs."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import jinja2
import pandas as pd
from plotly.offline import get_plotlyjs

from planner.plan.model import Plan
from planner.report.card import Card, Question
from planner.report.factory import BASE_LAYOUT, SCENARIO_COLOURS, configuration, safe_in_script, written
from planner.report.figures.answers import three_questions
from planner.report.figures.assumptions import assumed_figures, changes, rulings
from planner.report.figures.bottlenecks import waiting
from planner.report.figures.differences import paired_differences
from planner.report.figures.exits import by_pathway, led_out
from planner.report.figures.findings import audit_findings
from planner.report.figures.gaps import resource_gaps
from planner.report.figures.lines import by_line
from planner.report.figures.measures import units_bought
from planner.report.figures.milestones import probabilities
from planner.report.figures.money import money_flow
from planner.report.figures.schedule import persons_out, villages_off
from planner.report.figures.states import flows
from planner.report.figures.townships import cap_off_by_township, money_by_township, persons_by_township
from planner.report.view import View

SECTIONS: tuple[tuple[str, tuple[Callable[[View], Card], ...]], ...] = (
    ("answers", ()),
    ("schedule", (persons_out, villages_off, probabilities)),
    ("money", (money_flow,)),
    (
        "proposals",
        (by_line, units_bought, money_by_township, persons_by_township, cap_off_by_township, paired_differences),
    ),
    ("households", (led_out, by_pathway, flows)),
    ("gaps", (resource_gaps, waiting)),
    ("audit", (audit_findings,)),
    ("assumed", (assumed_figures, rulings, changes)),
)
"""The sections of the page in their order, each with its cards."""


@dataclass(frozen=True)
class Section:
    """A section of the page: the questions (in the first) or its cards."""

    key: str
    title: str
    cards: tuple[Card, ...]
    questions: tuple[Question, ...] = ()


def sections(view: View) -> tuple[Section, ...]:
    """Every section of the page with its cards, from the tables."""
    return tuple(
        Section(
            key,
            view.say(f"section.{key}"),
            tuple(card(view) for card in cards),
            three_questions(view) if key == "answers" else (),
        )
        for key, cards in SECTIONS
    )


def page_text(
    tables: Mapping[str, pd.DataFrame],
    plan: Plan,
    lang: str,
    footer: Mapping[str, str],
    titles: Mapping[str, str] | None = None,
    register: str = "",
) -> str:
    """The whole page as HTML.

    `footer` is shown as given, in its order (scenarios, hashes, seeds, versions, command). `titles` are the scenarios'
    titles by name. `register` says of a register that was handed in what it is; a made-up one is described by the plan.

    Raises: ValueError for tables with other columns than those declared.
    """
    view = View(tables, plan, lang, titles or {}, register)
    made_up = register or plan.head.synthetic
    plotly, script = get_plotlyjs(), _text("page.js")
    settings = {
        "config": configuration(lang),
        "layout": dict(BASE_LAYOUT),
        "synthetic": f"{view.say('page.synthetic')}{view.say('colon')}{made_up}",
    }
    template = _environment(view).get_template("page.html.j2")
    return template.render(
        lang=lang,
        head=plan.head,
        made_up=made_up,
        sections=sections(view),
        footer=footer,
        style=_style(),
        scenarios=[view.scenario(n) for n in view.scenarios],
        policy=_policy((plotly, script)),
        plotly=plotly,
        script=script,
        settings=safe_in_script(json.dumps(settings, sort_keys=True)),
    )


def write_page(
    tables: Mapping[str, pd.DataFrame],
    plan: Plan,
    lang: str,
    out_path: Path,
    footer: Mapping[str, str],
    titles: Mapping[str, str] | None = None,
) -> None:
    """Write the page (see `page_text`) to a file, UTF-8, lines ended by a line feed."""
    out_path.write_text(page_text(tables, plan, lang, footer, titles), encoding="utf-8", newline="\n")


def _text(name: str) -> str:
    return files("planner.report").joinpath("templates", name).read_text(encoding="utf-8")


def _style() -> str:
    marks = "".join(f".mark.scenario{i}{{background:{colour}}}" for i, colour in enumerate(SCENARIO_COLOURS))
    return _text("page.css") + marks


def _policy(scripts: tuple[str, ...]) -> str:
    """Only our own two scripts may run, and nothing may leave the page."""
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; "
        "connect-src 'none'; font-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'"
    )


def _environment(view: View) -> jinja2.Environment:
    names = ("page.html.j2", "card.html.j2")
    environment = jinja2.Environment(
        loader=jinja2.DictLoader({name: _text(name) for name in names}),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["say"] = view.say
    environment.globals["written"] = written
    environment.globals["choice_text"] = lambda choice: json.dumps(choice, ensure_ascii=False)
    return environment
