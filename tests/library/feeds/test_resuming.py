"""A run may end anywhere: the next one goes on, and every document comes to the library once."""

import httpx
import pytest
from sqlalchemy import select

from parcc_nlp.errors import ReadError
from parcc_nlp.library.feeds.client import PinnedTransport
from parcc_nlp.library.feeds.settings import Detail, Limits, Paging
from parcc_nlp.library.feeds.tables import FEED, FEED_ITEM


def state_of(engine, url):
    with engine.connect() as connection:
        return connection.execute(select(FEED_ITEM).where(FEED_ITEM.c.url == url)).one()


def pages(site, *pages_of_links):
    """Serve a list in pages, newest first."""
    for number, links in enumerate(pages_of_links, 1):
        more = number < len(pages_of_links)
        after = f"<a class=sau href='/ds?p={number + 1}'>sau</a>" if more else ""
        site.put("/ds" if number == 1 else f"/ds?p={number}", site.rows(*links, after=after))
        site.put_documents(*links)


def test_a_document_is_fetched_once(site, rss, run, library):
    site.put("/rss", site.rss("/1.pdf"))
    site.put_documents("/1.pdf")
    run(rss())
    site.put("/rss", site.rss("/2.pdf", "/1.pdf"))
    site.put_documents("/2.pdf")
    run(rss())
    assert library.names == ["1.pdf", "2.pdf"]
    assert site.paths().count("/1.pdf") == 1


def test_an_unchanged_feed_is_answered_with_304_and_not_read(site, rss, run):
    site.put("/rss", site.rss(), ETag='"a"', Last_Modified="Mon, 23 Nov 2026 00:00:00 GMT")
    run(rss())
    second = run(rss()).feeds[0]
    assert (second.unchanged, second.pages, second.trouble) == (True, 0, None)
    asked = site.asked[-1][1]
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == ('"a"', "Mon, 23 Nov 2026 00:00:00 GMT")


def test_other_selectors_make_an_unchanged_page_worth_reading(site, listing, run, library):
    site.put("/ds", site.rows("/1.pdf"), ETag='"a"')
    site.put_documents("/1.pdf")
    assert run(listing(row="div")).feeds[0].trouble.reason == "no_rows"
    run(listing(row="tr", title="td.khac"))
    assert run(listing()).feeds[0].unchanged is False
    assert library.names == ["1.pdf"]


def test_when_the_library_breaks_the_run_ends_and_the_next_goes_on(site, rss, run, library):
    site.put("/rss", site.rss("/1.pdf", "/2.pdf", "/3.pdf"))
    site.put_documents("/1.pdf", "/2.pdf", "/3.pdf")

    def breaking(name, data, *, origin):
        if name == "2.pdf":
            raise OSError("disk full")
        library(name, data, origin=origin)

    with pytest.raises(OSError, match="disk full"):
        run(rss(), deliver=breaking)
    run(rss())
    assert library.names == ["1.pdf", "2.pdf", "3.pdf"]


def test_a_document_the_library_refuses_is_tried_again_later(site, rss, run, clock, library):
    site.put("/rss", site.rss("/1.pdf", "/2.pdf"))
    site.put_documents("/1.pdf", "/2.pdf")

    def refusing(name, data, *, origin):
        if name == "1.pdf":
            raise ReadError("E101")
        library(name, data, origin=origin)

    report = run(rss(), deliver=refusing)
    assert "E101" in report.feeds[0].failed[0].trouble.told()
    assert (library.names, report.feeds[0].waiting) == (["2.pdf"], 1)
    assert run(rss()).delivered == 0, "not before an hour is over"
    clock.pass_by(hours=1, seconds=1)
    assert run(rss()).delivered == 1
    assert library.names == ["2.pdf", "1.pdf"]


def test_a_failing_document_is_given_up_in_the_end(site, rss, run, clock, engine):
    site.put("/rss", site.rss("/1.pdf"))
    site.put("/1.pdf", status=403)
    for _ in range(12):
        run(rss())
        clock.pass_by(days=8)
    item = state_of(engine, site.url + "/1.pdf")
    assert (item.state, item.reason, item.attempts, item.next_try) == ("failed", "refused", 8, None)
    site.put_documents("/1.pdf")
    assert run(rss()).delivered == 0
    assert run(rss(), again=True).delivered == 1


def test_a_document_that_is_gone_is_not_asked_for_again(site, rss, run, clock):
    site.put("/rss", site.rss("/1.pdf"))
    assert run(rss()).feeds[0].failed[0].trouble.told("en") == "the address is gone (404)"
    clock.pass_by(days=30)
    assert run(rss()).in_order
    assert site.paths().count("/1.pdf") == 1


def test_a_list_is_read_only_down_to_what_is_known(site, listing, run, library):
    feed = listing(paging=Paging(next="a.sau"))
    pages(site, ["/4.pdf", "/3.pdf"], ["/2.pdf", "/1.pdf"], ["/0.pdf"])
    assert run(feed).feeds[0].pages == 3
    pages(site, ["/5.pdf", "/4.pdf"], ["/3.pdf", "/2.pdf"], ["/1.pdf", "/0.pdf"])
    assert run(feed).feeds[0].pages == 2
    assert library.names == ["4.pdf", "3.pdf", "2.pdf", "1.pdf", "0.pdf", "5.pdf"]


def test_paging_goes_on_where_the_limit_stopped_it_and_newest_come_first(site, listing, run, library):
    feed = listing(paging=Paging(next="a.sau"), limits=Limits(min_seconds=0, max_pages=2))
    pages(site, ["/8.pdf"], ["/7.pdf"], ["/6.pdf"], ["/5.pdf"], ["/4.pdf"])
    run(feed)
    assert library.names == ["8.pdf", "7.pdf"]
    pages(site, ["/9.pdf"], ["/8.pdf"], ["/7.pdf"], ["/6.pdf"], ["/5.pdf"], ["/4.pdf"])
    run(feed)
    assert library.names[2] == "9.pdf"
    for _ in range(4):
        run(feed)
    assert sorted(library.names) == ["4.pdf", "5.pdf", "6.pdf", "7.pdf", "8.pdf", "9.pdf"]


def test_more_news_than_a_run_may_read_leaves_no_gap(site, listing, run, library):
    feed = listing(paging=Paging(next="a.sau"), limits=Limits(min_seconds=0, max_pages=2))
    old = [[f"/{number}.pdf"] for number in range(9, 0, -1)]
    pages(site, *old)
    for _ in range(3):
        run(feed)
    assert len(library.names) < 9, "the first pass is still under way, far down"
    pages(site, *[[f"/{number}.pdf"] for number in range(14, 9, -1)], *old)
    for _ in range(10):
        run(feed)
    assert sorted(int(name[:-4]) for name in library.names) == list(range(1, 15))


def test_a_stopped_pass_goes_on_past_the_news_above_it(site, listing, run, library):
    feed = listing(paging=Paging(next="a.sau"))
    old = [[f"/{number}.pdf"] for number in range(5, 0, -1)]
    pages(site, *old)
    site.put("/ds?p=3", status=404)
    run(feed)
    assert library.names == ["5.pdf", "4.pdf"]
    pages(site, ["/7.pdf"], ["/6.pdf"], *old)
    run(feed)
    assert sorted(int(name[:-4]) for name in library.names) == list(range(1, 8))


def test_a_limit_of_one_page_still_leads_to_the_last(site, listing, run, library):
    feed = listing(paging=Paging(next="a.sau"), limits=Limits(min_seconds=0, max_pages=1))
    pages(site, ["/3.pdf"], ["/2.pdf"], ["/1.pdf"])
    for _ in range(8):
        run(feed)
    assert sorted(library.names) == ["1.pdf", "2.pdf", "3.pdf"]


def test_a_page_that_fails_is_taken_up_again(site, listing, run, library):
    feed = listing(paging=Paging(next="a.sau"))
    pages(site, ["/3.pdf"], ["/2.pdf"], ["/1.pdf"])
    whole = site.pages["/ds?p=2"]
    site.put("/ds?p=2", status=404)
    assert run(feed).feeds[0].trouble.reason == "gone"
    site.pages["/ds?p=2"] = whole
    assert run(feed).in_order
    assert library.names == ["3.pdf", "2.pdf", "1.pdf"]


def test_a_last_page_that_links_to_the_first_ends_the_list(site, listing, run, engine):
    pages(site, ["/2.pdf"], ["/1.pdf"])
    site.put("/ds?p=2", site.rows("/1.pdf", after="<a class=sau href='/ds'>sau</a>"))
    assert run(listing(paging=Paging(next="a.sau"))).feeds[0].pages == 2
    with engine.connect() as connection:
        assert connection.execute(select(FEED.c.cursor, FEED.c.whole)).one() == (None, False)


def test_killed_anywhere_nothing_is_lost_and_nothing_is_fetched_after_it_was_noted(site, listing, run, library, clock):
    feed = listing(paging=Paging(next="a.sau"), detail=Detail("a.tep"))
    for number in (1, 2, 3):
        site.put(
            f"/vb/{number}", f"<html><a class=tep href='/{number}.pdf'>a</a><a class=tep href='/{number}.docx'>b</a>"
        )
        site.put_documents(f"/{number}.pdf", f"/{number}.docx")
    site.put("/ds", site.rows("/vb/1", "/vb/2", after="<a class=sau href='/ds2'>sau</a>"))
    site.put("/ds2", site.rows("/vb/3"))

    class Dying(PinnedTransport):
        """Sends a number of requests, then the process is killed."""

        left = 0

        def handle_request(self, request):
            self.left -= 1
            if self.left < 0:
                raise KeyboardInterrupt
            return super().handle_request(request)

    transport = Dying()
    runs = 0
    with httpx.Client(transport=transport) as client:
        done = False
        while not done:
            runs += 1
            transport.left = 4 + runs % 3
            try:
                done = run(feed, client=client).feeds[0].waiting == 0
            except KeyboardInterrupt:
                continue
    assert runs > 2, "the test means something only if runs were killed"
    assert sorted(library.names) == ["1.docx", "1.pdf", "2.docx", "2.pdf", "3.docx", "3.pdf"]


def test_killed_between_library_and_note_the_library_sees_the_same_bytes_again(site, rss, run, library, monkeypatch):
    from parcc_nlp.library.feeds.state import Memory

    site.put("/rss", site.rss("/1.pdf"))
    site.put_documents("/1.pdf")
    with monkeypatch.context() as patched:
        patched.setattr(Memory, "done", killed)
        with pytest.raises(KeyboardInterrupt):
            run(rss())
    run(rss())
    assert (len(library.calls), len(library.kept)) == (2, 1)


def killed(*_, **__):
    raise KeyboardInterrupt
