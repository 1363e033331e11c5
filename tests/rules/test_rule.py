"""What may enter the catalogue of rules, and what a rule gets to see."""

from __future__ import annotations

import datetime
import os
import random
import time
from random import random as luck
from time import time as clock

import numpy as np
import pytest
from numpy.random import default_rng, rand

from planner.register.columns import HOUSEHOLD
from planner.rules.book import FILES
from planner.rules.purity import impurities
from planner.rules.rule import CATALOGUE, Kind, column_named, register
from planner.rules.verdict import of_flag

SEEN = []
TABLE = np.zeros(3)
COUNT = 0
GENERATOR = np.random.default_rng(1)


def stdlib_chance(columns, threshold):
    return columns["column"] * random.random()


def renamed_chance(columns, threshold):
    return columns["column"] * luck()


def numpy_chance(columns, threshold):
    return columns["column"] * np.random.default_rng(1).random()


def imported_generator(columns, threshold):
    return columns["column"] * default_rng(1).normal()


def imported_method_of_chance(columns, threshold):
    return columns["column"] * rand()  # noqa: NPY002


def generator_of_the_module(columns, threshold):
    return columns["column"] * GENERATOR.normal()


def reads_the_clock(columns, threshold):
    return columns["column"] * time.monotonic()


def reads_the_clock_by_another_name(columns, threshold):
    return columns["column"] * clock()


def reads_the_date(columns, threshold):
    return columns["column"] * datetime.date.today().year  # noqa: DTZ011


def reads_the_environment(columns, threshold):
    return columns["column"] * len(os.environ)


def opens_a_file(columns, threshold):
    return open("x")  # noqa: PTH123


def writes_a_global(columns, threshold):
    global COUNT  # noqa: PLW0603
    COUNT += 1
    return columns["column"]


def appends_to_a_list_of_the_module(columns, threshold):
    SEEN.append(threshold)
    return columns["column"]


def leans_on_an_array_of_the_module(columns, threshold):
    return columns["column"] + TABLE


def remembers_in_a_default(columns, threshold, seen=[]):  # noqa: B006
    return columns["column"]


def writes_an_attribute(columns, threshold):
    writes_an_attribute.last = threshold
    return columns["column"]


def imports_inside(columns, threshold):
    import math

    return columns["column"] * math.pi


def evaluates_text(columns, threshold):
    return eval("threshold")  # noqa: S307


def hides_it_in_an_inner_function(columns, threshold):
    return [luck() for _ in columns["column"]]


def _draw():
    return luck()


def hides_it_in_another_function(columns, threshold):
    return columns["column"] * _draw()


def unlocks_its_columns(columns, threshold):
    columns["column"].flags.writeable = True
    return columns["column"]


def remembers_in_an_outer_function():
    last = 0

    def rule(columns, threshold):
        nonlocal last
        last = threshold
        return columns["column"]

    return rule


IMPURE = [
    stdlib_chance, renamed_chance, numpy_chance, imported_generator, imported_method_of_chance,
    generator_of_the_module, reads_the_clock, reads_the_clock_by_another_name, reads_the_date, reads_the_environment,
    opens_a_file, writes_a_global, appends_to_a_list_of_the_module, leans_on_an_array_of_the_module,
    remembers_in_a_default, writes_an_attribute, imports_inside, evaluates_text, hides_it_in_an_inner_function,
    hides_it_in_another_function, unlocks_its_columns, remembers_in_an_outer_function(),
]  # fmt: skip


def kind(function, name="tried", reads=("column",), sort="flag") -> Kind:
    return Kind(name, "household", reads, None, sort, None, function)


def plain(columns, threshold):
    return of_flag(columns["column"])


@pytest.mark.parametrize("function", IMPURE, ids=lambda f: f.__name__)
def test_a_function_that_touches_chance_clock_files_or_lasting_state_is_refused(function):
    with pytest.raises(ValueError, match="household kind tried: "):
        register(kind(function))
    assert "tried" not in CATALOGUE["household"]


def test_a_plain_function_is_pure_even_with_inner_ones():
    limit = 3

    def with_inner(columns, threshold):
        return np.array([min(v, limit) for v in columns["column"]], np.int8)

    assert impurities(plain) == []
    assert impurities(with_inner) == []


def test_what_is_no_plain_function_is_refused():
    assert impurities(len) == ["is not a plain function"]


def test_a_name_is_taken_once_and_columns_must_exist():
    with pytest.raises(ValueError, match="household kind flag: is registered already"):
        register(kind(plain, name="flag"))
    with pytest.raises(ValueError, match="reads shoe_size, which is no column"):
        register(kind(plain, reads=("column", "shoe_size")))
    with pytest.raises(ValueError, match="sort of column"):
        register(kind(plain, sort=None))


def test_a_rule_sees_the_columns_it_names_and_no_other():
    def peeks(columns, threshold):
        return of_flag(columns["income"])

    with pytest.raises(KeyError, match="income"):
        kind(peeks).judge({"column": np.ones(2), "income": np.ones(2), "television": np.ones(2)}, column="television")


def test_a_rule_cannot_write_to_what_it_is_handed():
    def writes(columns, threshold):
        columns["column"][0] = 1
        return of_flag(columns["column"])

    mine = np.zeros(2, np.int8)
    with pytest.raises(ValueError, match="read-only"):
        kind(writes).judge({"television": mine}, column="television")
    assert mine.flags.writeable


def test_a_rule_must_answer_for_every_row():
    def forgets(columns, threshold):
        return of_flag(columns["column"][:1])

    with pytest.raises(ValueError, match="kind tried: outcomes int8"):
        kind(forgets).judge({"television": np.ones(2)}, column="television")


@pytest.mark.parametrize(
    "found", [k for kinds in CATALOGUE.values() for k in kinds.values()], ids=lambda k: f"{k.level}-{k.name}"
)
def test_every_registered_kind_uses_each_column_that_it_names(found):
    for left_out in found.reads:
        columns = {name: np.ones(2) for name in found.reads if name != left_out}
        with pytest.raises(KeyError, match=left_out):
            found.function(columns, 1.0)


def test_shares_of_households_are_columns_of_a_village_for_every_flag():
    flags = [c.name for c in HOUSEHOLD.values() if c.kind == "flag"]
    assert all(column_named("village", f"share_{name}").unit == "比例" for name in flags)
    assert column_named("village", "share_persons") is None
    assert column_named("household", "share_insured") is None
    assert len(FILES) == len(CATALOGUE)
