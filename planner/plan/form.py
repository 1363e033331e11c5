"""The form of a document: its tree against a frozen model, each departure told as a slip with a path and a code.

The one place that knows how pydantic words its errors; they are translated into codes of `planner.messages.table`.
"""

from __future__ import annotations

import json
import re
import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from planner.reading import Tree
from planner.wording import Term, nearest

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Slip:
    """A fault that knows its path but not yet its file and line."""

    path: str
    code: str
    values: Mapping[str, object] = field(default_factory=dict)


_TYPES = {
    "string_type": "type.words",
    "float_type": "type.number",
    "int_type": "type.whole_number",
    "int_from_float": "type.whole_number",
    "int_parsing": "type.whole_number",
    "bool_type": "type.truth",
    "dict_type": "type.mapping",
    "model_type": "type.mapping",
    "model_attributes_type": "type.mapping",
    "list_type": "type.list",
    "tuple_type": "type.list",
}
_BOUNDS = {
    "greater_than": ("gt", "form.must_exceed"),
    "greater_than_equal": ("ge", "form.too_low"),
    "less_than": ("lt", "form.must_stay_below"),
    "less_than_equal": ("le", "form.too_high"),
}


def slips_of(model: type[M], tree: Tree, untrusted: Iterable[str], whole: bool) -> tuple[M | None, list[Slip]]:
    """The tree as a frozen model, or the slips that prevent it.

    `untrusted` paths were already reported by the reader; nothing more is said about them. Where reading broke off
    (`whole` false), nothing is called missing.
    """
    try:
        return model.model_validate_json(json.dumps(tree)), []
    except ValidationError as refused:
        reported = tuple(untrusted)
        slips: dict[tuple[str, str], Slip] = {}
        for error in refused.errors(include_url=False):
            place = _place(error["loc"], tree)
            if place is None or _told(place, error["type"], reported):
                continue
            if error["type"] == "missing" and not whole:
                continue
            slip = _slip(model, error, place, _held(tree, place))
            slips.setdefault((slip.path, slip.code), slip)
        return None, _merged(slips)


def _merged(slips: Mapping[tuple[str, str], Slip]) -> list[Slip]:
    """One slip for one fault: a misspelt key is not also a missing one, and a stray comma is told once."""
    meant = {
        f"{s.path.rpartition('.')[0]}.{s.values['near']}" for s in slips.values() if s.code == "form.unknown_key_near"
    }
    cut = {s.path for s in slips.values() if s.code == "form.stray_comma"}
    kept = []
    for slip in slips.values():
        absent = (
            slip.code in ("form.missing_key", "form.missing_unit")
            and f"{'.' * ('.' not in slip.path)}{slip.path}" in meant
        )
        if not absent and (slip.code == "form.stray_comma" or slip.path not in cut):
            kept.append(slip)
    return kept


def _told(path: str, kind: str, reported: tuple[str, ...]) -> bool:
    around = kind == "value_error" and any(r.startswith(f"{path}.") for r in reported)
    return around or any(path == r or path.startswith(f"{r}.") for r in reported)


def _place(loc: tuple[int | str, ...], tree: Tree) -> str | None:
    """The dotted path of an error; None where it belongs to the branch of a union that was not meant."""
    steps: list[str] = []
    here: Any = tree
    for step in loc:
        if step == "[key]":
            continue
        branch = _branch(step)
        if branch is not None:
            if branch != ("Series" if isinstance(here, dict) and "values" in here else "Figure"):
                return None
            continue
        steps.append(str(step))
        if isinstance(here, dict):
            here = here.get(str(step))
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            here = here[step]
        else:
            here = None
    return ".".join(steps)


def _branch(step: int | str) -> str | None:
    """The member of a union that a step of a location names, if it names one."""
    found = re.fullmatch(r"function-[a-z]+\[.*?(Figure|Series)\]+", str(step))
    return found[1] if found else None


def _held(tree: Any, path: str) -> Any:
    """What stands at a path, as far as it goes by mappings."""
    for step in path.split("."):
        tree = tree.get(step) if isinstance(tree, dict) else None
    return tree


def _slip(model: type[BaseModel], error: Mapping[str, Any], path: str, held: Any) -> Slip:
    kind, given, context = error["type"], error.get("input"), error.get("ctx", {})
    name = str([step for step in error["loc"] if step != "[key]"][-1])
    if kind in ("extra_forbidden", "string_pattern_mismatch", "string_type") and _cut_by_comma(held, name):
        return Slip(path, "form.stray_comma", {"key": name[:40]})
    if kind == "missing":
        return _missing(path, name)
    if kind == "extra_forbidden":
        return _unknown_key(path, name, sorted(_allowed(model, error["loc"][:-1])))
    if kind in _TYPES:
        return _wrong_type(path, kind, given)
    if kind in _BOUNDS:
        bound, code = _BOUNDS[kind]
        return Slip(path, code, {"found": given, "bound": context.get(bound)})
    if kind == "literal_error":
        return _not_on_list(path, str(given), str(context.get("expected", "")))
    if kind == "value_error":
        return _broken_rule(path, str(context["error"]), given)
    return _ill_formed(path, name, kind, given, context)


def _unknown_key(path: str, name: str, allowed: list[str]) -> Slip:
    near = nearest(name, allowed)
    if near:
        return Slip(path, "form.unknown_key_near", {"key": name, "near": near})
    return Slip(path, "form.unknown_key", {"key": name, "allowed": ", ".join(allowed)})


def _broken_rule(path: str, rule: str, given: Any) -> Slip:
    """A rule that several keys of one entry break together; its name is the text of the model's ValueError."""
    held = given if isinstance(given, dict) else {}
    if rule == "ruling_choice":
        allowed = ", ".join(held.get("options", {}))
        return Slip(f"{path}.choice", "plan.ruling_choice", {"found": str(held.get("choice")), "allowed": allowed})
    if rule == "one_origin":
        several = [key for key in ("clause", "source", "assumed") if held.get(key) is not None]
        return Slip(path, "plan.two_origins" if several else "plan.no_origin", {"found": several})
    if rule == "range_order":
        return Slip(f"{path}.range", "plan.range_order", {"found": held.get("range", [])})
    return Slip(path, f"plan.{rule}", {"found": _brief(given)})


def _ill_formed(path: str, name: str, kind: str, given: Any, context: Mapping[str, Any]) -> Slip:
    """A value of the right type that is too long, too short or of the wrong shape."""
    if kind == "string_pattern_mismatch":
        return Slip(path, "form.identifier" if "a-z" in str(context.get("pattern")) else "form.name", {"found": given})
    if kind == "string_too_long":
        return Slip(path, "form.too_long", {"found": len(str(given)), "limit": context.get("max_length")})
    if kind in ("string_too_short", "too_short"):
        return Slip(path, "form.empty", {"key": name})
    if kind == "too_long":
        return Slip(path, "form.too_many", {"limit": context.get("max_length")})
    return Slip(path, "form.refused", {"found": _brief(given)})


def _cut_by_comma(held: Any, name: str) -> bool:
    """Whether a key is really the rest of a text that a plain comma cut off inside braces."""
    return held is None and not name.isascii()


def _missing(path: str, name: str) -> Slip:
    if name == "unit":
        return Slip(path, "form.missing_unit", {})
    if name.isdigit():
        return Slip(path.rpartition(".")[0], "form.pair", {})
    return Slip(path, "form.missing_key", {"key": name})


def _wrong_type(path: str, kind: str, given: Any) -> Slip:
    wanted = Term(_TYPES[kind])
    if isinstance(given, bool) or given is None or isinstance(given, (dict, list)):
        return Slip(path, "form.wrong_type", {"found": _brief(given), "wanted": wanted})
    if wanted == "type.number" and isinstance(given, str):
        return Slip(path, "form.number_in_words", {"found": given[:40]})
    if wanted == "type.mapping" and isinstance(given, (int, float)):
        return Slip(path, "form.bare_number", {"found": given})
    return Slip(path, "form.wrong_type", {"found": _brief(given), "wanted": wanted})


def _not_on_list(path: str, given: str, expected: str) -> Slip:
    allowed = [word.strip(" '") for word in expected.replace(" or ", ", ").split(",")]
    near = nearest(given, allowed)
    if near:
        return Slip(path, "form.not_on_list_near", {"found": given, "near": near, "allowed": ", ".join(allowed)})
    return Slip(path, "form.not_on_list", {"found": given, "allowed": ", ".join(allowed)})


def _brief(given: Any) -> object:
    """What was found, short enough for a line; kinds of thing are named in the reader's language."""
    if given is None:
        return Term("type.nothing")
    if isinstance(given, bool):
        return given
    if isinstance(given, dict):
        return Term("type.mapping")
    if isinstance(given, list):
        return Term("type.list")
    return str(given)[:40]


def _allowed(model: type[BaseModel], loc: tuple[int | str, ...]) -> set[str]:
    """The keys that a model knows at a place."""
    here: list[Any] = [model]
    for step in loc:
        following: list[Any] = []
        for kind in here:
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                if _branch(step) == kind.__name__:
                    following.append(kind)
                elif step in kind.model_fields:
                    following += _branches(kind.model_fields[str(step)].annotation)
            else:
                following += [b for inner in typing.get_args(kind)[-1:] for b in _branches(inner)]
        here = following
    return {
        name for kind in here if isinstance(kind, type) and issubclass(kind, BaseModel) for name in kind.model_fields
    }


def allowed_keys(model: type[BaseModel], path: str) -> set[str]:
    """The keys that a model knows at a dotted path."""
    return _allowed(model, tuple(path.split(".")) if path else ())


def _branches(annotation: Any) -> list[Any]:
    """What a field may hold: the members of a union, without None and without annotations."""
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return _branches(typing.get_args(annotation)[0])
    if origin in (typing.Union, types.UnionType):
        return [b for member in typing.get_args(annotation) for b in _branches(member)]
    return [] if annotation is type(None) else [annotation]
