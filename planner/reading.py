"""The only door to YAML: text becomes a plain tree, with the line of every path, and faults are gathered.

YAML 1.2 core rules: `8e8` is a number, `1:30` and `no` are words. A file is data and nothing else, so anchors, aliases,
tags, duplicate keys, several documents, NaN and infinity are refused, and so is a file that is too large or too deep.
A number typed with full-width digits is accepted and noted. Reading goes on after a fault wherever it can; the value
in the faulty place is None, and its path stands among the faults.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from planner.errors import Fault

Tree = dict[str, Any]
"""Plain mappings (keys are text), lists, text, numbers, truth values and None."""

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
_AGAIN = "(again)"
"""Stands for a key given twice; what is under it is read for faults and dropped, the first one holds."""

_WHOLE = re.compile(r"[-+]?[0-9]+\Z")
_REAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_ENDLESS = re.compile(r"([-+]?\.(inf|Inf|INF))\Z|\.(nan|NaN|NAN)\Z")
_PLAIN_WORDS: Mapping[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip

_PROBLEMS = (
    ("'\\t'", "reading.tab"),
    ("could not find expected ':'", "reading.colon"),
    ("mapping values are not allowed", "reading.colon_inside"),
    ("<block end>", "reading.indent"),
    ("expected ',' or", "reading.bracket"),
    ("found unexpected end of stream", "reading.quote"),
    ("cannot start any token", "reading.character"),
    ("special characters are not allowed", "reading.character"),
    ("undefined alias", "reading.alias"),
)


@dataclass(frozen=True)
class Reading:
    """What a file says, where it says it, and what is wrong with it."""

    file: str
    """The name shown in messages."""
    tree: Tree
    lines: dict[str, int]
    """Line of every dotted path, the first line being 1."""
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()
    """Things accepted but worth saying; each has an address like a fault."""
    whole: bool = True
    """False where reading broke off, so that what is missing may only be unread."""


@dataclass
class _Frame:
    """A mapping or list under construction."""

    path: str
    line: int
    held: dict[str, Any] | list[Any]
    key: str | None = None
    """The key that waits for its value."""
    seen: dict[str, int] = field(default_factory=dict)


def read_file(path: Path, shown: str) -> Reading:
    """Read a file of UTF-8 text; `shown` is its name in messages. Never raises for what the file holds."""
    if not path.is_file():
        return _refused(shown, "reading.absent")
    if path.stat().st_size > MAX_BYTES:
        return _refused(shown, "reading.too_large", found=path.stat().st_size, limit=MAX_BYTES)
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        return _refused(shown, "reading.not_utf8", line=raw[: problem.start].count(b"\n") + 1)
    return read_text(text, shown)


def read_text(text: str, shown: str) -> Reading:
    """Read YAML text; faults and notes are gathered in the answer."""
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        return _refused(shown, "reading.too_large", found=len(text.encode("utf-8", "replace")), limit=MAX_BYTES)
    composer = _Composer(shown)
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            if not composer.take(event):
                break
    except MarkedYAMLError as problem:
        composer.broke_off(*_translate(problem, text))
    except YAMLError as problem:
        position = getattr(problem, "position", None)
        line = text.count("\n", 0, position) + 1 if isinstance(position, int) else 0
        composer.broke_off(line, "reading.character", {})
    except ValueError:
        # ruamel raises the plain kind for escapes that name no character
        composer.broke_off(0, "reading.syntax", {"words": ""})
    return composer.reading()


def _refused(shown: str, code: str, line: int = 0, **values: object) -> Reading:
    return Reading(shown, {}, {}, (Fault(shown, line, "", code, values),), whole=False)


def _translate(problem: MarkedYAMLError, text: str) -> tuple[int, str, dict[str, object]]:
    """Line, code and blanks for a fault of the foreign reader."""
    mark = problem.problem_mark or problem.context_mark
    line = mark.line + 1 if mark else 0
    said = f"{problem.problem} {problem.context or ''}"
    rows = text.splitlines()
    start = problem.context_mark.line + 1 if problem.context_mark else line
    for row in sorted({start, line, line - 1}):
        words = rows[row - 1] if 0 < row <= len(rows) else ""
        if "\uff1a" in words and ":" not in words.split("\uff1a")[0]:
            return row, "reading.fullwidth_colon", {"words": words.strip()[:40]}
    code = next((c for piece, c in _PROBLEMS if piece in said), "reading.syntax")
    if code in ("reading.bracket", "reading.quote"):
        line = start
    words = rows[line - 1].strip() if 0 < line <= len(rows) else ""
    return line, code, {"words": words[:40]}


class _Composer:
    """Builds the tree from events, one frame per open mapping or list."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.tree: Any = None
        self.lines: dict[str, int] = {}
        self.faults: list[Fault] = []
        self.notes: list[Fault] = []
        self.stack: list[_Frame] = []
        self.documents = 0
        self.whole = True

    def reading(self) -> Reading:
        """What was built; a top level that is not a mapping is a fault of its own."""
        if not isinstance(self.tree, dict):
            if self.whole:
                self._fault(1, "", "reading.not_a_mapping")
            return Reading(self.shown, {}, self.lines, tuple(self.faults), tuple(self.notes), whole=False)
        return Reading(self.shown, self.tree, self.lines, tuple(self.faults), tuple(self.notes), self.whole)

    def broke_off(self, line: int, code: str, values: dict[str, object]) -> None:
        """Reading cannot go on from here."""
        path = ".".join(self.stack[-1].path.split(".")[:3]) if self.stack else ""
        self.faults.append(Fault(self.shown, line, path, code, values))
        self.whole = False

    def take(self, event: Event) -> bool:
        """Take one event; False when nothing after it can be read."""
        if isinstance(event, ScalarEvent):
            self._scalar(event)
        elif isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            return self._open(event)
        elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            self.stack.pop()
        elif isinstance(event, AliasEvent):
            line = event.start_mark.line + 1
            frame = self.stack[-1] if self.stack else None
            if frame and isinstance(frame.held, dict) and frame.key is None:
                self._fault(line, frame.path, "reading.alias", name=event.anchor)
                self._key(f"*{event.anchor}", line)
            else:
                self._fault(line, self._place(None, line), "reading.alias", name=event.anchor)
        elif isinstance(event, DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.broke_off(event.start_mark.line + 1, "reading.documents", {})
                return False
        return True

    def _fault(self, line: int, path: str, code: str, **values: object) -> None:
        self.faults.append(Fault(self.shown, line, path, code, values))

    def _place(self, value: Any, line: int) -> str:
        """Put a value where it belongs and return its path."""
        if not self.stack:
            self.tree = value
            return ""
        frame = self.stack[-1]
        if isinstance(frame.held, list):
            path = f"{frame.path}.{len(frame.held)}"
            frame.held.append(value)
            self.lines[path] = line
            return path
        key, frame.key = frame.key or "", None
        if key != _AGAIN:
            frame.held[key] = value
        return _join(frame.path, key)

    def _key(self, key: str, line: int) -> None:
        frame = self.stack[-1]
        path = _join(frame.path, key)
        if key in frame.seen:
            self._fault(line, path, "reading.duplicate_key", key=key, first=frame.seen[key])
            frame.key = _AGAIN
            return
        frame.seen[key] = line
        frame.key = key
        self.lines[path] = line

    def _open(self, event: MappingStartEvent | SequenceStartEvent) -> bool:
        line = event.start_mark.line + 1
        frame = self.stack[-1] if self.stack else None
        if frame and isinstance(frame.held, dict) and frame.key is None:
            self.broke_off(line, "reading.key_not_text", {})
            return False
        if len(self.stack) >= MAX_DEPTH:
            self.broke_off(line, "reading.too_deep", {"limit": MAX_DEPTH})
            return False
        held: dict[str, Any] | list[Any] = {} if isinstance(event, MappingStartEvent) else []
        path = self._place(held, line)
        self._decorated(event, path, line)
        self.stack.append(_Frame(path, line, held))
        return True

    def _decorated(self, event: Any, path: str, line: int) -> None:
        if event.anchor is not None:
            self._fault(line, path, "reading.anchor", name=event.anchor)
        tag = getattr(event, "ctag", None) or event.tag
        if tag is not None:
            self._fault(line, path, "reading.tag", name=re.sub(r"\Atag:yaml\.org,\d+:", "!!", str(tag)))

    def _scalar(self, event: ScalarEvent) -> None:
        line = event.start_mark.line + 1
        frame = self.stack[-1] if self.stack else None
        if frame and isinstance(frame.held, dict) and frame.key is None:
            key = _narrow(event.value)
            if key != event.value:
                self._note(line, _join(frame.path, key), event.value, key)
            self._decorated(event, _join(frame.path, key), line)
            self._key(key, line)
            return
        value: Any = event.value
        if any("\ud800" <= character <= "\udfff" for character in event.value):
            self._fault(line, self._next_path(), "reading.character")
            value = ""
        if event.style is None or event.style == "":
            value = self._plain(event.value, line)
        path = self._place(value, line)
        self._decorated(event, path, line)

    def _plain(self, words: str, line: int) -> Any:
        """The value of an unquoted scalar under the core rules."""
        if words in _PLAIN_WORDS:
            return _PLAIN_WORDS[words]
        text = _narrow(words)
        if _WHOLE.match(text):
            value: int | float = int(text) if len(text) < 40 else math.inf
        elif _REAL.match(text):
            value = float(text)
        elif _ENDLESS.match(words):
            value = math.nan
        else:
            return words
        path = self._next_path()
        if not math.isfinite(value):
            self._fault(line, path, "reading.not_finite", found=words)
            return None
        if text != words:
            self._note(line, path, words, text)
        return value

    def _next_path(self) -> str:
        if not self.stack:
            return ""
        frame = self.stack[-1]
        last = str(len(frame.held)) if isinstance(frame.held, list) else (frame.key or "")
        return _join(frame.path, last)

    def _note(self, line: int, path: str, found: str, taken: str) -> None:
        self.notes.append(Fault(self.shown, line, path, "reading.fullwidth", {"found": found, "taken": taken}))


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _narrow(words: str) -> str:
    """The same in half-width characters, if that makes a number of it; else as it was."""
    if words.isascii():
        return words
    narrow = unicodedata.normalize("NFKC", words).strip()
    return narrow if _WHOLE.match(narrow) or _REAL.match(narrow) else words
