"""Every message and label stands in both languages, and a missing one is a programming fault."""

from __future__ import annotations

import ast
import re
import string

import pytest
from pydantic import BaseModel

from planner.errors import Fault, PlanError, UsageError
from planner.labels import LABELS
from planner.messages.table import MESSAGES
from planner.plan import model
from planner.wording import Term, known_label, label, nearest, number, render, render_all, render_usage, say

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def blanks(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("code", MESSAGES)
def test_a_message_says_the_same_in_both_languages(code):
    zh, en = MESSAGES[code]
    assert CHINESE.search(zh)
    assert len(zh.split(" | ")) == len(en.split(" | "))
    assert blanks(zh) == blanks(en) or code in {"finding.milestone_too_late", "plan.cost_not_per_unit"}
    assert "\n" not in zh + en


FAULTS = [
    code
    for code in MESSAGES
    if code.partition(".")[0] in {"reading", "form", "plan", "include", "relation", "scenario"}
]


@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_says_what_was_found_what_was_expected_and_what_to_do(code):
    for template in MESSAGES[code]:
        assert len(template.split(" | ")) == 3
        assert all(part.strip().endswith((".", "。", "?", "\uff1f")) for part in template.split(" | "))


@pytest.mark.parametrize("key", LABELS)
def test_a_label_stands_in_both_languages(key):
    zh, en = LABELS[key]
    assert en
    assert not CHINESE.search(en)
    assert zh or key == "sense.exact"


def test_every_code_that_the_loader_can_give_has_words(root):
    """A code is a text of two words with a full stop between them, in the loader's own files."""
    used: set[str] = set()
    files = [
        *(root / "planner/plan").glob("*.py"),
        *(root / "planner/scenario").glob("*.py"),
        root / "planner/reading.py",
    ]
    areas = {code.partition(".")[0] for code in FAULTS} | {"finding"}
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found = re.fullmatch(r"([a-z]+)\.[a-z_]+", node.value)
                if found and found[1] in areas:
                    used.add(node.value)
    labelled = {code for code in used if code in LABELS}
    assert used - labelled <= set(MESSAGES), sorted(used - labelled - set(MESSAGES))


def test_every_field_of_the_plan_has_a_label():
    fields = {
        name
        for kind in vars(model).values()
        if isinstance(kind, type) and issubclass(kind, BaseModel)
        for name in kind.model_fields
    }
    assert {f"field.{name}" for name in fields} <= set(LABELS)


def test_a_missing_key_is_a_programming_fault():
    with pytest.raises(KeyError):
        label("no.such_word")
    with pytest.raises(KeyError):
        say("no.such_code", {})
    with pytest.raises(KeyError):
        say("reading.alias", {})
    assert known_label("no.such_word") is None


def test_a_fault_is_one_line_with_its_address_first():
    fault = Fault("云麓-2001/plan.yaml", 14, "lines.x.unit", "plan.unknown_unit", {"found": "两"})
    assert render(fault).startswith("云麓-2001/plan.yaml:14: lines.x.unit: 单位“两”不认识。")
    assert render(fault, "en").startswith('云麓-2001/plan.yaml:14: lines.x.unit: the unit "两" is not known. ')
    assert render_all(PlanError([fault, fault])).count("\n") == 1


def test_offenders_are_named_up_to_five_and_then_counted():
    values = {"name": "井", "absent": [f"a{i}" for i in range(7)]}
    assert "a0、a1、a2、a3、a4等7个" in say("plan.works_incomplete", values)
    assert "a0, a1, a2, a3, a4 and 2 more" in say("plan.works_incomplete", values, "en")


def test_a_term_is_shown_in_the_language_of_the_reader():
    values = {"found": Term("type.nothing"), "wanted": Term("type.number")}
    assert say("form.wrong_type", values) == "写的是“空”。应为数字。请改写。"
    assert say("form.wrong_type", values, "en") == 'it says "nothing". Expected: a number. Write it so.'


def test_a_wrong_use_of_a_command_has_words_too():
    assert render_usage(UsageError("include.not_a_name", name="x"), "en").startswith('"x" is not a file name.')


@pytest.mark.parametrize(
    ("word", "meant"),
    [("raods", "roads"), ("ROADS", "roads"), ("\uff52oads", "roads"), ("grid-area", "grid_area"), ("zzz", None)],
)
def test_the_word_that_was_meant_is_found(word, meant):
    assert nearest(word, ["roads", "water", "grid_area"]) == meant


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (35000.0, "35000"),
        (1e-5, "0.00001"),
        (1234567.25, "1234567.25"),
        (1e12, "1000000000000"),
        (0.1 + 0.2, "0.3"),
        (0, "0"),
    ],
)
def test_a_number_is_printed_as_in_official_papers(value, shown):
    assert number(value) == shown
