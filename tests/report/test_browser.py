"""The HTML report in a real browser: nothing is fetched, nothing fails, and everybody can read it, by light and by dark."""

import os
import shutil

import pytest

from parcc_nlp.report.html import IndexEntry, html_page, index_page

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


@pytest.fixture(params=["light", "dark"])
def page(request, browser):
    context = browser.new_context(color_scheme=request.param)
    opened = context.new_page()
    opened.fetched, opened.failed = [], []
    opened.on("request", lambda asked: opened.fetched.append(asked.url))
    opened.on("console", lambda told: opened.failed.append(told.text) if told.type == "error" else None)
    opened.on("pageerror", lambda error: opened.failed.append(str(error)))
    yield opened
    context.close()


@pytest.fixture
def report(tmp_path, dossier):
    path = tmp_path / "báo cáo.html"
    path.write_text(html_page(dossier), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def index(tmp_path):
    path = tmp_path / "index.html"
    entries = [
        IndexEntry("a.txt", "a.html", "Kế hoạch", (("error", 1),)),
        IndexEntry("b.txt", None, failure="Tệp rỗng."),
    ]
    path.write_text(index_page(entries), encoding="utf-8")
    return path.as_uri()


def violations(page):
    from axe_playwright_python.sync_playwright import Axe

    return [(one["id"], one["help"]) for one in Axe().run(page).response["violations"]]


def test_the_report_is_one_file_that_runs_without_a_fault(page, report):
    page.goto(report)
    assert page.fetched == [report]
    assert page.failed == []
    assert page.locator("#findings li[id^=f]").count() > 0


def test_the_report_has_no_fault_of_accessibility(page, report):
    page.goto(report)
    assert violations(page) == []


def test_the_index_has_no_fault_of_accessibility(page, index):
    page.goto(index)
    assert page.failed == []
    assert violations(page) == []


def test_the_check_of_accessibility_finds_a_fault(page, tmp_path):
    bad = tmp_path / "bad.html"
    bad.write_text("<html><body><img src='x.png'><p style='color:#eee;background:#fff'>mờ</p></body>", encoding="utf-8")
    page.goto(bad.as_uri())
    assert {"image-alt", "color-contrast"} <= {name for name, _ in violations(page)}


def test_a_place_of_a_finding_leads_to_its_words(page, report, dossier):
    page.goto(report)
    page.locator("#findings .mentions a").first.click()
    target = page.evaluate("document.querySelector(':target') !== null")
    assert target


def test_a_citation_shows_its_card_when_the_keyboard_reaches_it(page, report):
    page.goto(report)
    page.locator(".document a.cite").first.focus()
    assert page.locator("#card").is_visible()


def test_the_report_can_be_printed(page, report):
    page.goto(report)
    assert page.pdf(format="A4").startswith(b"%PDF")
