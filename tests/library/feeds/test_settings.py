"""The file of feeds: what an officer writes is checked before anything is fetched, and what is wrong is named."""

import csv
from dataclasses import fields
from importlib.resources import files

import pytest

from parcc_nlp.errors import UsageError, error_texts
from parcc_nlp.library.feeds.editing import add_feed, remove_feed
from parcc_nlp.library.feeds.reading import feeds_from, read_feeds
from parcc_nlp.library.feeds.reasons import reasons
from parcc_nlp.library.feeds.settings import Feed, Limits

RSS = "feeds:\n  - name: a\n    kind: rss\n    url: https://example.org/rss\n"
LISTING = "feeds:\n  - name: a\n    kind: listing\n    url: https://example.org/ds\n    row: tr\n    link: a\n"


def test_the_example_can_be_read(root):
    found = read_feeds(root / "docs" / "examples" / "feeds.yaml")
    assert [feed.name for feed in found.feeds] == ["cong-bao", "van-ban-moi", "ubnd-tinh", "so-tu-phap", "noi-bo"]
    assert found.feeds[0].limits == Limits(), "the example shows the limits that hold without it"
    assert found.feeds[2].limits.max_pages == 5


@pytest.mark.parametrize("text", ["", "feeds:", "feeds: []", "# không có gì\n"])
def test_a_file_without_feeds_has_none(text):
    assert feeds_from(text, path="feeds.yaml").feeds == []


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("feeds: [", "E460", ""),
        ("- a\n", "E467", "feeds"),
        ("feeds: a\n", "E467", "dòng 1: Khóa “feeds”"),
        (RSS + "    urll: a\n", "E461", "dòng 5: Khóa “feeds[1].urll”"),
        (RSS + "nguon: a\n", "E461", "dòng 5: Khóa “nguon”"),
        (RSS.replace("    url: https://example.org/rss\n", ""), "E462", "dòng 2: Thiếu khóa “feeds[1].url”"),
        (RSS.replace("https://example.org/rss", "12"), "E463", "dòng 4: Giá trị của khóa “feeds[1].url”"),
        (RSS.replace("https://example.org/rss", "ftp://example.org"), "E468", "ftp://example.org"),
        (RSS.replace("https://", "https://a:b@"), "E468", "dòng 4"),
        (RSS.replace("kind: rss", "kind: atom"), "E466", "rss, listing"),
        (RSS + "    allow_private: co\n", "E465", "dòng 5"),
        (RSS + "    since: hôm qua\n", "E471", "dòng 5"),
        (RSS + "    row: tr\n", "E461", "dòng 5"),
        (RSS + "    limits: {retries: ba}\n", "E464", "feeds[1].limits.retries"),
        (RSS + "    limits: {retries: 99}\n", "E476", "0 đến 10"),
        ("limits: {min_seconds: -1}\n" + RSS, "E476", "min_seconds"),
        (RSS + RSS.removeprefix("feeds:\n"), "E472", "dòng 5"),
        (LISTING.replace("    link: a\n", ""), "E462", "feeds[1].link"),
        (LISTING.replace("row: tr", "row: 'tr['"), "E469", "dòng 5"),
        (LISTING + "    detail: {attachment: '>>'}\n", "E469", "feeds[1].detail.attachment"),
        (LISTING + "    paging: {}\n", "E475", "feeds[1].paging"),
        (LISTING + "    paging: {next: a, template: 'https://example.org/{page}'}\n", "E475", "feeds[1].paging"),
        (LISTING + "    paging: {template: 'https://example.org/'}\n", "E470", "{page}"),
        (LISTING + "    paging: {template: 'https://example.org/{page}', step: 0}\n", "E464", "paging.step"),
        ("contact: đ\n" + RSS, "E463", "contact"),
        ('contact: "a\\nHost: b"\n' + RSS, "E463", "contact") ,
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_by_line_and_key(text, code, place):
    with pytest.raises(UsageError) as caught:
        feeds_from(text, path="feeds.yaml")
    assert caught.value.code == code
    assert caught.value.message().startswith("feeds.yaml")
    assert place in caught.value.message()
    assert caught.value.message(lang="en")


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UsageError, match=r"khong\.yaml.*E460"):
        read_feeds(tmp_path / "khong.yaml")


def test_a_feed_is_added_and_comments_stay(tmp_path):
    path = tmp_path / "feeds.yaml"
    path.write_text("# của Sở\nlimits: {retries: 1}\n" + RSS + "\n# hết\n", encoding="utf-8")
    add_feed(path, {"name": "b", "kind": "rss", "url": "https://example.org/b"})
    text = path.read_text(encoding="utf-8")
    assert "# của Sở" in text
    assert text.endswith("\n# hết\n")
    assert [(feed.name, feed.limits.retries) for feed in read_feeds(path).feeds] == [("a", 1), ("b", 1)]


@pytest.mark.parametrize(
    "old", [None, "", "contact: a\n", "feeds:\n", "feeds:\n- {name: a, kind: rss, url: 'https://a'}"]
)
def test_a_feed_is_added_to_whatever_is_there(tmp_path, old):
    path = tmp_path / "feeds.yaml"
    if old is not None:
        path.write_text(old, encoding="utf-8")
    add_feed(
        path, {"name": "b", "kind": "listing", "url": "https://example.org/b", "row": "tr", "link": "a[href$='.pdf']"}
    )
    assert read_feeds(path).feeds[-1] == Feed("b", "listing", "https://example.org/b", row="tr", link="a[href$='.pdf']")


def test_a_feed_that_cannot_be_used_is_not_added(tmp_path):
    path = tmp_path / "feeds.yaml"
    path.write_text(RSS, encoding="utf-8")
    for keys, code in (
        ({"name": "a", "kind": "rss", "url": "https://b"}, "E472"),
        ({"name": "b", "kind": "listing", "url": "https://b"}, "E462"),
    ):
        with pytest.raises(UsageError, match=code):
            add_feed(path, keys)
    assert path.read_text(encoding="utf-8") == RSS


@pytest.mark.parametrize("name", ["a", "b", "c"])
def test_a_feed_is_removed_and_the_rest_stays_as_it_is(tmp_path, name):
    path = tmp_path / "feeds.yaml"
    entries = {one: f"  - name: {one}\n    kind: rss\n    url: https://example.org/{one}\n" for one in "abc"}
    path.write_text("# đầu\nfeeds:\n" + "".join(entries.values()) + "# cuối\n", encoding="utf-8")
    remove_feed(path, name)
    rest = "".join(entry for one, entry in entries.items() if one != name)
    assert path.read_text(encoding="utf-8") == "# đầu\nfeeds:\n" + rest + "# cuối\n"


def test_a_feed_that_is_not_there_is_not_removed(tmp_path):
    path = tmp_path / "feeds.yaml"
    path.write_text(RSS, encoding="utf-8")
    with pytest.raises(UsageError, match="E473"):
        remove_feed(path, "b")


def test_a_list_on_one_line_is_left_to_the_officer(tmp_path):
    path = tmp_path / "feeds.yaml"
    path.write_text("feeds: [{name: a, kind: rss, url: 'https://example.org'}]\n", encoding="utf-8")
    with pytest.raises(UsageError, match="E474"):
        remove_feed(path, "a")
    with pytest.raises(UsageError, match="E474"):
        add_feed(path, {"name": "b", "kind": "rss", "url": "https://example.org/b"})


def rows(name):
    text = (files("parcc_nlp.library.feeds") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_every_reason_has_its_words_and_says_whether_to_try_again():
    for reason in reasons().values():
        assert reason.again in {"now", "later", "never"}
        assert reason.vi.format(detail="?")
        assert ("{detail}" in reason.vi) == ("{detail}" in reason.en)
        assert len(reason.reason) <= 40


def test_every_wording_has_both_languages_with_the_same_fields():
    from string import Formatter

    for row in rows("words.csv"):
        named = [{field for _, field, _, _ in Formatter().parse(row[lang]) if field} for lang in ("vi", "en")]
        assert named[0] == named[1], row["key"]


def test_every_fault_has_a_code_and_every_limit_its_bounds():
    assert {row["code"] for row in rows("fault_codes.csv")} <= set(error_texts())
    assert {row["limit"] for row in rows("bounds.csv")} == {field.name for field in fields(Limits)}
    for row in rows("bounds.csv"):
        assert float(row["least"]) <= getattr(Limits(), row["limit"]) <= float(row["most"])


def test_every_reason_used_in_the_code_stands_in_the_table(root):
    import re

    folder = root / "parcc_nlp" / "library" / "feeds"
    used = {
        name
        for path in folder.glob("*.py")
        for name in re.findall(r'Trouble\(\s*"(\w+)"', path.read_text(encoding="utf-8"))
    }
    assert used
    assert used <= set(reasons())
