"""A bureau's own tables become a register: read, recognised, checked, linked; every fault in one report, or nothing.

Personal data are dropped on the way in (`planner.register.personal`). What no table says stays unknown and never becomes
met later; what was accepted though it could be a slip is noted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from planner.errors import Fault, RegisterError
from planner.plan.model import Plan
from planner.register.archive import Limits
from planner.register.building import household_columns, numbers_of, spread, village_columns
from planner.register.checking import check_households, check_ids, check_villages, share_of_repeated
from planner.register.faultbook import FaultBook
from planner.register.gathering import Source, gather_files
from planner.register.headings import REQUIRED, Kind, fold
from planner.register.incomes import settle_incomes
from planner.register.linking import (
    Townships,
    Villages,
    derive_villages,
    groups_of,
    hold_names,
    homes_of,
    pairs_of,
    villages_of_table,
)
from planner.register.mapping import Mapped, load_mapping
from planner.register.matching import known_as, match, missing_faults, recognise
from planner.register.members import households_sheet
from planner.register.model import Register
from planner.register.noting import note_columns, note_plan
from planner.register.parts import Part, read_part
from planner.register.personal import key_of
from planner.register.persons import fill_from_persons
from planner.register.sheets import Sheet

Rows = NDArray[np.int64]
TABLE_OF_PERSONS = 0.2
"""Share of repeated household numbers from which a table of households is taken for one of persons."""


@dataclass(frozen=True)
class Order:
    """What is to be imported, and how."""

    files: tuple[Path, ...]
    mapping: Path | None = None
    plan: Plan | None = None
    """Whose townships are the only ones, and whose population the register is compared with."""
    salt: bytes | None = None
    """Secret by which identity numbers become keys; without it they are dropped."""
    skip_faulty: bool = False
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True)
class Rejected:
    """One row that was set aside, with its faults."""

    part: Part
    row: int
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Imported:
    """A register, and what is worth knowing of its making."""

    register: Register
    ids: tuple[str | None, ...]
    """The bureau's own number of each household; empty where the register's numbers are these. Shape: household."""
    keys: tuple[str | None, ...]
    """Salted key of each household; empty without a secret. Shape: household."""
    notes: tuple[Fault, ...]
    rejected: tuple[Rejected, ...]
    sources: tuple[Source, ...]


@dataclass
class _Tables:
    """The parts of an import by kind."""

    households: list[Part] = field(default_factory=list)
    villages: list[Part] = field(default_factory=list)
    members: list[Part] = field(default_factory=list)
    townships: list[Part] = field(default_factory=list)
    about: list[Part] = field(default_factory=list)

    def of(self, kind: Kind) -> list[Part]:
        """The parts of a kind."""
        found: list[Part] = getattr(self, kind)
        return found


def import_register(order: Order) -> Imported:
    """The register in a bureau's files.

    Raises: RegisterError with every fault of every file; where rows may be set aside, only with what is no row's fault.
    """
    book = FaultBook()
    mapped = load_mapping(order.mapping) if order.mapping is not None else Mapped()
    opened = gather_files(order.files, book, order.limits)
    sheets = [
        sheet
        for grid in opened.grids
        if (sheet := recognise(grid, mapped, book, alone=grid.file in opened.alone)) is not None
    ]
    tables = _parts_of(sheets, mapped, book, order)
    if not tables.households and not book.faults:
        names = ", ".join(source.name for source in opened.sources)
        book.file(names, "register.no_households", sheets=[g.name or g.file for g in opened.grids])
    if book.faults:
        raise RegisterError(book.all())
    return _Import(order, tables, book, opened.sources).run()


def _parts_of(sheets: Sequence[Sheet], mapped: Mapped, book: FaultBook, order: Order) -> _Tables:
    """Every sheet, its columns matched and its cells read."""
    tables = _Tables()
    keyed = order.salt is not None
    with_households = any(sheet.kind == "households" for sheet in sheets)
    for sheet in sheets:
        both = sheet.kind == "members" and not with_households
        aside = _household_positions(sheet) if both else frozenset()
        matched = match(sheet, mapped, book, keyed=keyed, aside=aside)
        wanted = REQUIRED[sheet.kind]
        if sheet.kind == "households" and any(s.kind == "members" for s in sheets):
            wanted = tuple(t for t in wanted if t != "persons")
        book.faults += missing_faults(sheet, wanted, matched)
        if any(t not in matched for t in wanted):
            continue
        part = read_part(sheet, matched, book)
        tables.of(sheet.kind).append(part)
        if both:
            house = _house_part(part, mapped, book, keyed=keyed)
            if house is not None:
                tables.households.append(house)
    for part in (*tables.households, *tables.villages):
        spread(part)
    for part in tables.households:
        if not tables.members and share_of_repeated(part) > TABLE_OF_PERSONS:
            book.column(part.sheet, part.position("id"), "register.persons_as_households")
    return tables


def _household_positions(sheet: Sheet) -> frozenset[int]:
    """Columns of a table of persons that belong to the household."""
    return frozenset(
        i
        for i, h in enumerate(sheet.headings)
        if known_as("members", h) is None and known_as("households", h) is not None
    )


def _house_part(part: Part, mapped: Mapped, book: FaultBook, *, keyed: bool) -> Part | None:
    """The table of households inside a table of persons."""
    copy = Sheet(part.sheet.file, part.sheet.name, "households", part.sheet.head, part.sheet.headings, part.sheet.rows)
    aside = frozenset(m.position for t, m in part.matched.items() if t != "id")
    matched = match(copy, mapped, FaultBook(), keyed=keyed, aside=aside)
    faults = missing_faults(copy, ("village",), matched)
    book.faults += faults
    if faults:
        return None
    positions = {target: m.position for target, m in matched.items()}
    sheet = households_sheet(part, positions, book)
    sheet.columns = positions
    return read_part(sheet, matched, book)


class _Import:
    """The steps from parts to a register."""

    def __init__(self, order: Order, tables: _Tables, book: FaultBook, sources: tuple[Source, ...]) -> None:
        self.order, self.tables, self.book, self.sources = order, tables, book, sources
        self.townships = self._townships()

    def run(self) -> Imported:
        """Check, link, set aside where that is allowed, and build."""
        tables, book = self.tables, self.book
        lost = fill_from_persons(tables.households, tables.members, book)
        for part in tables.households:
            persons = part.numbers("persons")
            settle_incomes(part, persons, self.order.plan, book)
            check_households(part, persons, book)
        for part in tables.villages:
            check_villages(part, book)
        check_ids(tables.households, book)
        villages = self._villages()
        homes = [homes_of(part, villages, self.townships, book) for part in tables.households]
        hold_names(tables.households, villages, book)
        if book.faults or (book.of_rows and not self.order.skip_faulty):
            raise RegisterError(book.all())
        return self._build(villages, homes, lost)

    def _townships(self) -> Townships:
        """The plan's, else those of a table of townships, else whatever the tables name."""
        if self.order.plan is not None:
            return Townships(list(self.order.plan.townships), closed=True)
        listed = [name for part in self.tables.townships for name in part.words("township") if name is not None]
        return Townships(list(dict.fromkeys(listed)), closed=bool(listed))

    def _villages(self) -> Villages:
        tables = self.tables
        if tables.villages:
            return villages_of_table(tables.villages, self.townships, pairs_of(tables.households), self.book)
        return derive_villages(tables.households, self.townships, self.book)

    def _build(self, villages: Villages, homes: list[Rows], lost: frozenset[str]) -> Imported:
        tables, book = self.tables, self.book
        sound = [
            row
            for row, village in enumerate(villages.found)
            if village.township >= 0 and village.spot is not None
            and (village.spot[0].sheet.kind != "villages" or not book.faulty(village.spot[0].sheet, village.spot[1]))
        ]  # fmt: skip
        self._set_aside(villages, homes, set(sound), lost)
        kept = [
            np.array([r for r in range(part.rows) if not book.faulty(part.sheet, r)], dtype=np.int64)
            for part in tables.households
        ]
        if not sum(map(len, kept)):
            raise RegisterError(book.all())
        if not tables.villages:
            lived_in = {int(h) for home, rows in zip(homes, kept, strict=True) for h in home[rows]}
            sound = [row for row in sound if row in lived_in]
        new = np.full(len(villages.found), -1, np.int64)
        new[sound] = np.arange(len(sound))
        counted: dict[int, dict[str, int]] = {}
        groups = [
            groups_of(p, np.where(h < 0, -1, new[h]), counted) for p, h in zip(tables.households, homes, strict=True)
        ]
        ids = [p.words("id")[r] for p, rows in zip(tables.households, kept, strict=True) for r in rows]
        numbers, own = numbers_of(ids)
        columns = household_columns(tables.households, kept, [new[h] for h in homes], groups, numbers)
        synthetic, seed = self._mark()
        register = Register.of(
            columns, village_columns(villages, sound), tuple(self.townships.names), synthetic=synthetic, seed=seed
        )
        note_columns(tables.households, tables.villages, own=own, book=book)
        note_plan(register, self.order.plan, book, tables.villages)
        rejected = self._rejected()
        return Imported(
            register, () if own else tuple(ids), self._keys(kept), book.notes, rejected, self.sources
        )  # fmt: skip

    def _set_aside(self, villages: Villages, homes: list[Rows], sound: set[int], lost: frozenset[str]) -> None:
        """Households whose village or whose persons were set aside go with them."""
        for part, home in zip(self.tables.households, homes, strict=True):
            ids = part.words("id")
            for row in range(part.rows):
                if self.book.faulty(part.sheet, row):
                    continue
                if home[row] not in sound and self.tables.villages:
                    self.book.cell(part.sheet, row, part.position("village"), "register.village_set_aside")
                elif ids[row] in lost:
                    self.book.cell(part.sheet, row, part.position("id"), "register.person_set_aside")

    def _rejected(self) -> tuple[Rejected, ...]:
        tables = self.tables
        return tuple(
            Rejected(part, row, tuple(self.book.of_rows[id(part.sheet), row]))
            for part in (*tables.villages, *tables.households, *tables.members)
            for row in range(part.rows)
            if (id(part.sheet), row) in self.book.of_rows
        )

    def _keys(self, kept: list[Rows]) -> tuple[str | None, ...]:
        """The salted key of each household's identity number."""
        salt = self.order.salt
        if salt is None:
            return ()
        return tuple(
            None if number is None else key_of(number, salt)
            for part, rows in zip(self.tables.households, kept, strict=True)
            for number in part.words("identity")[rows]
        )

    def _mark(self) -> tuple[bool, int]:
        """Whether the tables say of themselves that they are made up, and with which seed."""
        told = {
            fold(str(item)): str(content)
            for part in self.tables.about
            for item, content in zip(part.words("item"), part.words("content"), strict=True)
            if item is not None
        }
        seed = told.get(fold(ABOUT_SEED), "0")
        return told.get(fold(ABOUT_SYNTHETIC)) == "是", int(seed) if seed.isdecimal() and len(seed) < 19 else 0


ABOUT_SYNTHETIC, ABOUT_SEED = "合成数据", "合成种子"
"""Items of the table about the register by which a made-up one stays known as such."""
