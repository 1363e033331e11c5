"""What every figure is drawn from: the tidy tables, the plan, the language, and the names in it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

import pandas as pd

from planner.plan.figures import Origin
from planner.plan.model import Plan
from planner.report.card import Selector
from planner.report.factory import SCENARIO_COLOURS, SCENARIO_SYMBOLS
from planner.report.wording import WORDS, say
from planner.tables import TABLES, check_columns

SCENARIO_ORDER = ("bands", "money", "lines", "planned", "yearly", "milestones", "gaps", "changes")
"""Tables from which the scenarios and their order are read: the first that is there says."""


class Named(Protocol):
    """An entry of the plan that has a name in both languages."""

    @property
    def name(self) -> str:
        """The Chinese name."""

    @property
    def english(self) -> str:
        """The English name."""


def clauses_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Each clause once, out of texts in which several are joined by `;`.

    >>> clauses_of(["a; b", "b", ""])
    ('a', 'b')
    """
    return tuple(dict.fromkeys(c for text in texts for c in map(str.strip, text.split(";")) if c))


@dataclass(frozen=True)
class View:
    """The tables of a study, with its plan, seen in one language.

    `titles` gives a scenario's title by its name, where it has one. A table not given counts as empty.

    Raises: ValueError for a table with other columns than those declared, or for more than six scenarios.
    """

    tables: Mapping[str, pd.DataFrame]
    plan: Plan
    lang: str
    titles: Mapping[str, str] = field(default_factory=dict)
    register: str = ""
    """What is to be said of a register that was handed in; empty where it is made up."""

    def __post_init__(self) -> None:
        for name, table in self.tables.items():
            check_columns(name, table.columns)
        if self.lang not in ("zh", "en"):
            raise ValueError(f"language {self.lang}")
        if len(self.scenarios) > len(SCENARIO_COLOURS):
            raise ValueError(f"{len(self.scenarios)} scenarios, at most {len(SCENARIO_COLOURS)} fit one page")

    def table(self, name: str) -> pd.DataFrame:
        """A table by name, empty with its columns where it was not given."""
        if name in self.tables:
            return self.tables[name]
        return pd.DataFrame({column: [] for column in TABLES[name]})

    def rows(self, name: str, **where: object) -> pd.DataFrame:
        """Rows of a table in which each named column has the given value."""
        found = self.table(name)
        for column, value in where.items():
            found = found[found[column] == value]
        return found

    @cached_property
    def scenarios(self) -> tuple[str, ...]:
        """Names of the scenarios in the order of the first table that has any."""
        for name in SCENARIO_ORDER:
            found = self.tables.get(name)
            if found is not None and len(found):
                return tuple(str(x) for x in found["scenario"].drop_duplicates())
        return ()

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years of the plan's horizon."""
        return self.plan.horizon.years

    @property
    def label_width(self) -> int:
        """Half-width letters on one line of a label down an axis."""
        return 16 if self.lang == "zh" else 20

    def say(self, key: str, **values: object) -> str:
        """A sentence of the page in the view's language."""
        handed_in = f"{key}.handed_in"
        return say(self.lang, handed_in if self.register and handed_in in WORDS else key, **values)

    def scenario(self, name: str) -> str:
        """A scenario's title, or its name where it has none."""
        return self.titles.get(name) or name

    def selector(self, busy: Container[str]) -> Selector:
        """The choice of a scenario; shown first is the first one of those that have something to show."""
        start = next((n for n in self.scenarios if n in busy), self.scenarios[0])
        return Selector(self.say("column.scenario"), tuple((n, self.scenario(n)) for n in self.scenarios), start)

    def colour(self, scenario: str) -> str:
        """The colour of a scenario, the same in every figure."""
        return SCENARIO_COLOURS[self.scenarios.index(scenario)]

    def symbol(self, scenario: str) -> str:
        """The mark of a scenario, the same in every figure."""
        return SCENARIO_SYMBOLS[self.scenarios.index(scenario)]

    def named(self, entries: Mapping[str, Named], key: str) -> str:
        """The name of an entry of the plan; the key itself where the plan does not know it."""
        entry = entries.get(key)
        if entry is None:
            return key
        return entry.name if self.lang == "zh" else entry.english

    def line(self, key: str) -> str:
        """The name of a fund line."""
        return self.named(self.plan.lines, key)

    def leaf_lines(self, table: pd.DataFrame) -> pd.DataFrame:
        """The rows of lines that have no part of their own in the table, so that sums count every yuan once."""
        there = set(table["line"])
        parents = {self.plan.lines[k].parent for k in there if k in self.plan.lines}
        return table[~table["line"].isin(parents)]

    def head_line(self, key: str) -> str:
        """The line at the top of the tree above a line."""
        entry = self.plan.lines.get(key)
        return key if entry is None or entry.parent is None else self.head_line(entry.parent)

    def source(self, key: str) -> str:
        """The name of a fund source."""
        return self.named(self.plan.sources, key)

    def measure(self, key: str) -> str:
        """The name of a measure, or of money without a task."""
        return self.named(self.plan.measures, key) if key in self.plan.measures else self.word("measure", key)

    def pathway(self, key: str) -> str:
        """The name of a pathway."""
        if key not in self.plan.pathways:
            return self.word("pathway", key)
        return self.named(self.plan.pathways, key)

    def milestone(self, key: str) -> str:
        """The name of a milestone."""
        return self.named(self.plan.milestones, key)

    def word(self, family: str, key: str) -> str:
        """The word for a coded value (state, indicator, reading …); the value itself where none is known."""
        name = f"{family}.{key}"
        return self.say(name) if name in WORDS else key

    def origin(self, entry: Origin) -> str:
        """Where a number comes from, in the view's language: its clause, its source, or that it is assumed."""
        if entry.assumed is not None:
            return self.say("assumed.why", why=entry.assumed)
        return entry.clause or entry.source or ""

    def origins(self, entries: Iterable[Origin | None]) -> tuple[str, ...]:
        """Where several numbers come from: each clause once, then each source and assumption once."""
        known = [e for e in entries if e is not None]
        others = dict.fromkeys(self.origin(e) for e in known if e.clause is None)
        return (*clauses_of(e.clause for e in known if e.clause), *others)

    def due(self, kind: str) -> dict[int, float]:
        """The schedule, cumulative by year end: persons or villages that should be out; held after its last year."""
        known = self.plan.due_persons if kind == "persons" else self.plan.due_villages
        reached, found = 0.0, {}
        for year in self.years:
            reached = known.get(year, reached)
            found[year] = reached
        return found

    def due_clauses(self, kind: str) -> tuple[str, ...]:
        """Where the figures of the schedule come from, each origin once."""
        dues = self.plan.schedule.values()
        return self.origins(d.persons if kind == "persons" else d.villages for d in dues)

    @cached_property
    def schedule_end(self) -> int:
        """The last year in which anything is due."""
        due = [y for y, d in self.plan.schedule.items() if y in self.years and d.persons.value + d.villages.value > 0]
        return max(due) if due else self.years[-1]
