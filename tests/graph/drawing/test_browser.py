"""The page of a graph in a real browser: nothing is fetched, nothing fails, and everybody can use it."""

import os
import re
import shutil

import pytest

import parcc_nlp.graph.drawing.page as page_module
from parcc_nlp.graph import graph_of
from parcc_nlp.graph.drawing import event_days, graph_page, reasons_on, statuses_on

from .plans import LATER, SIGNING, plan, star, told

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None and not os.environ.get("CI"):
        pytest.skip("needs Chromium: scripts/install-debian-packages chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tools:
        started = tools.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


def watched(context):
    """A page that keeps what it asks for and what goes wrong in it."""
    opened = context.new_page()
    opened.fetched, opened.failed = [], []
    opened.on("request", lambda asked: opened.fetched.append(asked.url))
    opened.on("console", lambda said: opened.failed.append(said.text) if said.type in {"error", "warning"} else None)
    opened.on("pageerror", lambda error: opened.failed.append(str(error)))
    return opened


@pytest.fixture(params=["light", "dark"])
def either_page(request, browser):
    context = browser.new_context(color_scheme=request.param)
    yield watched(context)
    context.close()


@pytest.fixture
def blank(browser):
    context = browser.new_context()
    yield watched(context)
    context.close()


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "đồ thị.html"
    path.write_text(graph_page(plan(), statuses=told(), on=LATER), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def page(blank, written):
    blank.goto(written)
    return blank


def violations(page):
    from axe_playwright_python.sync_playwright import Axe

    return [(one["id"], one["help"]) for one in Axe().run(page).response["violations"]]


def drawn(page):
    return page.inner_text("#drawn")


def panel(page):
    return page.inner_text("#panel-body")


def found(page, words):
    """What a search lists."""
    page.fill("#search", words)
    page.locator("#results:not([hidden])").wait_for()
    page.wait_for_timeout(200)
    return page.locator("#results li").all_inner_texts()


def choose_kind(page, name, *, on):
    if not page.locator("#filters[open]").count():
        page.click("#filters summary")
    page.locator("#kinds label", has_text=re.compile(rf"^\s*{name} \(")).locator("input").set_checked(on)


def test_the_page_is_one_file_that_runs_without_a_fault(either_page, written):
    either_page.goto(written)
    either_page.wait_for_timeout(900)
    assert [one for one in either_page.fetched if not one.startswith("data:")] == [written]
    assert either_page.failed == []
    assert either_page.locator("#canvas canvas").count() > 0
    assert either_page.title() != "bad"


def test_the_page_has_no_fault_of_accessibility(either_page, written):
    either_page.goto(written)
    either_page.click("#filters summary")
    for details in either_page.locator("#tables details summary").all():
        details.click()
    either_page.fill("#search", "45/2020")
    either_page.keyboard.press("Enter")
    assert violations(either_page) == []


def test_the_plan_is_drawn_with_what_it_cites_and_what_changed_that(page):
    assert drawn(page) == "Đang vẽ 6 nút và 5 quan hệ."


def test_the_summary_counts_what_is_cited_by_status(page):
    assert "trong 3 văn bản được viện dẫn" in page.inner_text("#summary")
    assert "hết hiệu lực: 1" in page.inner_text("#summary")


def test_the_search_finds_a_number(page):
    assert found(page, "45/2020")[0] == "◐ Nghị định số 45/2020/NĐ-CP"


@pytest.mark.parametrize("words", ["thu tuc dien tu", "THỦ TỤC điện tử", "moi truong"])
def test_the_search_needs_no_marks(page, words):
    assert found(page, words) == ["◐ Nghị định số 45/2020/NĐ-CP"]


def test_the_search_says_when_there_is_nothing(page):
    assert found(page, "zzz") == []
    assert page.inner_text("#results-count") == "Không tìm thấy."


def test_what_is_found_tells_its_facts(page):
    found(page, "45/2020")
    page.press("#search", "Enter")
    assert "Thủ tục trên môi trường điện tử" in panel(page)
    assert "hết hiệu lực một phần (23/11/2026)" in panel(page)


def test_the_slider_changes_what_is_drawn_and_every_status(page):
    page.locator("#day").focus()
    page.keyboard.press("Home")
    assert page.inner_text("#day-written") == "22/12/2023"
    assert drawn(page) == "Đang vẽ 5 nút và 4 quan hệ."
    assert "còn hiệu lực: 2" in page.inner_text("#summary")
    row = page.locator("#tables tr", has_text="77/2015/QH13").first
    assert "còn hiệu lực" in row.inner_text()
    page.click("#later")
    assert page.inner_text("#day-written") == "01/3/2025"
    assert "hết hiệu lực" in row.inner_text()
    assert "Hiệu lực ngày 01/3/2025" in page.inner_text(".standing-on >> nth=0")


def test_a_day_with_a_name_is_one_click_away(page):
    page.click("#named-days button >> nth=0")
    assert page.inner_text("#day-written") == "22/12/2023"
    assert page.get_attribute("#named-days button >> nth=0", "aria-pressed") == "true"


def test_a_relation_that_is_not_ticked_is_not_drawn(page):
    page.click("#filters summary")
    page.locator("#relations label", has_text="viện dẫn").locator("input").uncheck()
    assert drawn(page) == "Đang vẽ 4 nút và 3 quan hệ."


def test_a_kind_that_is_not_ticked_is_folded_into_its_document(page):
    choose_kind(page, "Điều khoản", on=True)
    assert drawn(page) == "Đang vẽ 7 nút và 7 quan hệ."
    choose_kind(page, "Điều khoản", on=False)
    choose_kind(page, "Cơ quan", on=False)
    assert drawn(page) == "Đang vẽ 5 nút và 4 quan hệ."


def test_nothing_ticked_draws_nothing_and_says_so(page):
    choose_kind(page, "Cơ quan", on=False)
    choose_kind(page, "Văn bản", on=False)
    assert drawn(page) == "Không có nút nào phù hợp bộ lọc."


def test_the_range_can_be_narrowed(page):
    page.select_option("#distance", "1")
    assert drawn(page) == "Đang vẽ 5 nút và 4 quan hệ."


def test_a_line_chosen_in_the_panel_shows_its_evidence(page):
    found(page, "77/2015")
    page.press("#search", "Enter")
    page.locator("#panel li button", has_text="được thay thế bởi").click()
    for words in ("khoản 4 Điều 49", "01/3/2025", "toàn văn"):
        assert words in panel(page)


def test_a_line_chosen_in_the_table_shows_its_evidence(page):
    page.locator("#tables a[data-edge]", has_text="thay thế").click()
    assert "khoản 4 Điều 49" in panel(page)


def test_a_click_on_a_box_of_the_picture_shows_it(page):
    frame = page.locator("#canvas").bounding_box()
    for step in range(1, 40):  # along the line through the middle, where the plan stands somewhere
        page.mouse.click(frame["x"] + frame["width"] * step / 40, frame["y"] + frame["height"] / 2)
        if page.locator("#panel-body h3").count():
            break
    assert page.locator("#panel-body h3").count() == 1


def test_the_picture_can_be_walked_by_keyboard(page):
    page.locator("#canvas").focus()
    page.keyboard.press("ArrowRight")
    assert page.inner_text("#panel-body h3") == "Kế hoạch số 12/KH-UBND"
    page.keyboard.press("ArrowLeft")
    assert page.inner_text("#panel-body h3") in {"Luật Tổ chức chính quyền địa phương số 77/2015/QH13", "Sở Nội vụ"}
    page.keyboard.press("Enter")
    assert page.locator("#panel-body article").count() >= 1
    assert page.inner_text("#announcement") == page.inner_text("#panel-body h3")
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()


def test_what_is_folded_away_can_still_be_looked_up_and_made_the_centre(page):
    found(page, "kiem tra")
    page.press("#search", "Enter")
    assert "Không có trên hình" in panel(page)
    page.locator("#panel button", has_text="Lấy làm trung tâm").click()
    assert "Không có trên hình" not in panel(page)
    page.click("#recentre")
    assert drawn(page).startswith("Đang vẽ 7 nút")


def test_a_hostile_label_is_shown_as_it_is(page):
    found(page, "alert(1)")
    page.press("#search", "Enter")
    assert "<img src=x onerror=alert(1)>" in page.inner_text("#panel-body h3")
    assert page.locator("#panel-body img, #results img, #tables img").count() == 0
    assert page.title() == "Đồ thị viện dẫn: Kế hoạch số 12/KH-UBND"


def test_the_tables_can_be_narrowed_to_the_picture(page):
    page.check("#only-drawn")
    rows = page.locator("#tables table >> nth=0").locator("tbody tr")
    assert rows.count() == 5
    page.select_option("#distance", "1")
    assert len([row for row in rows.all() if row.is_visible()]) == 4


def test_the_page_can_be_printed_with_its_picture(page):
    page.locator("#paper[src^='data:image/png']").wait_for(state="attached")
    assert page.pdf().startswith(b"%PDF")
    page.emulate_media(media="print")
    assert page.locator("#paper").is_visible()
    assert page.locator("#canvas").is_hidden()


def test_of_a_large_graph_the_nearest_is_drawn_and_the_page_says_so(blank, tmp_path, monkeypatch):
    monkeypatch.setattr(page_module, "_MOST_DRAWN", 100)
    path = tmp_path / "large.html"
    path.write_text(graph_page(star(cited=150, replaced=20, amended=2), statuses={}, on=LATER), encoding="utf-8")
    blank.goto(path.as_uri())
    assert drawn(blank).startswith("Đang vẽ 100 trong 211 nút")
    assert blank.failed == []
    assert blank.locator("#tables a[data-node]").count() == 231


def test_the_page_speaks_english(blank, tmp_path):
    path = tmp_path / "en.html"
    path.write_text(graph_page(plan(), statuses=told(), on=LATER, lang="en"), encoding="utf-8")
    blank.goto(path.as_uri())
    assert drawn(blank) == "6 nodes, 5 relations drawn."
    assert violations(blank) == []


@pytest.mark.shared
def test_a_real_plan_is_drawn_with_everything_it_cites_and_everybody_it_names(blank, tmp_path, shared_dir):
    import parcc_nlp as parcc
    from parcc_nlp.registry.registry import Registry

    registry = Registry.shipped()
    text = shared_dir / "eval" / "texts" / "qd-3044-qd-ubnd-tt-hue.txt"
    extraction = registry.resolve_all(parcc.extract(parcc.read(text)))
    graph = graph_of([extraction], registry=registry)
    days = (*event_days(graph), SIGNING, LATER)
    reasons = reasons_on(graph, registry, [LATER])
    path = tmp_path / "qd-3044.html"
    page = graph_page(graph, statuses=statuses_on(graph, registry, days), on=LATER, reasons=reasons)
    path.write_text(page, encoding="utf-8")
    blank.goto(path.as_uri())
    assert blank.failed == []
    cited = {edge.target for edge in graph.edges("based_on", "implements", "cites")}
    whole = [one for one in cited if graph.node(one).kind == "instrument"]
    assert f"trong {len(whole)} văn bản được viện dẫn" in blank.inner_text("#summary")
    blank.select_option("#distance", "1")
    agencies = {edge.target for edge in graph.edges("assigns")}
    assert drawn(blank).startswith(f"Đang vẽ {1 + len(whole) + len(agencies)} nút")
    assert "45/2020/NĐ-CP" in found(blank, "45/2020")[0]
    assert violations(blank) == []
