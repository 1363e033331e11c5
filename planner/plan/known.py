"""What is known of a plan while it is checked: its sound part, and every identifier that was written."""

from __future__ import annotations

import json

from pydantic import BaseModel, ValidationError

from planner.plan.figures import Figure, Origin, Series
from planner.plan.model import Plan
from planner.reading import Tree


class Known:
    """The sound part of a plan, its figures by path, and every identifier written (faulty entries count as there)."""

    def __init__(self, plan: Plan, tree: Tree) -> None:
        self.plan = plan
        self.written = {k: set(map(str, v)) for k, v in tree.items() if isinstance(v, dict)}
        self.figures: dict[str, Figure | Series] = {}
        self.origins: dict[str, Origin] = {}
        self.clauses: list[tuple[str, str]] = []
        """Path and text of every citation."""
        _walk(plan, "", self)
        for section, entries in tree.items():
            sound = getattr(plan, section, None)
            for key, entry in entries.items() if isinstance(entries, dict) else ():
                if isinstance(sound, dict) and str(key) not in {str(k) for k in sound}:
                    _salvage(entry, f"{section}.{key}", self)

    def ids(self, section: str) -> set[str]:
        """The identifiers written in a section."""
        return self.written.get(section, set())


def citations(loaded: Plan, tree: Tree) -> dict[str, tuple[str, ...]]:
    """Where each clause listed is cited: the paths, in the plan's order; empty for one that nothing cites."""
    where: dict[str, list[str]] = {clause: [] for clause in loaded.clauses}
    for path, text in Known(loaded, tree).clauses:
        for clause in split_clauses(text):
            where.setdefault(clause, []).append(path.removesuffix(".clause"))
    return {clause: tuple(paths) for clause, paths in where.items()}


def split_clauses(text: str) -> list[str]:
    """The clauses cited together.

    >>> split_clauses("一; 二(三)")
    ['一', '二(三)']
    """
    return [part.strip() for part in text.split(";") if part.strip()]


def _salvage(node: object, path: str, known: Known) -> None:
    """Gather what is sound inside a faulty entry: its figures and citations can be checked all the same."""
    if isinstance(node, dict):
        kind = Series if "values" in node else Figure
        if {"value", "values"} & set(node):
            try:
                _walk(kind.model_validate_json(json.dumps(node)), path, known)
            except ValidationError:
                return
            return
        if isinstance(node.get("clause"), str):
            known.clauses.append((f"{path}.clause", node["clause"]))
        for key, held in node.items():
            _salvage(held, f"{path}.{key}", known)
    elif isinstance(node, list):
        for position, held in enumerate(node):
            _salvage(held, f"{path}.{position}", known)


def _walk(node: object, path: str, known: Known) -> None:
    """Gather figures and citations below a node."""
    if isinstance(node, BaseModel):
        if isinstance(node, Origin):
            known.origins[path] = node
        if isinstance(node, (Figure, Series)):
            known.figures[path] = node
        clause = getattr(node, "clause", None)
        if isinstance(clause, str):
            known.clauses.append((f"{path}.clause", clause))
        for name in type(node).model_fields:
            _walk(getattr(node, name, None), f"{path}.{name}" if path else name, known)
    elif isinstance(node, dict):
        for key, held in node.items():
            _walk(held, f"{path}.{key}", known)
    elif isinstance(node, list):
        for position, held in enumerate(node):
            _walk(held, f"{path}.{position}", known)
