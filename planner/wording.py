"""Words for people, in Chinese and English: messages by code, labels by key.

The tables are plain data in `planner.messages.table` and `planner.labels`. A message has three parts kept apart by ` | `:
what was found, what was expected and why, what to do; the address is put before it here. A key that is missing is a
programming fault and raises KeyError.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from planner.errors import DocumentError, Fault, UsageError
from planner.labels import LABELS
from planner.messages.table import MESSAGES

Language = Literal["zh", "en"]

NAMED_AT_MOST = 5
"""Offenders named in one message before the rest are only counted."""


class Term(str):
    """A value of a message that is itself a key of LABELS and is shown in the reader's language."""


def label(key: str, lang: Language = "zh") -> str:
    """A domain word. Raises KeyError for a key that is not in the table."""
    return LABELS[key][0 if lang == "zh" else 1]


def known_label(key: str, lang: Language = "zh") -> str | None:
    """A domain word, or None where the table has none: for identifiers that are data, such as those of a plan."""
    return label(key, lang) if key in LABELS else None


def parts(code: str, values: Mapping[str, object], lang: Language = "zh") -> tuple[str, ...]:
    """The parts of a message with its blanks filled: found, expected and why, what to do.

    Raises KeyError for a code that is not in the table or a blank without a value.
    """
    template = MESSAGES[code][0 if lang == "zh" else 1]
    filled = {name: _shown(value, lang) for name, value in values.items()}
    return tuple(part.strip().format(**filled) for part in template.split(" | "))


def say(code: str, values: Mapping[str, object], lang: Language = "zh") -> str:
    """A message without an address, on one line."""
    return ("" if lang == "zh" else " ").join(parts(code, values, lang))


def render(fault: Fault, lang: Language = "zh") -> str:
    """One fault on one line: address, what was found, what was expected and why, what to do.

    >>> render(Fault("a-2001/plan.yaml", 3, "lines.x", "reading.duplicate_key", {"key": "x", "first": 2}), "en")
    'a-2001/plan.yaml:3: lines.x: "x" stands here a second time. It already stands on line 2, and only one \
can hold. Delete one of the two.'
    """
    where = f"{fault.file}:{fault.line}" if fault.line else fault.file
    path = f"{fault.path}: " if fault.path else ""
    return f"{where}: {path}{say(fault.code, fault.values, lang)}"


def render_all(error: DocumentError, lang: Language = "zh") -> str:
    """All faults, one per line, in the order of file and line."""
    return "\n".join(render(fault, lang) for fault in error.faults)


def render_usage(error: UsageError, lang: Language = "zh") -> str:
    """A wrong use of a command, in words."""
    return say(error.code, error.values, lang)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant: equal but for width and case, or close in spelling.

    >>> nearest("roads_", ["roads", "water"]), nearest("zzz", ["roads"])
    ('roads', None)
    """
    table = {_plain(name): name for name in known}
    plain = _plain(word)
    if plain in table:
        return table[plain]
    close = difflib.get_close_matches(plain, table, n=1, cutoff=0.6)
    return table[close[0]] if close else None


def number(value: float) -> str:
    """A number as official papers print it: no exponent, no thousands mark, no needless decimals.

    >>> number(700.0), number(4.25), number(0.1 + 0.2)
    ('700', '4.25', '0.3')
    """
    text = format(value, ".10g")
    return format(float(text), ".10f").rstrip("0").rstrip(".") if "e" in text else text


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().strip().replace("-", "_").replace(" ", "")


def _shown(value: object, lang: Language) -> str:
    if isinstance(value, Term):
        return label(value, lang)
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number(value)
    if isinstance(value, Sequence):
        named = ("、" if lang == "zh" else ", ").join(_shown(v, lang) for v in value[:NAMED_AT_MOST])
        rest = len(value) - NAMED_AT_MOST
        if rest <= 0:
            return named
        return f"{named}等{len(value)}个" if lang == "zh" else f"{named} and {rest} more"
    return str(value)
