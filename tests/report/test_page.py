"""The page as a file: the same bytes, closed to the outside, safe against what stands in names."""

from __future__ import annotations

import ast
import re
import string
from html.parser import HTMLParser

import pytest
from plotly.offline import get_plotlyjs

from planner.report.page import page_text, write_page
from planner.report.wording import WORDS, say
from tests.report.sample import footer, tables
from tests.report.sample_plan import NAMES, plan

MEGABYTE = 1_000_000
SIX = (*NAMES, "delayed-money", "half-the-money", "cadre-focus")
NASTY = ("<b>粗体</b>", "</script><script>alert(1)</script>", '"><img src=x onerror=alert(1)>')


def rendered(names: tuple[str, ...] = NAMES, lang: str = "zh") -> str:
    return page_text(tables(names), plan(), lang, footer())


@pytest.fixture(scope="module")
def page() -> str:
    return rendered()


class Reader(HTMLParser):
    """Collects tags with their attributes, and the text outside scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._inside: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            while self._inside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not {"script", "style"} & set(self._inside):
            self.words.append(data)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_the_same_inputs_give_the_same_bytes(page, tmp_path):
    write_page(tables(), plan(), "zh", tmp_path / "a.html", footer())
    assert (tmp_path / "a.html").read_bytes() == page.encode()


def test_six_scenarios_fit_six_megabytes():
    assert len(rendered(SIX).encode()) <= 6 * MEGABYTE


def test_plotly_is_embedded_once(page):
    assert page.count(get_plotlyjs()) == 1


def test_nothing_on_the_page_points_outside_or_carries_its_own_script(page):
    for tag, attributes in Reader(page).tags:
        for name, value in attributes.items():
            assert not name.startswith("on"), (tag, name)
            if name in {"href", "src", "action", "data", "srcset", "poster"}:
                assert (value or "").startswith(("#", "data:")), (tag, value)
    rest = page.replace(get_plotlyjs(), "")
    assert "http://" not in rest
    assert "https://" not in rest


def test_the_policy_lets_only_the_two_scripts_of_the_page_run_and_nothing_connect(page):
    policy = next(a["content"] or "" for a in Reader(page).named("meta") if a.get("http-equiv"))
    assert "default-src 'none'" in policy
    assert "connect-src 'none'" in policy
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert scripts.count("sha256-") == 2
    assert "unsafe" not in scripts


def test_the_page_has_its_language_and_landmarks(page):
    reader = Reader(page)
    assert reader.named("html")[0]["lang"] == "zh-CN"
    assert [len(reader.named(tag)) for tag in ("main", "h1", "nav", "header", "footer")] == [1, 1, 1, 1, 1]
    assert Reader(rendered(lang="en")).named("html")[0]["lang"] == "en"


def test_no_two_elements_share_an_id_and_every_reference_has_its_element(page):
    reader = Reader(page)
    ids = [a["id"] for _, a in reader.tags if a.get("id")]
    assert len(ids) == len(set(ids))
    wanted = {(a["href"] or "")[1:] for a in reader.named("a")}
    wanted |= {a[k] for _, a in reader.tags for k in ("aria-labelledby", "data-spec", "data-plot") if a.get(k)}
    assert wanted <= set(ids)


def test_what_is_synthetic_stands_before_everything_else(page):
    words = " ".join(Reader(page).words)
    assert words.index(plan().head.synthetic) < words.index("三个问题")


def test_the_footer_says_how_to_get_the_same_page_again(page):
    words = " ".join(Reader(page).words)
    for name, text in footer().items():
        assert name in words
        assert text in words


def test_markup_in_a_scenario_name_is_shown_and_not_obeyed():
    page = rendered(NASTY)
    reader = Reader(page)
    assert not reader.named("b")
    assert not reader.named("img")
    executed = [a for a in reader.named("script") if a.get("type") != "application/json"]
    assert len(executed) == 2
    words = " ".join(reader.words)
    for name in NASTY:
        assert name in words
    specs = re.findall(r'id="spec-[\w-]+">(.*?)</script>', page, re.DOTALL)
    assert not any("<" in spec for spec in specs)


def test_a_page_without_any_table_says_so_in_every_card_and_raises_nothing():
    reader = Reader(page_text({}, plan(), "zh", footer()))
    cards = [a for a in reader.named("article") if str(a.get("id")).startswith("card-")]
    empties = [a for a in reader.named("p") if a.get("class") == "empty"]
    assert len(empties) == len(cards) - 1 + 3  # the rulings come from the plan; the three questions are unanswered


def test_a_title_given_for_a_scenario_stands_in_place_of_its_name():
    page = page_text(tables(), plan(), "zh", footer(), {"optimised": "优化方案"})
    words = " ".join(Reader(page).words)
    assert "优化方案" in words
    assert "optimised" not in words.replace(footer()["方案"], "")


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", WORDS)
def test_every_word_of_the_page_exists_in_both_languages_with_the_same_blanks(key):
    chinese, english = WORDS[key]
    assert chinese
    assert english
    if key not in {"schedule.hover", "schedule.overall", "schedule.finding"}:
        assert blanks(chinese) == blanks(english)
    assert blanks(english) <= blanks(chinese)


def test_every_key_the_figures_ask_for_has_its_words(root):
    asked = set()
    for path in sorted((root / "planner" / "report").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "say" and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    asked.add(first.value)
    assert len(asked) > 100
    assert asked <= set(WORDS)


def test_a_sentence_with_a_blank_left_open_is_a_fault():
    assert say("zh", "year", year=2031) == "2031年"
    with pytest.raises(KeyError):
        say("en", "schedule.finding", scenario="a")


def test_the_chinese_page_uses_full_width_marks_between_chinese_words():
    for key, (chinese, _) in WORDS.items():
        assert not re.search(r"[一-鿿][,:;()?]|[,:;?][一-鿿]", chinese), key
