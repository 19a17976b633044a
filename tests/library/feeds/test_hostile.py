"""What a site sends is not trusted."""

import time

import pytest

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {x} "{f"&{y};" * 10}">' for y, x in zip("abcdefgh", "bcdefghi", strict=True))
    + ']><rss version="2.0"><channel><title>&i;</title></channel></rss>'
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_an_entity_bomb_is_refused_unread(site, rss, run, encoding):
    site.put("/rss", BOMB.encode(encoding), Content_Type="application/xml")
    begun = time.perf_counter()
    assert run(rss()).feeds[0].trouble.reason == "hostile"
    assert time.perf_counter() - begun < 2


def test_a_feed_cannot_make_us_read_files(site, rss, run, library):
    doctype = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    site.put("/rss", f'<?xml version="1.0"?>{doctype}<rss version="2.0"><channel><title>&x;</title></channel></rss>')
    assert run(rss()).feeds[0].trouble.reason == "hostile"


@pytest.mark.parametrize("body", ["", "not a feed", "<html><body>Đang bảo trì</body></html>", "\x00\x01"])
def test_what_is_no_feed_is_said_to_be_none(site, rss, run, body):
    site.put("/rss", body)
    assert run(rss()).feeds[0].trouble.reason == "not_a_feed"


def test_a_feed_broken_in_the_middle_gives_what_can_be_read(site, rss, run, library):
    site.put("/rss", site.rss("/1.pdf", "/2.pdf").replace("Văn bản 2</title>", "Văn bản & <b>2</title>")[:-20])
    site.put_documents("/1.pdf", "/2.pdf")
    run(rss())
    assert "1.pdf" in library.names


def test_one_broken_feed_does_not_stop_the_others(site, rss, listing, run, library):
    site.put("/rss", "not a feed")
    site.put("/ds", site.rows("/1.pdf"))
    site.put_documents("/1.pdf")
    report = run(rss(), listing())
    assert [outcome.trouble is None for outcome in report.feeds] == [False, True]
    assert library.names == ["1.pdf"]


def test_a_web_page_in_place_of_a_pdf_is_not_taken_for_it(site, rss, run, library):
    site.put("/rss", site.rss("/1.pdf"))
    site.put("/1.pdf", "<!DOCTYPE html><html><body>Đăng nhập</body></html>", Content_Type="text/html")
    assert [failure.trouble.reason for failure in run(rss()).feeds[0].failed] == ["page_instead"]
    assert library.calls == []


def test_an_empty_file_is_no_document(site, rss, run, library):
    site.put("/rss", site.rss("/1.pdf"))
    site.put("/1.pdf", b"")
    assert [failure.trouble.reason for failure in run(rss()).feeds[0].failed] == ["empty"]


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "mailto:a@example.org", "file:///etc/passwd", "http://[", "data:text/html,a", ""]
)
def test_links_that_lead_nowhere_are_passed_over(site, listing, run, library, link):
    site.put("/ds", site.rows(link, "/2.pdf"))
    site.put_documents("/2.pdf")
    assert run(listing()).in_order
    assert library.names == ["2.pdf"]


@pytest.mark.parametrize("name", ["../../etc/passwd", "..\\..\\a.pdf", "a\u202efdp.exe", "con:1|2.pdf", "/"])
def test_the_name_a_server_gives_stays_a_name(site, rss, run, library, name):
    from urllib.parse import quote

    site.put("/rss", site.rss("/1.pdf"))
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    site.put("/1.pdf", b"%PDF-1.7", Content_Disposition=disposition)
    run(rss())
    (given,) = library.names
    assert given
    assert not set(given) & set('/\\:|\u202e"')
    assert not given.startswith(".")


def test_a_file_cut_off_in_transit_is_not_delivered(site, rss, run, library):
    site.put("/rss", site.rss("/1.pdf"))
    site.put("/1.pdf", b"%PDF-1.7", Content_Length="5000")
    assert [failure.trouble.reason for failure in run(rss()).feeds[0].failed] == ["unreachable"]
    assert library.calls == []
