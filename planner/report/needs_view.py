"""Needs as sheets to be read: the county by measure, kinds of village, townships, villages by rank, and one village."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from planner.comparison.needs import held_tasks, task_of
from planner.plan.model import Criterion
from planner.quantities import split_unit
from planner.report.numbers import percent, wan_text, whole
from planner.report.sheet import Block, Head, Kind, Row, Sheet
from planner.rules.book import threshold_in
from planner.rules.needs import Needs
from planner.rules.printing import UNITS_IN_ENGLISH
from planner.rules.ranking import VillageNeeds, village_needs
from planner.rules.rule import CATALOGUE
from planner.terms import Places
from planner.wording import Language, label, number, say

ACCOUNTS = ("plan", "side")


def county_sheet(found: Needs, lang: Language) -> Sheet:
    """Each measure with what is needed, the plan's task of the year beside it, cost, and who waits."""

    def row(key: str) -> Row:
        need = found.measures[key]
        units = float(need.units.sum())
        task, covered = task_of(found, key)
        return (
            _name(found.plan.measures[key], lang),
            _unit(found, key, lang),
            units,
            task,
            covered / units if task >= 0 and units > 0 else float("nan"),
            int(need.yuan.sum()),
            int(need.own_yuan.sum()),
            _recurs(found, key, lang),
            int(need.households.sum()),
            int(need.persons.sum()),
            int(need.unknown.sum()),
            int(need.instead.sum()),
            float(need.beyond.sum()),
        )

    heads = (
        *_heads(lang, measure="text", unit="text", units="units", task="units", covered="share"),
        *_heads(lang, adding=True, money="money", own="money"),
        *_heads(lang, recurs="text", households="count", persons="count"),
        *_heads(lang, adding=True, unknown="count"),
        *_heads(lang, instead="count", beyond_units="units"),
    )
    notes = [
        *_shared_notes(found, lang),
        say("needs.once_only", {}, lang),
        say("needs.cover", {}, lang),
        say("needs.beyond", {}, lang),
        *_notes_of_measures(found, lang),
    ]
    return _sheet(found, _title("county", found, lang), heads, _blocks(found, row, lang), notes, lang)


def measure_sheet(found: Needs, lang: Language) -> Sheet:
    """Each measure with the units needed in each kind of village."""
    kinds = found.places

    def row(key: str) -> Row:
        need = found.measures[key]
        units = need.summed(kinds, len(Places)).units
        return (
            _name(found.plan.measures[key], lang),
            _unit(found, key, lang),
            *(float(units[kind]) for kind in Places),
            float(need.units.sum()),
            int(need.yuan.sum()),
            int(need.own_yuan.sum()),
            _recurs(found, key, lang),
            int(need.unknown.sum()),
        )

    heads = (
        *_heads(lang, measure="text", unit="text", due="units", poor="units", other="units", units="units"),
        *_heads(lang, adding=True, money="money", own="money"),
        *_heads(lang, recurs="text"),
        *_heads(lang, adding=True, unknown="count"),
    )
    notes = [*_shared_notes(found, lang), say("needs.once_only", {}, lang)]
    return _sheet(found, _title("measure", found, lang), heads, _blocks(found, row, lang), notes, lang)


def township_sheet(found: Needs, lang: Language) -> Sheet:
    """Each township with its villages, households and cost."""
    count = len(found.register.townships)
    listed = found.register.villages["poor_village"] == 1
    villages = village_needs(found)
    town = found.townships

    def of(values: Mapping[int, int]) -> list[int]:
        total = [0] * count
        for village, value in values.items():
            total[int(town[village])] += value
        return total

    columns = (
        of(dict.fromkeys(np.flatnonzero(listed).tolist(), 1)),
        of({v.row: 1 for v in villages if v.lacking}),
        of({v.row: v.persons for v in villages}),
        of({v.row: v.open_households for v in villages}),
        of({v.row: v.open_persons for v in villages}),
        of({v.row: v.below_line for v in villages}),
        of({v.row: v.gap_yuan for v in villages}),
        of({v.row: v.yuan for v in villages}),
        of({v.row: v.yearly_yuan for v in villages}),
        of({v.row: v.own_yuan for v in villages}),
        of({v.row: v.side_yuan for v in villages}),
        of({v.row: v.to_verify for v in villages}),
    )
    rows: tuple[Row, ...] = tuple(
        (name, *(column[t] for column in columns)) for t, name in enumerate(found.register.townships)
    )
    heads = (
        *_heads(lang, township="text"),
        *_heads(lang, adding=True, poor_villages="count", villages_open="count", poor_persons="count"),
        *_heads(lang, adding=True, open_households="count", open_persons="count", below="count", gap="money"),
        *_heads(lang, adding=True, money_once="money", money_yearly="money", own="money", side="money"),
        *_heads(lang, adding=True, unknown="count"),
    )
    notes = _shared_notes(found, lang)
    return _sheet(found, _title("township", found, lang), heads, (Block(rows),), notes, lang)


def village_sheet(found: Needs, lang: Language) -> Sheet:
    """The villages on the list by rank, with what each lacks in words and what it costs."""
    villages = village_needs(found)
    names, townships = found.register.villages["name"], found.register.villages["township"]

    def row(v: VillageNeeds) -> Row:
        return (
            str(names[v.row]),
            v.rank,
            found.register.townships[int(townships[v.row])],
            str(v.due_year),
            v.persons,
            len(v.lacking),
            v.to_leave if v.to_leave >= 0 else float("nan"),
            v.open_households,
            v.below_line,
            v.yuan,
            v.yearly_yuan,
            v.own_yuan,
            v.per_person if np.isfinite(v.per_person) else float("nan"),
            v.to_verify,
            _names(found, v.lacking, lang),
        )

    heads = (
        *_heads(lang, village="text", rank="count", township="text", due_year="text"),
        *_heads(lang, adding=True, poor_persons="count", criteria="count", leave="count"),
        *_heads(lang, adding=True, open_households="count", below="count"),
        *_heads(lang, adding=True, money_once="money", money_yearly="money", own="money"),
        *_heads(lang, per_person="count"),
        *_heads(lang, adding=True, unknown="count"),
        *_heads(lang, names="text"),
    )
    others = [v for v in villages if v.rank == 0]
    said = {
        "count": len(others),
        "yuan": wan_text(sum(v.yuan for v in others)),
        "yearly": wan_text(sum(v.yearly_yuan for v in others)),
    }
    notes = [
        say("needs.order", {}, lang),
        say("needs.others", said, lang) if others else "",
        *_shared_notes(found, lang),
    ]
    rows = tuple(row(v) for v in villages if v.rank > 0)
    return _sheet(found, _title("village", found, lang), heads, (Block(rows),), notes, lang)


def one_village_sheet(found: Needs, row: int, lang: Language) -> Sheet:
    """What it takes to cap one village off: each measure, and the criteria that are open, in words."""
    ranking = village_needs(found)
    village = next(v for v in ranking if v.row == row)

    def of(key: str) -> Row:
        need = found.measures[key]
        return (
            _name(found.plan.measures[key], lang),
            _unit(found, key, lang),
            float(need.units[row]),
            int(need.yuan[row]),
            int(need.own_yuan[row]),
            _recurs(found, key, lang),
            int(need.households[row]),
            int(need.persons[row]),
            int(need.unknown[row]),
            int(need.instead[row]),
        )

    heads = (
        *_heads(lang, measure="text", unit="text", units="units"),
        *_heads(lang, adding=True, money="money", own="money"),
        *_heads(lang, recurs="text", households="count", persons="count"),
        *_heads(lang, adding=True, unknown="count"),
        *_heads(lang, instead="count"),
    )

    def asked_for(key: str) -> bool:
        need = found.measures[key]
        return bool(need.units[row] > 0 or need.unknown[row] > 0 or need.instead[row] > 0)

    title = say(
        "needs.title_one",
        {
            "village": str(found.register.villages["name"][row]),
            "township": found.register.townships[int(found.townships[row])],
            "year": found.year,
        },
        lang,
    )
    listed = sum(v.rank > 0 for v in ranking)
    notes = [*_about_village(found, village, listed, lang), say("needs.standard", {"year": found.year}, lang)]
    return _sheet(found, title, heads, _blocks(found, of, lang, asked_for), notes, lang, step=100)


def _about_village(found: Needs, village: VillageNeeds, listed: int, lang: Language) -> list[str]:
    """Its place in the ranking, its open criteria, the persons that have to leave, and what its households lack."""
    said: dict[str, object] = {
        "persons": village.persons,
        "due": village.due_year,
        "rank": village.rank,
        "count": listed,
    }
    if village.rank == 0:
        notes = [say("needs.not_listed", said, lang)]
    else:
        notes = [say("needs.ranked", said, lang)]
        for code, names in (("needs.lacking", village.lacking), ("needs.doubtful", village.unknown)):
            if names:
                notes.append(say(code, {"count": len(names), "names": _names(found, names, lang)}, lang))
        if not village.lacking and not village.unknown:
            notes.append(say("needs.all_met", {}, lang))
        notes += _incidence(found, village, lang)
    for code, by_criterion in (
        ("needs.lacking_households", found.lacking),
        ("needs.doubtful_households", found.doubtful),
    ):
        counts = {name: int(households[village.row]) for name, households in by_criterion.items()}
        notes += _counted(found, code, counts, lang)
    return notes


def _counted(found: Needs, code: str, counts: dict[str, int], lang: Language) -> list[str]:
    """Household criteria with a number of households each, those with none left out."""
    criteria = found.plan.household_criteria
    names = [f"{_name(criteria[name], lang)} {whole(count)}" for name, count in counts.items() if count]
    return [say(code, {"names": _joined(names, lang)}, lang)] if names else []


def _incidence(found: Needs, village: VillageNeeds, lang: Language) -> list[str]:
    thresholds = [
        percent(threshold_in(criterion, found.year))
        for criterion in found.plan.village_criteria.values()
        if CATALOGUE["village"][criterion.kind].quotient is not None
    ]
    if not thresholds:
        return []
    if village.to_leave < 0:
        return [say("needs.leave_unknown", {}, lang)]
    return [say("needs.leave", {"threshold": _joined(thresholds, lang), "persons": village.to_leave}, lang)]


def _shared_notes(found: Needs, lang: Language) -> list[str]:
    """What every sheet says: the standard, the distinct households, income, what is to be verified."""
    gap = found.gap
    distinct = {
        "all": whole(int(found.households.sum())),
        "households": whole(int(found.open_households.sum())),
        "persons": whole(int(found.open_persons.sum())),
    }
    notes = [say("needs.standard", {"year": found.year}, lang), say("needs.distinct", distinct, lang)]
    lines = [
        number(threshold_in(criterion, found.year))
        for criterion in found.plan.household_criteria.values()
        if CATALOGUE["household"][criterion.kind].threshold == "income"
    ]
    if lines:
        income = {
            "line": _joined(lines, lang),
            "households": whole(int(gap.households.sum())),
            "persons": whole(int(gap.persons.sum())),
            "gap": wan_text(int(gap.yuan.sum())),
            "transfer": whole(int(gap.transfer.sum())),
            "nothing": whole(int(gap.nothing.sum())),
        }
        notes.append(say("needs.income", income, lang))
    for name, criterion in found.plan.household_criteria.items():
        left = int(found.nothing[name].sum())
        if left and CATALOGUE["household"][criterion.kind].threshold != "income":
            notes.append(say("needs.nothing", {"name": _name(criterion, lang), "households": left}, lang))
    verify = sum(int(need.unknown.sum()) for need in found.measures.values())
    if verify:
        notes.append(say("needs.verify", {"count": verify}, lang))
    doubtful = {name: int(households.sum()) for name, households in found.doubtful.items()}
    notes += _counted(found, "needs.doubtful_households", doubtful, lang)
    unsized = int(found.size_unknown.sum())
    if unsized:
        notes.append(say("needs.unsized", {"households": unsized}, lang))
    return notes


def _notes_of_measures(found: Needs, lang: Language) -> list[str]:
    measures = found.plan.measures
    notes = [
        say("needs.moved_along", {"name": _name(measures[key], lang)}, lang)
        for key, need in found.measures.items()
        if measures[key].moved_along is not None and need.units.sum() > 0
    ]
    held = held_tasks(found)
    if held:
        names = _joined([_name(measures[key], lang) for key in held], lang)
        notes.append(say("needs.held", {"count": len(held), "names": names}, lang))
    return notes


def _blocks(
    found: Needs, row: Callable[[str], Row], lang: Language, chosen: Callable[[str], bool] = lambda _: True
) -> tuple[Block, ...]:
    """Measures of the plan's own account, then those beside it, each with its sum where both are there."""
    made = []
    for account in ACCOUNTS:
        keys = [key for key in found.measures if found.account(key) == account and chosen(key)]
        if keys:
            made.append(Block(tuple(row(key) for key in keys), label(f"needs.{account}_total", lang)))
    return tuple(made) if len(made) > 1 else tuple(Block(block.rows) for block in made)


def _heads(lang: Language, *, adding: bool = False, **kinds: Kind) -> tuple[Head, ...]:
    return tuple(Head(label(f"needs.{key}", lang), kind, adding) for key, kind in kinds.items())


def _title(view: str, found: Needs, lang: Language) -> str:
    return say(f"needs.title_{view}", {"place": found.plan.head.place, "year": found.year}, lang)


def _synthetic(found: Needs, lang: Language) -> str:
    if not found.register.synthetic:
        return ""
    return say("needs.synthetic", {"seed": found.register.seed, "what": found.plan.head.synthetic}, lang)


def _sheet(
    found: Needs,
    title: str,
    heads: tuple[Head, ...],
    blocks: tuple[Block, ...],
    notes: list[str],
    lang: Language,
    step: int = 10_000,
) -> Sheet:
    said = tuple(note for note in notes if note)
    return Sheet(title, heads, blocks, label("needs.total", lang), said, lang, _synthetic(found, lang), step)


def _name(named: object, lang: Language) -> str:
    return str(getattr(named, "name" if lang == "zh" else "english"))


def _names(found: Needs, criteria: tuple[str, ...], lang: Language) -> str:
    held: list[Criterion] = [found.plan.village_criteria[name] for name in criteria]
    return _joined([_name(criterion, lang) for criterion in held], lang)


def _joined(names: list[str], lang: Language) -> str:
    return ("、" if lang == "zh" else "; ").join(names)


def _unit(found: Needs, key: str, lang: Language) -> str:
    unit = split_unit(found.plan.measures[key].unit)[0]
    return unit if lang == "zh" else UNITS_IN_ENGLISH.get(unit, unit)


def _recurs(found: Needs, key: str, lang: Language) -> str:
    return label("needs.yes", lang) if found.plan.measures[key].recurring else ""
