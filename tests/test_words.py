"""Nothing of a shipped plan stands in the code, and nothing of the workshop stands in the repository.

What may not stand in `planner/` is collected from `scenarios/`: places, townships, printed figures, years. A second
county is therefore guarded as soon as its plan is there.
"""

from __future__ import annotations

import ast
import io
import re
import subprocess
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

TEXTS = {".py", ".html", ".css", ".js", ".jinja", ".j2", ".md", ".json", ".yaml", ".toml", ".txt"}

UNFINISHED = "|".join(
    ("TO" + "DO", "FIX" + "ME", "X" + "XX", "NotImplemented" + "Error", "(?i:st" + "ub|place" + "holder)")
)
MACHINE = "|".join("/" + word for word in ("t" + "mp", "wo" + "rk", "ro" + "ot", "ho" + "me", "o" + "pt"))
HOSTS = "|".join(
    re.escape(host)
    for host in (
        "py" + "pi.org",
        "python" + "hosted.org",
        "npm" + "js.org",
        "npm" + "js.com",
        "deb." + "debian.org",
        "security." + "debian.org",
    )
)
UNWANTED = {
    "a mark of unfinished work": re.compile(rf"(?<![-\w])(?:{UNFINISHED})(?![-\w])"),
    "a path of one machine": re.compile(rf"(?<![\w.}}/])(?:{MACHINE})/[\w.]"),
    "a registry host": re.compile(HOSTS, re.IGNORECASE),
}


class Shipped:
    """What the plans under a folder name: places, figures as digits, years."""

    def __init__(self, folder: Path) -> None:
        self.places: set[str] = set()
        self.figures: set[str] = set()
        self.years: set[str] = set()
        for file in sorted(folder.rglob("*.yaml")):
            self._read(YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8")), ())

    def _read(self, node: object, path: tuple[str, ...]) -> None:
        if isinstance(node, dict):
            for key, inner in node.items():
                if re.fullmatch(r"(?:19|20)\d\d", str(key)):
                    self.years.add(str(key))
                self._read(inner, (*path, str(key)))
        elif isinstance(node, list):
            for inner in node:
                self._read(inner, path)
        elif path[-1:] in {("year",), ("years",)} or "horizon" in path:
            self.years.update(re.findall(r"\b(?:19|20)\d\d\b", str(node)))
        elif path[-1:] == ("value",) or path[-2:-1] == ("values",):
            self.figures.update(telling_digits(node))
        elif isinstance(node, str) and (path[:2] == ("head", "place") or "townships" in path):
            self.places.update(names_of_places(node))


def names_of_places(text: str) -> Iterator[str]:
    """A place's name as printed, and without its rank (市, 县, 区, 镇, 乡)."""
    yield text
    if re.fullmatch(r"[一-鿿]{2,}[市县区镇乡]", text):
        yield text[:-1]


def telling_digits(value: object) -> Iterator[str]:
    """The digits of a figure that cannot be there by chance: four that count, or ten thousand and more."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        digits = format(value, "f").rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
        bare = digits.replace(".", "").replace("-", "").strip("0")
        if len(bare) >= 4 or (abs(value) >= 10_000 and bare != "1"):
            yield digits.lstrip("-")


def pieces(path: Path) -> Iterator[tuple[int, str, str]]:
    """Line, kind (`code` or `prose`) and text of each piece of a file; a docstring and a comment are prose."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        yield from ((number, "code", line) for number, line in enumerate(text.splitlines(), 1))
        return
    prose = {
        node.value.lineno
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    }
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        prosaic = token.type == tokenize.COMMENT or (token.type == tokenize.STRING and token.start[0] in prose)
        for offset, line in enumerate(token.string.splitlines()):
            yield token.start[0] + offset, "prose" if prosaic else "code", line


def traces_of_a_plan(folder: Path, shipped: Shipped) -> list[str]:
    """One sentence for each place, figure or year of a shipped plan in the files of a folder."""
    faults = []
    for path in sorted(p for p in folder.rglob("*") if p.suffix in TEXTS):
        for number, kind, line in pieces(path):
            where = f"{path.relative_to(folder.parent)}, line {number}"
            faults += [f"{where}: names the place {place}." for place in shipped.places if is_named(place, line)]
            digits = {
                d.replace("_", "").replace(",", "") for d in re.findall(r"(?<![A-Za-z\d_#.])\d[\d_,]*(?:\.\d+)?", line)
            }
            faults += [f"{where}: {figure} is a figure of a plan." for figure in sorted(digits & shipped.figures)]
            years = set(re.findall(r"(?<![A-Za-z\d._])(?:19|20)\d\d(?!\d|[._]\d)", line))
            named = years if kind == "code" else years & shipped.years
            faults += [f"{where}: {year} is a year; years are data." for year in sorted(named)]
    return sorted(set(faults))


def is_named(place: str, line: str) -> bool:
    return bool(re.search(rf"\b{re.escape(place)}\b", line)) if place.isascii() else place in line


def files_of(root: Path) -> list[Path]:
    """The files that belong to the repository: those that git knows or would take."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=root,
        capture_output=True,
        check=False,
    )
    names = [name for name in listed.stdout.decode().split("\0") if name]
    if not names:
        made = re.compile(r"^(\.git|\.venv[^/]*|out|build|dist|\.[a-z]+_cache|\.hypothesis)(/|$)|__pycache__")
        names = [str(p.relative_to(root)) for p in root.rglob("*") if not made.search(str(p.relative_to(root)))]
    return sorted(root / name for name in names if (root / name).is_file())


def unwanted_words(path: Path, root: Path) -> list[str]:
    """One sentence for each unwanted word of a file; files that are not text have none."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        return []
    return [
        f"{path.relative_to(root)}, line {number}: '{found[0]}' is {kind}."
        for number, line in enumerate(lines, 1)
        for kind, pattern in UNWANTED.items()
        if (found := pattern.search(line))
    ]


def test_nothing_in_the_package_names_a_place_a_figure_or_a_year_of_a_shipped_plan(root):
    faults = traces_of_a_plan(root / "planner", Shipped(root / "scenarios"))
    assert not faults, "\n" + "\n".join(faults)


def test_the_shipped_plans_are_read_for_what_to_look_for(root):
    shipped = Shipped(root / "scenarios")
    assert len(shipped.places) >= 27, "one county and its townships"
    assert {"133324", "31399", "50000"} <= shipped.figures
    assert shipped.years


def test_nothing_in_the_repository_is_unfinished_or_names_a_machine_or_a_registry(root):
    faults = [fault for path in files_of(root) for fault in unwanted_words(path, root)]
    assert not faults, "\n" + "\n".join(faults)


PLAN = """\
head: {place: {name: 青石县, english: Qingshi}}
horizon: {first: 2031, last: 2033}
townships: [{id: t1, name: 白水镇, english: Baishui}]
targets:
  all: {value: 41235, unit: 人, clause: 一, year: 2031}
  rate: {value: 10.0, unit: 万元, clause: 一}
  round: {value: 70000, unit: 万元, clause: 一}
  unit: {value: 10000, unit: 元, clause: 一}
  share: {value: 0.1235, unit: 比例, clause: 一}
  line: {values: {2032: 2855.5}, unit: 元, source: x}
"""

TRACES = {
    "N = 41235": "41235 is a figure of a plan.",
    "N = 41_235": "41235 is a figure of a plan.",
    "TEXT = 'of 41,235 persons'": "41235 is a figure of a plan.",
    "TEXT = '共41235人'": "41235 is a figure of a plan.",
    "N = 70_000  # whole": "70000 is a figure of a plan.",
    "SHARE = 0.1235": "0.1235 is a figure of a plan.",
    "LINE = 2855.5": "2855.5 is a figure of a plan.",
    "NAME = '青石'": "names the place 青石.",
    "def f():\n    '''In Baishui.'''": "names the place Baishui.",
    "Y = 2020": "2020 is a year; years are data.",
    "TEXT = f'{x}到2027年'": "2027 is a year; years are data.",
    "def f():\n    '''Since 2031.'''": "2031 is a year; years are data.",
}


@pytest.mark.parametrize(("code", "words"), TRACES.items(), ids=list(TRACES))
def test_a_trace_of_a_plan_is_told_with_file_and_line(code, words, tmp_path):
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "planner").mkdir()
    (tmp_path / "planner" / "x.py").write_text(code + "\n", encoding="utf-8")
    faults = traces_of_a_plan(tmp_path / "planner", Shipped(tmp_path / "plans"))
    assert f"planner/x.py, line {1 + code.count(chr(10))}: {words}" in faults


FINE = [
    "WAN = 10_000",
    "N = 2_000",
    "X = 1.2020",
    "R = '''a'''  # after Mehrotra (1992)",
    "COLOUR = '#412350'",
    "LINE_END = '\\u2028'",
    "N = 1000",
]


@pytest.mark.parametrize("code", FINE)
def test_units_sizes_and_citations_are_no_traces(code, tmp_path):
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "planner").mkdir()
    (tmp_path / "planner" / "x.py").write_text(code + "\n", encoding="utf-8")
    assert traces_of_a_plan(tmp_path / "planner", Shipped(tmp_path)) == []


UNWANTED_LINES = {
    "# TO" + "DO: later": "a mark of unfinished work",
    "a place" + "holder": "a mark of unfinished work",
    "open('/t" + "mp/x')": "a path of one machine",
    "see /wo" + "rk/main": "a path of one machine",
    "--index https://py" + "pi.org/simple": "a registry host",
}


@pytest.mark.parametrize(("line", "kind"), UNWANTED_LINES.items())
def test_an_unwanted_word_is_told_with_file_and_line(line, kind, tmp_path):
    path = tmp_path / "x.md"
    path.write_text("fine: pandas-stubs, tests/worked/one.py, scenarios/x/tmp\n" + line + "\n", encoding="utf-8")
    (fault,) = unwanted_words(path, tmp_path)
    assert fault.startswith("x.md, line 2: ")
    assert fault.endswith(f" is {kind}.")
