"""References of a plan that lead nowhere, run in a ring, or name a total where a part is meant."""

from __future__ import annotations

from collections.abc import Iterator

from planner.plan.form import Slip
from planner.plan.known import Known, split_clauses
from planner.plan.model import Plan
from planner.wording import nearest


def clauses_exist(known: Known) -> Iterator[Slip]:
    """Every clause cited stands under clauses."""
    listed = known.ids("clauses")
    for path, text in known.clauses:
        for clause in split_clauses(text) or [""]:
            if clause not in listed:
                yield from _dangling(path, clause, listed, "plan.unknown_clause")


def _dangling(path: str, name: str, listed: set[str], code: str) -> Iterator[Slip]:
    near = nearest(name, sorted(listed))
    if near:
        yield Slip(path, f"{code}_near", {"name": name, "near": near})
    else:
        yield Slip(path, code, {"name": name, "section": path.partition(".")[0]})


def references_exist(known: Known) -> Iterator[Slip]:
    """Every entry referred to by another stands in its section."""
    for path, name, section in _references(known.plan):
        if name not in known.ids(section):
            near = nearest(name, sorted(known.ids(section)))
            code = "plan.unknown_reference_near" if near else "plan.unknown_reference"
            yield Slip(path, code, {"name": name, "section": section, "near": near or ""})


def _references(plan: Plan) -> Iterator[tuple[str, str, str]]:
    """Path, identifier and section of every reference between entries."""
    for key, line in plan.lines.items():
        if line.parent is not None:
            yield f"lines.{key}.parent", line.parent, "lines"
    for key, source in plan.sources.items():
        if source.parent is not None:
            yield f"sources.{key}.parent", source.parent, "sources"
        for position, name in enumerate(source.pays):
            yield f"sources.{key}.pays.{position}", name, "lines"
        for position, name in enumerate(source.measures or ()):
            yield f"sources.{key}.measures.{position}", name, "measures"
    for key, measure in plan.measures.items():
        yield f"measures.{key}.line", measure.line, "lines"
        if measure.pathway is not None:
            yield f"measures.{key}.pathway", measure.pathway, "pathways"
    # a faulty regime is left out of the sound part
    for position, name in enumerate(getattr(plan.regime, "pathways_first", ())):
        yield f"regime.pathways_first.{position}", name, "pathways"
    yield from _references_of_rules(plan)


def _references_of_rules(plan: Plan) -> Iterator[tuple[str, str, str]]:
    for key, relation in plan.relations.items():
        if relation.ruling is not None:
            yield f"relations.{key}.ruling", relation.ruling, "rulings"
    for key, standard in plan.standards.items():
        if standard.ruling is not None:
            yield f"standards.{key}.ruling", standard.ruling, "rulings"
        if standard.pathway is not None:
            yield f"standards.{key}.pathway", standard.pathway, "pathways"


def criteria_exist(known: Known) -> Iterator[Slip]:
    """What a measure closes is a criterion."""
    listed = known.ids("household_criteria") | known.ids("village_criteria")
    for key, measure in known.plan.measures.items():
        for position, name in enumerate(measure.closes):
            if name not in listed:
                yield from _dangling(f"measures.{key}.closes.{position}", name, listed, "plan.unknown_criterion")


def rulings_exist(known: Known) -> Iterator[Slip]:
    """Every ruling that a number depends on is there."""
    for path, origin in known.origins.items():
        if origin.ruling is not None and origin.ruling not in known.ids("rulings"):
            yield from _dangling(f"{path}.ruling", origin.ruling, known.ids("rulings"), "plan.unknown_ruling")


def trees_have_no_ring(known: Known) -> Iterator[Slip]:
    """Parents of lines and of sources come to an end."""
    lines = {k: v.parent for k, v in known.plan.lines.items()}
    sources = {k: v.parent for k, v in known.plan.sources.items()}
    told: set[str] = set()
    for section, parents in (("lines", lines), ("sources", sources)):
        for key, parent in parents.items():
            passed, above = [key], parent
            while above is not None and above in parents and above not in passed:
                passed.append(above)
                above = parents[above]
            if above == key and told.isdisjoint(f"{section}.{name}" for name in passed):
                told |= {f"{section}.{name}" for name in passed}
                yield Slip(f"{section}.{key}.parent", "plan.ring", {"ring": " → ".join([*passed, key])})


def sources_pay_leaves(known: Known) -> Iterator[Slip]:
    """Sources pay lines that have no parts."""
    if any(trees_have_no_ring(known)):
        return
    parents = {line.parent for line in known.plan.lines.values() if line.parent}
    for key, source in known.plan.sources.items():
        for position, name in enumerate(source.pays):
            if name in parents:
                parts = [k for k, v in known.plan.lines.items() if v.parent == name]
                yield Slip(f"sources.{key}.pays.{position}", "plan.pays_parent", {"line": name, "parts": parts})


def measures_draw_on_leaves(known: Known) -> Iterator[Slip]:
    """Measures draw on lines that have no parts."""
    if any(trees_have_no_ring(known)):
        return
    parents = {line.parent for line in known.plan.lines.values() if line.parent}
    for key, measure in known.plan.measures.items():
        if measure.line in parents:
            parts = [k for k, v in known.plan.lines.items() if v.parent == measure.line]
            yield Slip(f"measures.{key}.line", "plan.draws_on_parent", {"line": measure.line, "parts": parts})
