"""The page in a real browser without a network: what stands on the screen, and what leaves it (nothing)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from planner.report.page import write_page
from tests.report.sample import footer, tables
from tests.report.sample_plan import NAMES, YEARS, plan

pytestmark = [pytest.mark.browser, pytest.mark.slow]

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDTHS = (390, 1280, 1920)


class Screen:
    """One open page, with everything it complained of and asked for."""

    def __init__(self, browser: Any, file: Path, width: int = 1280) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": 900}, offline=True)
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda m: self.complaints.append(m.text) if m.type in {"error", "warning"} else None)
        self.page.on("pageerror", lambda e: self.complaints.append(str(e)))
        self.page.on("request", lambda r: self.asked.append(r.url))
        self.page.goto(file.as_uri())
        self.page.wait_for_selector("html[data-ready]", state="attached")

    def count(self, query: str) -> int:
        return int(self.page.locator(query).count())

    def text(self, query: str) -> str:
        return str(self.page.locator(query).first.inner_text())

    @property
    def outside(self) -> list[str]:
        return [url for url in self.asked if not url.startswith(("file:", "data:", "blob:"))]


@pytest.fixture(scope="module")
def browser(chromium) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield found
        found.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("page") / "page.html"
    write_page(tables(), plan(), "zh", path, footer())
    return path


@pytest.fixture(scope="module")
def screen(browser, file) -> Iterator[Screen]:
    found = Screen(browser, file)
    yield found
    found.context.close()


def test_the_page_opens_without_a_complaint_and_without_a_request_to_the_outside(screen):
    assert screen.complaints == []
    assert screen.outside == []
    assert not screen.page.locator("#old").is_visible()


def test_there_is_no_button_that_shares_or_uploads(screen):
    assert screen.count(".modebar-btn") == 0
    assert screen.count(".modebar-container a") == 0
    words = screen.page.evaluate(
        "document.body.innerText + Array.from(document.querySelectorAll('[data-title],[title]'))"
        ".map(function (e) { return e.outerHTML }).join()"
    )
    assert not re.search(r"share|cloud|upload|chart studio", words, re.IGNORECASE)


def test_the_finding_of_persons_out_stands_on_the_screen(screen):
    title = screen.text("#card-persons_out h3")
    assert "到2033年底中位数" in title
    assert "目标 133,324 人" in title
    for name in NAMES:
        assert name in title
        assert screen.page.locator("#card-persons_out figcaption", has_text=name).count() == 1


def test_each_scenario_has_two_bands_a_median_for_every_year_and_all_targets_drawn(screen):
    assert screen.count("#card-persons_out .plot") == len(NAMES)
    for i in range(len(NAMES)):
        plot = f"#plot-persons_out-{i}"
        assert screen.count(f"{plot} path.js-fill") == 2
        marks = screen.count(f"{plot} .scatterlayer .point")
        assert marks == 2 * len(YEARS)  # the median's marks and the targets
        ticks = screen.page.locator(f"{plot} .xtick").all_text_contents()
        assert [t.strip() for t in ticks] == [str(y) for y in YEARS]


def test_the_panels_of_one_card_share_their_axis(screen):
    ticks = [screen.page.locator(f"#plot-persons_out-{i} .ytick").all_text_contents() for i in range(len(NAMES))]
    assert ticks[0] == ticks[1] == ticks[2]
    assert not any("k" in tick for tick in ticks[0])


def test_every_drawing_on_the_screen_has_marks(screen):
    bare = screen.page.evaluate(
        "Array.from(document.querySelectorAll('.plot')).filter(p => p.offsetParent !== null)"
        ".filter(p => !p.querySelector('.point, .points path, .sankey-link, .heatmaplayer image, .js-fill'))"
        ".map(p => p.id)"
    )
    assert bare == ["plot-lines-0"] or bare == []  # the scenario without money has only the printed marks
    assert screen.count("#plot-lines-1 .barlayer .point path") == len(plan().lines)


def test_probabilities_stand_as_dots_and_in_an_open_table(screen):
    assert screen.count("#plot-milestones-0 .scatterlayer .point") == len(NAMES) * len(plan().milestones)
    table = screen.page.locator("#card-milestones table")
    assert table.is_visible()
    assert table.locator("tbody tr").count() == len(plan().milestones)
    words = screen.page.locator("#plot-milestones-0 .annotation-text").all_text_contents()
    assert any("从严" in w for w in words)


def test_every_card_with_rows_has_a_table_that_opens_by_keyboard(screen):
    for key in ("persons_out", "money", "lines", "township-money", "paired", "flows", "gaps", "bottlenecks"):
        fold = screen.page.locator(f"#card-{key} details.data:visible").first
        fold.locator("summary").focus()
        screen.page.keyboard.press("Enter")
        assert fold.locator("tbody tr").first.is_visible()
        screen.page.keyboard.press("Enter")


def test_picking_another_year_shows_its_own_sentence_and_drawing_together(browser, file):
    screen = Screen(browser, file)
    card = screen.page.locator("#card-money")
    seen = set()
    for name in NAMES[1:]:
        for year in ("2032", "all"):
            card.locator("select").nth(0).select_option(name)
            card.locator("select").nth(1).select_option(year)
            caption = card.locator("figcaption:visible").first.inner_text()
            assert name in caption
            assert ("全部年份" if year == "all" else f"{year}年") in caption
            plot = card.locator(".plot:visible")
            assert plot.count() == 1
            total = re.search(r"共 ([\d,.]+) 万元", caption)
            labels = plot.locator(".node-label").all_text_contents()
            amounts = [float(t.rsplit(" ", 1)[1].replace(",", "")) for t in labels]
            assert total is not None
            assert sum(amounts) == pytest.approx(3 * float(total[1].replace(",", "")), abs=0.5)
            seen.add(caption)
    assert len(seen) == 4
    card.locator("select").nth(0).select_option(NAMES[0])
    assert card.locator(".plot:visible").count() == 0
    assert "没有资金安排" in card.locator(".empty:visible").inner_text()
    assert screen.complaints == []
    screen.context.close()


def test_markup_in_a_scenario_name_is_drawn_letter_by_letter(browser, tmp_path):
    nasty = "<b>粗</b><img src=x onerror=alert(1)>"
    write_page(tables(("plain", nasty)), plan(), "zh", tmp_path / "nasty.html", footer())
    screen = Screen(browser, tmp_path / "nasty.html")
    assert screen.complaints == []
    assert screen.count("main b, main img, svg tspan[style*=bold]") == 0
    assert nasty in screen.text("#card-persons_out h3")
    assert screen.page.locator("nav", has_text=nasty).count() == 1
    screen.context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_sticks_out_at_any_width(browser, tmp_path, width, lang):
    write_page(tables(), plan(), lang, tmp_path / "page.html", footer())
    screen = Screen(browser, tmp_path / "page.html", width)
    assert screen.page.evaluate("document.documentElement.scrollWidth") == width
    cut = screen.page.evaluate(
        "Array.from(document.querySelectorAll('.plot')).filter(p => p.offsetParent !== null).filter(p => {"
        "const box = p.getBoundingClientRect();"
        "return Array.from(p.querySelectorAll('.xtick text, .ytick text, .annotation-text, .node-label'))"
        ".some(t => { const b = t.getBoundingClientRect(); return b.width > 0 && (b.left < box.left - 1 || b.right > box.right + 1) })"
        "}).map(p => p.id)"
    )
    assert cut == []
    assert screen.complaints == []
    screen.context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_labels_down_an_axis_do_not_overlap(browser, file, width):
    screen = Screen(browser, file, width)
    overlapping = screen.page.evaluate(
        "Array.from(document.querySelectorAll('.plot')).filter(p => p.offsetParent !== null).filter(p => {"
        "const boxes = Array.from(p.querySelectorAll('.ytick text')).map(t => t.getBoundingClientRect())"
        ".sort((a, b) => a.top - b.top);"
        "return boxes.some((b, i) => i > 0 && b.top < boxes[i - 1].bottom - 3) }).map(p => p.id)"
    )
    assert overlapping == []
    screen.context.close()


def test_data_and_pictures_are_saved_by_the_browser_itself(browser, file):
    screen = Screen(browser, file)
    with screen.page.expect_download() as waiting:
        screen.page.locator("#card-milestones .csv").click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    assert waiting.value.suggested_filename == "milestones.csv"
    assert text.splitlines()[0].startswith('"里程碑","口径"')
    assert ",50000," in text
    with screen.page.expect_download() as waiting:
        screen.page.locator("#card-persons_out .png").first.click()
    assert Path(waiting.value.path()).read_bytes().startswith(b"\x89PNG")
    assert screen.outside == []
    assert screen.complaints == []
    screen.context.close()


def test_a_name_that_looks_like_a_formula_is_saved_as_text(browser, tmp_path):
    write_page(tables(("plain", '=HYPERLINK("x")')), plan(), "zh", tmp_path / "formula.html", footer())
    screen = Screen(browser, tmp_path / "formula.html")
    screen.page.locator("#card-persons_out summary").click()
    with screen.page.expect_download() as waiting:
        screen.page.locator("#card-persons_out .csv").click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    assert '"\'=HYPERLINK(""x"")"' in text
    assert not any(cell.startswith("=") for line in text.splitlines() for cell in line.split(","))
    screen.context.close()


def test_on_paper_every_table_is_open_and_every_drawing_fits(browser, file):
    screen = Screen(browser, file)
    screen.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    screen.page.emulate_media(media="print")
    screen.page.set_viewport_size({"width": 1046, "height": 718})
    left = screen.page.evaluate(
        "Array.from(document.querySelectorAll('details.data:not([open])')).filter(d => d.offsetParent)"
        ".map(d => d.querySelectorAll('tbody tr').length)"
    )
    assert all(rows > 150 for rows in left)  # too long for paper, and its line says so
    wide = screen.page.evaluate(
        "Array.from(document.querySelectorAll('.plot svg.main-svg')).filter(s => s.getBoundingClientRect().right > 1047).length"
    )
    assert wide == 0
    assert not screen.page.locator("nav").is_visible()
    pdf = screen.page.pdf(prefer_css_page_size=True)
    sizes = {(float(w), float(h)) for w, h in re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)}
    assert all(abs(w - 842) < 2 and abs(h - 595) < 2 for w, h in sizes)  # A4 on its side, in points
    assert sizes
    screen.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert screen.count("#card-persons_out details.data[open]") == 0
    screen.context.close()


def test_a_browser_that_cannot_run_plotly_is_told_so_and_still_has_the_tables(browser, file, tmp_path):
    broken = tmp_path / "old.html"
    text = file.read_text(encoding="utf-8")
    start = text.index('<script type="application/json" id="settings">')
    middle = text.index("<script>", start)
    broken.write_text(text[:middle] + text[text.index("</script>", middle) + 9 :], encoding="utf-8")
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto(broken.as_uri())
    assert page.locator("#old").is_visible()
    assert "浏览器" in page.locator("#old").inner_text()
    page.locator("#card-persons_out summary").click()
    assert page.locator("#card-persons_out tbody tr").first.is_visible()
    context.close()


def test_the_first_stop_of_the_keyboard_leads_to_the_content(browser, file):
    screen = Screen(browser, file)
    screen.page.keyboard.press("Tab")
    assert screen.page.evaluate("document.activeElement.className") == "skip"
    screen.page.keyboard.press("Enter")
    assert screen.page.evaluate("document.activeElement.id") == "content"
    screen.context.close()
