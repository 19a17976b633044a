"""Documents arrive from RSS and Atom feeds and from pages that list them."""

import unicodedata
from datetime import date

import pytest
from sqlalchemy import select

from parcc_nlp.library.feeds.settings import Detail, Limits, Paging
from parcc_nlp.library.feeds.tables import FEED_ITEM


def items(engine):
    with engine.connect() as connection:
        return connection.execute(select(FEED_ITEM).order_by(FEED_ITEM.c.id)).all()


def test_the_enclosures_of_an_rss_feed_are_delivered(site, rss, run, library):
    site.put("/rss", site.rss("/tep/12.pdf", "/tep/13.pdf"))
    site.put_documents("/tep/12.pdf", "/tep/13.pdf")
    report = run(rss())
    assert library.calls == [("12.pdf", site.url + "/tep/12.pdf"), ("13.pdf", site.url + "/tep/13.pdf")]
    assert (report.delivered, report.in_order, report.feeds[0].waiting) == (2, True, 0)


def test_the_links_of_an_rss_feed_without_enclosures_are_delivered(site, rss, run, library):
    site.put("/rss", site.rss("/vb/1", enclosed=False))
    site.put("/vb/1", "<html><body>Quyết định</body></html>", Content_Type="text/html; charset=utf-8")
    run(rss())
    assert library.names == ["1.html"]


def test_an_entry_may_lead_over_a_page_of_details(site, rss, run, library):
    site.put("/rss", site.rss("/vb/1", enclosed=False))
    site.put("/vb/1", "<html><a class=tep href='/a.pdf'>a</a><a class=tep href='b.docx'>b</a><a href='/c'>c</a></html>")
    site.put_documents("/a.pdf", "/vb/b.docx")
    report = run(rss(detail=Detail("a.tep")))
    assert library.names == ["a.pdf", "b.docx"]
    assert report.feeds[0].found == 3


def test_an_atom_feed_with_pages_is_followed(site, rss, run, library):
    def atom(entry, following):
        return (
            f'<feed xmlns="http://www.w3.org/2005/Atom"><title>a</title>{following}<entry><title>Nghị quyết</title>'
            f'<updated>2024-02-05T08:00:00Z</updated><link rel="enclosure" href="{entry}"/></entry></feed>'
        )

    site.put("/rss", atom("/1.pdf", '<link rel="next" href="/rss?2"/>'))
    site.put("/rss?2", atom("/2.pdf", ""))
    site.put_documents("/1.pdf", "/2.pdf")
    run(rss())
    assert library.names == ["1.pdf", "2.pdf"]


def test_a_list_gives_number_day_and_title(site, listing, run, engine):
    site.put("/ds", site.rows("/1.pdf"))
    site.put_documents("/1.pdf")
    run(listing())
    (item,) = items(engine)
    assert (item.number, item.issued, item.title, item.state) == (
        "1/2024/QĐ-UBND",
        "2024-02-01",
        "Quyết định 1",
        "done",
    )
    assert (item.name, item.size, len(item.sha256)) == ("1.pdf", 15, 64)


def test_a_list_is_followed_by_its_link_to_the_next_page(site, listing, run, library):
    site.put("/ds", site.rows("/1.pdf", after="<a class=sau href='?trang=2'>sau</a>"))
    site.put("/ds?trang=2", site.rows("/2.pdf"))
    site.put_documents("/1.pdf", "/2.pdf")
    report = run(listing(paging=Paging(next="a.sau")))
    assert library.names == ["1.pdf", "2.pdf"]
    assert report.feeds[0].pages == 2


def test_a_list_is_followed_by_page_numbers_until_there_are_no_rows(site, listing, run, library):
    site.put("/ds?p=0", site.rows("/1.pdf"))
    site.put("/ds?p=10", site.rows("/2.pdf"))
    site.put("/ds?p=20", site.rows())
    site.put_documents("/1.pdf", "/2.pdf")
    report = run(listing(paging=Paging(template=site.url + "/ds?p={page}", first=0, step=10)))
    assert library.names == ["1.pdf", "2.pdf"]
    assert report.in_order


def test_a_list_may_lead_over_pages_of_details_or_to_documents_right_away(site, listing, run, library):
    site.put("/ds", site.rows("/vb/1", "/2.pdf"))
    site.put("/vb/1", "<html><a class=tep href='/1.pdf'>tệp</a></html>")
    site.put_documents("/1.pdf", "/2.pdf")
    run(listing(detail=Detail("a.tep")))
    assert sorted(library.names) == ["1.pdf", "2.pdf"]


def test_links_start_from_the_base_a_page_states(site, listing, run, library):
    site.put("/ds", "<base href='/kho/'>" + site.rows("1.pdf"))
    site.put_documents("/kho/1.pdf")
    run(listing())
    assert library.names == ["1.pdf"]


def test_what_is_older_than_the_day_asked_for_is_left_out(site, listing, run, library):
    site.put("/ds", site.rows("/1.pdf", "/2.pdf", "/3.pdf"))
    site.put_documents("/1.pdf", "/2.pdf", "/3.pdf")
    run(listing(since=date(2024, 2, 2)))
    assert library.names == ["2.pdf", "3.pdf"]


def test_the_same_link_twice_is_one_document(site, listing, run, library):
    site.put("/ds", site.rows("/1.pdf", "/1.pdf#trang2"))
    site.put_documents("/1.pdf")
    run(listing())
    assert library.names == ["1.pdf"]


def test_without_a_feed_nothing_is_done(site, run):
    assert run().feeds == ()
    assert site.asked == []


def test_a_run_takes_no_more_than_allowed_and_the_next_one_the_rest(site, rss, run, library):
    site.put("/rss", site.rss("/1.pdf", "/2.pdf", "/3.pdf"))
    site.put_documents("/1.pdf", "/2.pdf", "/3.pdf")
    feed = rss(limits=Limits(min_seconds=0, max_items=2))
    assert run(feed).feeds[0].waiting == 1
    assert run(feed).feeds[0].waiting == 0
    assert library.names == ["1.pdf", "2.pdf", "3.pdf"]


CHARSETS = pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1258", "khong-co"])


@CHARSETS
def test_a_feed_in_utf8_is_read_whatever_the_server_calls_it(site, rss, run, engine, charset):
    site.put("/rss", site.rss("/1.pdf"), Content_Type=f"text/xml; charset={charset}")
    run(rss())
    assert items(engine)[0].title == "Văn bản 1"


@CHARSETS
def test_a_list_in_utf8_is_read_whatever_the_server_calls_it(site, listing, run, engine, charset):
    site.put("/ds", site.rows("/1.pdf"), Content_Type=f"text/html; charset={charset}")
    run(listing())
    assert items(engine)[0].title == "Quyết định 1"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "windows-1258"])
def test_a_feed_in_another_encoding_is_read(site, rss, run, engine, encoding):
    body = site.rss("/1.pdf").replace("Văn bản", "Đề án").replace("utf-8", encoding)
    written = unicodedata.normalize("NFD", body) if encoding == "windows-1258" else body
    # Windows 1258 has ê as one letter and marks behind it.
    site.put("/rss", written.replace("e\u0302", "ê").encode(encoding), Content_Type="text/xml")
    run(rss())
    assert unicodedata.normalize("NFC", items(engine)[0].title) == "Đề án 1"


def test_a_page_that_is_not_the_utf8_it_claims_to_be_still_gives_its_links(site, listing, run, library):
    site.put("/ds", site.rows("/1.pdf").encode("latin-1", errors="replace"), Content_Type="text/html; charset=utf-8")
    site.put_documents("/1.pdf")
    run(listing())
    assert library.names == ["1.pdf"]


def test_the_name_of_a_file_is_what_the_server_says(site, rss, run, library):
    site.put("/rss", site.rss("/tai.aspx?id=7"))
    name = "attachment; filename*=UTF-8''Quy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh.pdf"
    site.put("/tai.aspx?id=7", b"%PDF-1.7", Content_Disposition=name)
    run(rss())
    assert library.names == ["Quyết định.pdf"]
