"""Reads a case of the museum: a broken plan or scenario and what must be said of it, word for word.

A case is a text file. `# ` is its sentence. `@ name` names a file of the tiny plan, or a new one; `- old` with `+ new`
changes a piece that stands there once, where a backslash and an n stand for a new line; `| text` is a line of a new file.
`= ` and `~ ` are the expected lines in Chinese and English.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

TINY = Path(__file__).parent.parent / "plan" / "tiny"


@dataclass
class Case:
    """One case: the edits that break a copy of the tiny plan, and the lines expected."""

    name: str
    sentence: str = ""
    edits: list[tuple[str, str, str]] = field(default_factory=list)
    files: dict[str, list[str]] = field(default_factory=dict)
    chinese: list[str] = field(default_factory=list)
    english: list[str] = field(default_factory=list)

    def build(self, folder: Path) -> Path:
        """A copy of the tiny plan with the edits made; returns its folder."""
        place = folder / "tiny-2001"
        shutil.copytree(TINY, place)
        for name, old, new in self.edits:
            file = place / name
            text = file.read_text(encoding="utf-8")
            if text.count(old) != 1:
                raise ValueError(f"{self.name}: {old!r} stands {text.count(old)} times in {name}")
            file.write_text(text.replace(old, new), encoding="utf-8")
        for name, lines in self.files.items():
            (place / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        return place


def read_case(path: Path) -> Case:
    """The case in a file."""
    case, file, old = Case(path.stem), "", ""
    for line in path.read_text(encoding="utf-8").splitlines():
        mark, rest = line[:1], line[2:]
        if mark == "#":
            case.sentence = rest
        elif mark == "@":
            file = rest
        elif mark == "-":
            old = rest.replace("\\n", "\n")
        elif mark == "+":
            case.edits.append((file, old, rest.replace("\\n", "\n")))
        elif mark == "|":
            case.files.setdefault(file, []).append(rest)
        elif mark == "=":
            case.chinese.append(rest)
        elif mark == "~":
            case.english.append(rest)
    return case


def cases(folder: str) -> list[Case]:
    """All cases of one reader, by name."""
    return [read_case(path) for path in sorted((Path(__file__).parent / folder).glob("*.txt"))]
