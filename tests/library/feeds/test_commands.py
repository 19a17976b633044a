"""``parcc feeds``: an officer writes down sources, tries them, and lets them run."""

from contextlib import contextmanager

import pytest
from typer.testing import CliRunner

import parcc_nlp.library
from parcc_nlp.cli.feeds_app import feeds_app


@pytest.fixture
def parcc(tmp_path, monkeypatch, library, engine):
    """Run a command of ``parcc feeds`` in a folder of its own, with a library that only counts."""

    class Office:
        def submit(self, data, *, name, origin=None):
            library(name, data, origin=origin)

    @contextmanager
    def opened(where, *, create=True):
        Office.engine = engine
        yield Office()

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(parcc_nlp.library, "open_library", opened)

    def run(*words):
        return CliRunner().invoke(feeds_app, [str(word) for word in words], standalone_mode=False)

    return run


@pytest.fixture
def config(site, tmp_path):
    """A file with one feed of the site."""
    site.put("/rss", site.rss("/1.pdf", "/kin/2.pdf"))
    site.put("/robots.txt", "User-agent: *\nDisallow: /kin/")
    site.put_documents("/1.pdf")
    path = tmp_path / "nguon.yaml"
    path.write_text(
        f"limits: {{min_seconds: 0}}\nfeeds:\n  - name: cong-bao\n    kind: rss\n    url: {site.url}/rss\n",
        encoding="utf-8",
    )
    return path


def test_without_a_feed_a_run_says_so_and_does_nothing(parcc, site, library):
    told = parcc("run", "--library", "kho.db")
    assert told.return_value == 0
    assert told.output.startswith("Chưa cấu hình nguồn nào")
    assert (site.asked, library.calls) == ([], [])


def test_a_run_brings_documents_to_the_library(parcc, config, library, site):
    told = parcc("run", config, "--library", "kho.db")
    assert library.calls == [("1.pdf", site.url + "/1.pdf")]
    assert "cong-bao: 1 trang, 2 mục mới, 1 văn bản vào kho, 1 lỗi, 0 còn chờ" in told.output
    assert told.return_value == 2, "one document may not be fetched"
    assert parcc("run", config, "--library", "kho.db").return_value == 0
    assert (
        "1 văn bản đã vào kho, 0 đang chờ, 0 lỗi, 1 không được phép tải"
        in parcc("list", config, "--library", "k").output
    )


def test_a_trial_shows_what_would_be_fetched_and_keeps_nothing(parcc, config, library, site):
    told = parcc("check", config)
    assert f"[văn bản] {site.url}/1.pdf — Văn bản 1" in told.output
    assert f"Sẽ không tải {site.url}/kin/2.pdf: robots.txt" in told.output
    assert (told.return_value, library.calls) == (0, [])
    assert site.paths() == ["/rss"]


def test_a_trial_looks_at_the_first_page_of_details(parcc, config, site):
    config.write_text(config.read_text(encoding="utf-8") + "    detail: {attachment: a.tep}\n", encoding="utf-8")
    site.put("/1.pdf", "<html><a class=tep href='/tep.docx'>a</a></html>")
    assert f"Tệp ở trang chi tiết đầu tiên: {site.url}/tep.docx" in parcc("check", config).output


def test_a_trial_says_what_cannot_be_read(parcc, config, site):
    site.put("/rss", "x")
    told = parcc("check", config)
    assert "không phải RSS hoặc Atom" in told.output
    assert told.return_value == 2


def test_what_a_page_says_cannot_command_the_terminal(parcc, config, site):
    site.put("/rss", site.rss("/1.pdf").replace("Văn bản 1", "Văn \u202ebản"))
    assert "\u202e" not in parcc("check", config).output


def test_feeds_are_added_listed_and_removed(parcc):
    parcc("add", "--name", "a", "--url", "https://example.org/rss")
    parcc(
        "add", "--name", "b", "--url", "https://example.org/ds", "--kind", "listing", "--row", "tr", "--link", "a",
        "--template", "https://example.org/ds?p={page}", "--attachment", "a.tep",
    )  # fmt: skip
    assert parcc("list").output == "a (rss): https://example.org/rss\nb (listing): https://example.org/ds\n"
    parcc("remove", "a")
    assert parcc("list").output == "b (listing): https://example.org/ds\n"


def test_importing_the_feeds_loads_no_client():
    import subprocess
    import sys

    code = "import sys, parcc_nlp.cli.feeds_app; print(sorted({'httpx', 'feedparser', 'lxml', 'sqlalchemy', 'pydantic'} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
