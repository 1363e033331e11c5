"""What stands on the page for one finding: a title that states it, its panels, its table, its notes.

A card knows nothing of HTML; the page and, later, the app lay it out.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import plotly.graph_objects as go


@dataclass(frozen=True)
class Column:
    """A column of a printed table: its heading (with the unit) and whether its cells are numbers."""

    heading: str
    number: bool = False


@dataclass(frozen=True)
class DataTable:
    """A printed table; every cell is text already in its printed form."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"table {self.caption}: {len(row)} cells under {len(self.columns)} headings")


@dataclass(frozen=True)
class Panel:
    """One drawing within a card, with the sentence it shows.

    `choice` is what the reader picks to see it: one value for each of the first selectors of the card (for all of
    them, or for the scenario alone); empty: always shown. `table` is the table of this panel alone.
    """

    label: str
    figure: go.Figure | None
    choice: tuple[str, ...] = ()
    table: DataTable | None = None
    empty: str = ""
    """In words, why nothing is drawn, where `figure` is None."""


@dataclass(frozen=True)
class Selector:
    """What a reader picks among the panels of a card: (value, text) pairs, and the one shown at first."""

    label: str
    options: tuple[tuple[str, str], ...]
    start: str


@dataclass(frozen=True)
class Card:
    """One finding on the page.

    `key` is stable and names the card in the address. `empty` in words, where there is nothing to show.
    """

    key: str
    title: str
    unit: str = ""
    panels: tuple[Panel, ...] = ()
    selectors: tuple[Selector, ...] = ()
    tables: tuple[DataTable, ...] = ()
    notes: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    empty: str = ""
    open_table: bool = False
    """Whether the table is the point of the card, and so stands open."""
    legend: tuple[tuple[str, str], ...] = ()
    """(kind of mark, text) pairs that explain the marks of all panels at once."""
    wide: bool = False
    """Whether the card takes the whole width of a wide screen."""
    columns: int = 1
    """Panels side by side where there is room (see `side_by_side`)."""
    scroll: bool = False
    """Whether a drawing may be wider than a narrow screen (and scrolls)."""

    def shown(self, panel: Panel) -> bool:
        """Whether a panel is among those shown at first."""
        start = tuple(s.start for s in self.selectors)
        return panel.choice == start[: len(panel.choice)]


def side_by_side(count: int) -> int:
    """How many of so many like panels stand side by side where there is room, so that the last row is full.

    >>> [side_by_side(n) for n in (1, 2, 3, 4, 5, 6)]
    [1, 2, 3, 2, 3, 3]
    """
    return {1: 1, 2: 2, 4: 2}.get(count, 3)


@dataclass(frozen=True)
class Answer:
    """One answer of the three questions for one way of funding: a verdict and what goes with it."""

    heading: str
    verdict: str
    facts: tuple[tuple[str, str], ...]
    tone: str = "plain"
    clause: str = ""


@dataclass(frozen=True)
class Question:
    """One of the three questions with its answers."""

    key: str
    heading: str
    lead: str
    answers: tuple[Answer, ...] = field(default=())
    empty: str = ""
