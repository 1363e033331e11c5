"""What a rule function may not touch: chance, the clock, files, and state outside its arguments.

Looked at once, when the function is registered, in its compiled code and in that of the functions it calls.
"""

from __future__ import annotations

import dis
import inspect
from collections.abc import Callable, Iterator
from types import BuiltinFunctionType, CodeType, FunctionType, ModuleType
from typing import Any

import numpy as np

ALLOWED_MODULES = frozenset({"math", "numpy"})
FORBIDDEN_MODULES = frozenset(
    "asyncio datetime importlib io os pathlib posix random secrets shutil socket subprocess sys threading time "
    "uuid".split()
)
FORBIDDEN_NAMES = FORBIDDEN_MODULES | frozenset(
    "__import__ compile delattr eval exec flags getattr globals input locals now open print setattr setflags "
    "vars".split()
)
FORBIDDEN_STEPS = {
    "STORE_GLOBAL": "writes a global",
    "DELETE_GLOBAL": "deletes a global",
    "STORE_ATTR": "writes an attribute",
    "IMPORT_NAME": "imports while it runs",
}
LASTING = (bool, int, float, complex, str, bytes, frozenset, tuple, type(None), np.generic)
"""Types of values outside a function that cannot change under it."""


def impurities(function: Callable[..., Any]) -> list[str]:
    """Why a function may not be a rule, in a few words each; empty for a pure one."""
    found: dict[str, None] = {}
    seen: set[CodeType] = set()
    waiting: list[Any] = [function]
    while waiting:
        current = waiting.pop()
        if not isinstance(current, FunctionType):
            found["is not a plain function"] = None
            continue
        if current.__code__ in seen:
            continue
        seen.add(current.__code__)
        found.update(dict.fromkeys(_code_faults(current.__code__)))
        for default in (*(current.__defaults__ or ()), *(current.__kwdefaults__ or {}).values()):
            if not isinstance(default, LASTING):
                found["has a default that can change"] = None
        for name, value in _outside_names(current):
            if isinstance(value, FunctionType) and _root(value) not in FORBIDDEN_MODULES | ALLOWED_MODULES:
                waiting.append(value)
            elif why := _outside_fault(value):
                found[f"{why}: {name}"] = None
    return list(found)


def _code_faults(code: CodeType) -> Iterator[str]:
    for name in sorted(set(code.co_names) & FORBIDDEN_NAMES):
        yield f"uses {name}"
    for step in dis.get_instructions(code):
        if step.opname in FORBIDDEN_STEPS:
            yield f"{FORBIDDEN_STEPS[step.opname]}: {step.argval}"
        elif step.opname == "STORE_DEREF" and step.argval in code.co_freevars:
            yield f"writes a variable of an outer function: {step.argval}"
    for inner in _inner_codes(code):
        yield from _code_faults(inner)


def _outside_names(function: FunctionType) -> Iterator[tuple[str, Any]]:
    """Names that a function takes from its module or an enclosing function, with their values now."""
    outer = inspect.getclosurevars(function)
    yield from outer.globals.items()
    yield from outer.nonlocals.items()
    waiting = list(_inner_codes(function.__code__))
    while waiting:
        code = waiting.pop()
        waiting += _inner_codes(code)
        yield from ((name, function.__globals__[name]) for name in code.co_names if name in function.__globals__)


def _inner_codes(code: CodeType) -> list[CodeType]:
    return [constant for constant in code.co_consts if isinstance(constant, CodeType)]


def _root(value: object) -> str:
    """The package that an object comes from; numpy's generators count as the chance that they are."""
    bound = getattr(value, "__self__", None)
    if isinstance(value, BuiltinFunctionType) and bound is not None and not isinstance(bound, ModuleType):
        return _root(type(bound))
    name = value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", None) or ""
    parts = str(name).split(".")
    return "random" if parts[:2] == ["numpy", "random"] else parts[0]


def _outside_fault(value: object) -> str:
    if {_root(value), _root(type(value)), _root(type(getattr(value, "__self__", None)))} & FORBIDDEN_MODULES:
        return "reaches chance, clock or files"
    if isinstance(value, ModuleType):
        return "" if _root(value) in ALLOWED_MODULES else "leans on another module's state"
    ours = callable(value) and _root(type(value)) in ALLOWED_MODULES
    if ours or isinstance(value, (*LASTING, type, FunctionType, BuiltinFunctionType)):
        return ""
    return "leans on a value that can change"
