"""The one place where drawings get their configuration, fonts, colours and axes.

What is fixed here is fixed for safety and for reading: nothing is ever sent away (`showSendToCloud` off, no mode
bar, no logo), years are words of a category axis, thousands are written out, and there is no `layout.transition`,
which leaves old titles on the screen.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go
from plotly.utils import PlotlyJSONEncoder

FONT = '"Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",SimHei,sans-serif'

SCENARIO_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#B8860B", "#56B4E9")
"""One colour per scenario in their order; told apart by colour-blind readers (after Okabe and Ito)."""

SCENARIO_SYMBOLS = ("circle", "square", "diamond", "triangle-up", "x", "star")

INK, MUTED, GRID, TARGET = "#1b2a3d", "#52606f", "#dde3ea", "#111111"

CATEGORY_COLOURS = (
    "#1f4e79",
    "#c55a11",
    "#2e8b57",
    "#8064a2",
    "#b8860b",
    "#2aa1b3",
    "#a94064",
    "#7f7f7f",
    "#5b7f2b",
    "#4472c4",
    "#944f1f",
    "#3d6b6b",
)
"""Colours of things that are not scenarios: lines, sources, states."""

CONFIG_ZH: Mapping[str, Any] = {
    "showSendToCloud": False,
    "showEditInChartStudio": False,
    "displaylogo": False,
    "displayModeBar": False,
    "locale": "zh-CN",
    "responsive": True,
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
}
"""The configuration of every drawing."""

BASE_LAYOUT: Mapping[str, Any] = {
    "autosize": True,
    "dragmode": False,
    "font": {"family": FONT, "size": 13, "color": INK},
    "paper_bgcolor": "#ffffff",
    "plot_bgcolor": "#ffffff",
    "margin": {"l": 8, "r": 14, "t": 10, "b": 8},
    "showlegend": False,
    "hoverlabel": {"font": {"family": FONT, "size": 13}, "align": "left", "namelength": -1},
    "separators": ".,",
}
"""The layout that all drawings share; the page holds it once."""

SHOWN_KINDS = frozenset({"scatter", "bar", "sankey", "heatmap"})
"""Kinds of trace that figures may use; a smaller Plotly bundle has to hold them all."""


def configuration(lang: str) -> dict[str, Any]:
    """The configuration of every drawing in a language; only the locale differs."""
    return dict(CONFIG_ZH) | {"locale": "zh-CN" if lang == "zh" else "en"}


def plain(text: str) -> str:
    """Text that Plotly shows letter by letter: `<b>` in a name is shown, not obeyed.

    >>> plain("<b>A&B</b>")
    '&lt;b&gt;A&amp;B&lt;/b&gt;'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _width(letter: str) -> int:
    return 2 if ord(letter) > 0x2E7F else 1


def wrapped(text: str, width: int = 20) -> str:
    """Text made plain and broken into even lines of at most about `width` half-width letters, for an axis."""
    whole = sum(map(_width, text))
    width = max(-(-whole // max(1, -(-whole // width))) + 1, 2)
    lines, line, used = [], "", 0
    for word in _pieces(text):
        size = sum(map(_width, word))
        if line and used + size > width and word.strip():
            lines.append(line.rstrip())
            line, used = "", 0
        line, used = line + word, used + size
    lines.append(line.rstrip())
    return "<br>".join(plain(x) for x in lines)


def _pieces(text: str) -> list[str]:
    """Words of Latin text whole with the space after them, wide letters one by one."""
    pieces: list[str] = []
    for letter in text:
        joins = pieces and _width(letter) == 1 and _width(pieces[-1][-1]) == 1 and not pieces[-1].endswith((" ", "-"))
        if joins or (letter == " " and pieces):
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def drawing(traces: Sequence[Any], height: int, **layout: Any) -> go.Figure:
    """A figure of the house form, without a title (the page writes it as text that wraps).

    Raises: ValueError for a kind of trace not in `SHOWN_KINDS`, or a layout with `transition`.
    """
    foreign = {t.type for t in traces} - SHOWN_KINDS
    if foreign or "transition" in layout:
        raise ValueError(f"not of the house form: {sorted(foreign) or 'transition'}")
    own = {"template": go.layout.Template(), "height": height}
    return go.Figure(data=list(traces), layout=dict(BASE_LAYOUT) | own | layout)


def axis_of_years(years: Sequence[int]) -> dict[str, Any]:
    """A category axis of years written as words, so that no half years appear."""
    return _axis() | {"type": "category", "categoryorder": "array", "categoryarray": [str(y) for y in years]}


def axis_of_names(names: Sequence[str], reverse: bool = False) -> dict[str, Any]:
    """A category axis of names in their order (first one on top, when upright and `reverse`)."""
    order = list(reversed(names)) if reverse else list(names)
    return _axis() | {"type": "category", "categoryorder": "array", "categoryarray": order, "showgrid": False}


def axis_of_numbers(title: str = "", limits: tuple[float, float] | None = None, form: str = ",d") -> dict[str, Any]:
    """A linear axis with whole figures and a mark at the thousands; `title` names the unit."""
    found = _axis() | {"tickformat": form, "separatethousands": True}
    if title:
        found["title"] = {"text": title, "font": {"size": 12}}
    if limits is not None:
        found["range"] = list(limits)
    else:
        found["rangemode"] = "tozero"
    return found


def _axis() -> dict[str, Any]:
    return {
        "automargin": True,
        "fixedrange": True,
        "gridcolor": GRID,
        "linecolor": MUTED,
        "zerolinecolor": MUTED,
        "ticks": "",
        "tickfont": {"size": 12},
    }


def height_of(labels: Sequence[str], row: int = 28) -> int:
    """The height of a drawing with these labels down its upright axis, so that labels of several lines stay apart."""
    lines = max((label.count("<br>") for label in labels), default=0) + 1
    return 44 + len(labels) * max(row, 6 + 16 * lines)


def ceiling(values: Sequence[float]) -> float:
    """The upper end of an axis shared by several panels: the greatest value and a little air."""
    return max([v for v in values if v == v], default=0.0) * 1.08 or 1.0


def faded(colour: str, strength: float) -> str:
    """A colour `#rrggbb` with an opacity, as `#rrggbbaa`."""
    return f"{colour}{round(255 * strength):02x}"


def written(figure: go.Figure) -> str:
    """A figure as JSON that is safe inside a script element and the same for the same figure.

    What it shares with `BASE_LAYOUT` is left out.
    """
    plain_dict = json.loads(json.dumps(figure.to_dict(), cls=PlotlyJSONEncoder))
    layout = plain_dict["layout"]
    plain_dict["layout"] = {k: v for k, v in layout.items() if k != "template" and BASE_LAYOUT.get(k) != v}
    text = json.dumps(plain_dict, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return safe_in_script(text)


def safe_in_script(text: str) -> str:
    """JSON text in which no letter can end the script element around it."""
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
