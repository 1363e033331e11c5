"""The three questions on top of the page, each for money once and for money repeated."""

from __future__ import annotations

from typing import Any

from planner.report.card import Answer, Question
from planner.report.numbers import decimal, missing, wan_text, whole
from planner.report.rows import records
from planner.report.view import View

QUESTIONS = ("as_written", "best_use", "least_money")
MONEY = ("once", "repeated")
MET = frozenset({"met", "found", "not_binding"})
"""Words of a status that say the question was answered with a proposal."""


def three_questions(view: View) -> tuple[Question, ...]:
    """One card per question; deterministic, and saying so."""
    found = view.table("answers")
    cards = []
    for key in QUESTIONS:
        mine = records(found[found["question"] == key])
        by_money = {str(r["money"]): r for r in mine}
        order = [m for m in MONEY if m in by_money] + [m for m in by_money if m not in MONEY]
        cards.append(
            Question(
                key,
                view.say(f"answers.{key}"),
                view.say(f"answers.lead_{key}"),
                tuple(_answer(view, by_money[m]) for m in order),
                "" if mine else view.say("empty.answers"),
            )
        )
    return tuple(cards)


def _answer(view: View, row: dict[Any, Any]) -> Answer:
    status, first, end = str(row["status"]), view.plan.horizon.first, view.schedule_end
    persons, villages = view.due("persons"), view.due("villages")
    met = status in MET
    verdict = view.word("status", status)
    clause = "" if missing(row["clause"]) else str(row["clause"] or "")
    if met and row["question"] == "least_money":
        verdict = view.say("answers.least", yuan=wan_text(row["yuan"]))
    elif met:
        reached = float(row["persons_schedule"])
        verdict = view.say(
            "answers.reaches" if reached >= persons[end] - 0.5 else "answers.short",
            year=end,
            persons=whole(reached),
            missing=whole(persons[end] - reached),
        )
        if status == "not_binding":
            verdict = view.say("answers.not_binding", verdict=verdict)
    elif clause:
        verdict = view.say("answers.stuck", status=verdict, clause=clause)

    def against(value: float, target: float) -> str:
        return view.say("answers.against", value=whole(value), target=whole(target))

    facts = [
        (view.say("answers.yuan"), view.say("answers.wan", yuan=wan_text(row["yuan"]))),
        (view.say("answers.yuan_first", year=first), view.say("answers.wan", yuan=wan_text(row["yuan_first_year"]))),
        (view.say("answers.persons", year=first), against(row["persons_first_year"], persons[first])),
        (view.say("answers.persons", year=end), against(row["persons_schedule"], persons[end])),
        (view.say("answers.villages", year=first), against(row["villages_first_year"], villages[first])),
        (
            view.say("answers.villages_capped" if row["question"] == "least_money" else "answers.villages", year=end),
            against(row["villages_schedule"], villages[end]),
        ),
        (
            view.say("answers.incidence", year=end),
            f"{decimal(row['incidence'], 2)} %" if not missing(row["incidence"]) else "—",
        ),
    ]
    if not met:
        facts = [(name, text) for name, text in facts if not text.startswith(("—", "0 "))]
    return Answer(
        view.word("money", str(row["money"])),
        verdict,
        tuple(facts),
        "met" if met else "stuck",
        clause,
    )
