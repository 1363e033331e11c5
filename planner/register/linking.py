"""Places: which villages there are, which township each lies in, and in which village each household lives.

Names are compared as people read them (half-width, without spaces). A name that is not on the list is never taken for
another; the message says which one may have been meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.register.faultbook import FaultBook
from planner.register.headings import fold, unlike
from planner.register.parts import Part
from planner.register.personal import looks_like_name, shown
from planner.wording import nearest

Spot = tuple[Part, int]
"""A row of a part."""
MANY, HALF = 20, 0.5
"""Rows from which, and share above which, a column of villages that are all different is taken for a column of names."""


@dataclass
class Townships:
    """The townships of the register, in order."""

    names: list[str]
    closed: bool
    """Whether others are faults: the list came from the plan or from a table of townships."""
    _at: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._at = {fold(name): i for i, name in enumerate(self.names)}

    def index(self, name: str) -> int | None:
        """The place of a name on the list; an open list grows by it. None for a name that is not on a closed list."""
        key = fold(name)
        if key not in self._at and not self.closed:
            self._at[key] = len(self.names)
            self.names.append(name)
        return self._at.get(key)


@dataclass
class Village:
    """One village: its name and township, and the row it comes from (a household's where there is no village table)."""

    name: str
    township: int
    spot: Spot | None = None


@dataclass
class Villages:
    """The villages of the register, in order."""

    found: list[Village] = field(default_factory=list)
    by_place: dict[tuple[int, str], int] = field(default_factory=dict)
    """Township and folded name to row."""
    by_name: dict[str, list[int]] = field(default_factory=dict)
    unread: bool = False
    """Whether a row of the table has no name that can be read, so that a village may only seem to be missing."""

    def add(self, village: Village) -> int:
        """Enter a village; its row."""
        row = len(self.found)
        self.found.append(village)
        self.by_place[village.township, fold(village.name)] = row
        self.by_name.setdefault(fold(village.name), []).append(row)
        return row


def near_name(name: str, known: Iterable[str]) -> str:
    """The known name that was probably meant; empty where none is near."""
    table = {unlike(k): k for k in known}
    return table.get(unlike(name)) or nearest(name, table.values()) or ""


def township_of(part: Part, row: int, townships: Townships, book: FaultBook) -> int | None:
    """The township that a row names; None, with a fault, where it is not on the list."""
    name = part.words("township")[row]
    if name is None:
        return None
    index = townships.index(name)
    if index is None:
        near = near_name(name, townships.names)
        code = "register.township_unknown_near" if near else "register.township_unknown"
        values = {"found": shown(name), "near": near, "known": townships.names}
        book.cell(part.sheet, row, part.position("township"), code, **values)
    return index


def villages_of_table(parts: Sequence[Part], townships: Townships, pairs: dict[str, str], book: FaultBook) -> Villages:
    """The villages of a table of villages. `pairs` tell the township of a village where the table has none."""
    villages = Villages()
    for part in parts:
        for row, name in enumerate(part.words("village")):
            if name is None or row in part.passed_over:
                villages.unread |= row not in part.passed_over
                continue
            if "township" in part.matched:
                if part.words("township")[row] is None and not book.faulty(part.sheet, row):
                    book.cell(part.sheet, row, part.position("township"), "register.cell_blank")
                index = township_of(part, row, townships, book)
            else:
                told = pairs.get(fold(name))
                index = townships.index(told) if told is not None else None
                if index is None:
                    book.cell(
                        part.sheet, row, part.position("village"), "register.village_no_township", found=shown(name)
                    )
            if index is None:
                villages.add(Village(name, -1, (part, row)))
                continue
            before = villages.by_place.get((index, fold(name)))
            if before is not None and (spot := villages.found[before].spot) is not None:
                values = {"found": shown(name), "row": spot[0].sheet.rows[spot[1]][0]}
                book.cell(part.sheet, row, part.position("village"), "register.village_twice", **values)
                continue
            villages.add(Village(name, index, (part, row)))
    return villages


def pairs_of(parts: Sequence[Part]) -> dict[str, str]:
    """Folded village to the township that households name with it most often."""
    counts: dict[str, Counter[str]] = {}
    for part in parts:
        if "township" not in part.matched:
            continue
        for village, township in zip(part.words("village"), part.words("township"), strict=True):
            if village is not None and township is not None:
                counts.setdefault(fold(village), Counter())[township] += 1
    return {village: held.most_common(1)[0][0] for village, held in counts.items()}


def derive_villages(parts: Sequence[Part], townships: Townships, book: FaultBook) -> Villages:
    """The villages that the households name, where there is no table of villages, in the order of their first household.

    One name in two townships may be two villages or a slip: it is a fault, and a table of villages settles it.
    """
    villages = Villages()
    usual = pairs_of(parts)
    for part in parts:
        names, towns = part.words("village"), part.words("township")
        for row in range(part.rows):
            name = names[row]
            if name is None or row in part.passed_over:
                continue
            key = fold(name)
            told = towns[row] if towns[row] is not None else usual.get(key)
            if told is None:
                book.cell(
                    part.sheet, row, part.position("township") or part.position("village"), "register.no_township"
                )
                continue
            if fold(told) != fold(usual.get(key, told)):
                values = {"found": shown(name), "township": shown(told), "usual": shown(usual[key])}
                book.cell(part.sheet, row, part.position("township"), "register.village_two_townships", **values)
                continue
            index = townships.index(told)
            if index is None:
                township_of(part, row, townships, book)
            elif (index, key) not in villages.by_place:
                villages.add(Village(name, index, (part, row)))
    return villages


def homes_of(part: Part, villages: Villages, townships: Townships, book: FaultBook) -> NDArray[np.int64]:
    """Row of each household's village; -1, with a fault, where it is not to be found. Shape: row of the part."""
    names, towns = part.words("village"), part.words("township")
    homes = np.full(part.rows, -1, np.int64)
    done: dict[tuple[Any, Any], tuple[int, str, dict[str, object]]] = {}
    derived = all(v.spot is None or v.spot[0].sheet.kind == "households" for v in villages.found)
    for row in range(part.rows):
        if names[row] is None or row in part.passed_over or (derived and book.faulty(part.sheet, row)):
            # Without a table of villages a faulty row may be the only one that names its village.
            continue
        key = (names[row], towns[row])
        if key not in done:
            done[key] = _home(names[row], towns[row], villages, townships)
        homes[row], code, values = done[key]
        if code == "township":
            township_of(part, row, townships, book)
        elif code:
            book.cell(part.sheet, row, part.position("village"), code, **values)
    return homes


def _home(name: str, town: str | None, villages: Villages, townships: Townships) -> tuple[int, str, dict[str, object]]:
    """Row of a village by name and township, or -1 with the code and values of a fault."""
    rows = villages.by_name.get(fold(name), [])
    index = townships.index(town) if town is not None else None
    if town is not None and index is None:
        return -1, "township", {}
    if index is not None:
        at = villages.by_place.get((index, fold(name)))
        if at is not None:
            return at, "", {}
        if rows and villages.found[rows[0]].township >= 0:
            there = townships.names[villages.found[rows[0]].township]
            return (
                -1,
                "register.village_other_township",
                {"found": shown(name), "township": shown(town), "there": there},
            )
        if rows:
            return rows[0], "", {}
    elif len(rows) == 1:
        return rows[0], "", {}
    elif rows:
        places = [townships.names[villages.found[r].township] for r in rows if villages.found[r].township >= 0]
        return -1, "register.village_ambiguous", {"found": shown(name), "places": places}
    beside = [v.name for v in villages.found if index is None or v.township == index]
    near = near_name(name, beside or [v.name for v in villages.found])
    if near and unlike(near) == unlike(name):
        return -1, "register.village_alike", {"found": shown(name), "near": near}
    if near:
        return -1, "register.village_unknown_near", {"found": shown(name), "near": near}
    if villages.unread:
        return -1, "", {}
    return -1, "register.village_unknown", {"found": shown(name), "known": [v.name for v in villages.found]}


def hold_names(parts: Sequence[Part], villages: Villages, book: FaultBook) -> None:
    """Faults of names as such: villages that only look alike, and a column of villages that holds persons."""
    alike: dict[tuple[int, str], list[int]] = {}
    for row, village in enumerate(villages.found):
        alike.setdefault((village.township, unlike(village.name)), []).append(row)
    for rows in alike.values():
        for row in rows[1:]:
            spot = villages.found[row].spot
            if spot is not None:
                values = {"found": shown(villages.found[row].name), "near": shown(villages.found[rows[0]].name)}
                book.cell(spot[0].sheet, spot[1], spot[0].position("village"), "register.village_alike", **values)
    for part in parts:
        names = [name for name in part.words("village") if name is not None]
        different = set(names)
        likely = sum(map(looks_like_name, different))
        if len(names) >= MANY and len(different) > HALF * len(names) and likely > HALF * len(different):
            book.column(part.sheet, part.position("village"), "register.names_of_persons")


def groups_of(part: Part, homes: NDArray[np.int64], counted: dict[int, dict[str, int]]) -> NDArray[np.int64]:
    """Place of each household's natural group within its village: its number, or the order in which names appear.

    `counted` holds the names met so far by village and is added to. Unknown: nought, the first group.
    """
    names = part.words("group")
    numbered = all(n is None or (str(n).isdecimal() and int(n) <= 999) for n in names)
    groups = np.zeros(part.rows, np.int64)
    for row, name in enumerate(names):
        if name is None or homes[row] < 0:
            continue
        if numbered:
            groups[row] = int(name)
        else:
            met = counted.setdefault(int(homes[row]), {})
            groups[row] = met.setdefault(fold(name), len(met))
    return groups
