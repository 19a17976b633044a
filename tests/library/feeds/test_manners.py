"""Sites are treated politely, and none of them leads the program where it must not go."""

import httpx
import pytest

from parcc_nlp.library.feeds.client import ADDRESS, user_agent
from parcc_nlp.library.feeds.guard import Access, is_public, may_speak_to
from parcc_nlp.library.feeds.settings import Limits

QUICK = Limits(min_seconds=0, retries=1)


def test_the_program_says_who_it_is(site, rss, run):
    site.put("/rss", site.rss())
    run(rss(), contact="vanthu@example.org")
    assert {headers["User-Agent"] for _, headers in site.asked} == {user_agent("vanthu@example.org")}
    assert user_agent().startswith("parcc_nlp/")


def test_robots_txt_is_obeyed_and_asked_for_once(site, rss, run, library, engine):
    site.put("/robots.txt", "User-agent: *\nDisallow: /kin/\nAllow: /")
    site.put("/rss", site.rss("/kin/1.pdf", "/2.pdf"))
    site.put_documents("/kin/1.pdf", "/2.pdf")
    report = run(rss())
    assert library.names == ["2.pdf"]
    assert [failure.trouble.reason for failure in report.feeds[0].failed] == ["robots"]
    assert [path for path, _ in site.asked].count("/robots.txt") == 1
    assert "/kin/1.pdf" not in site.paths()
    assert run(rss()).in_order, "what is not allowed is not tried again"


def test_a_feed_that_robots_txt_closes_is_not_read(site, rss, run):
    site.put("/robots.txt", "User-agent: parcc_nlp\nDisallow: /")
    assert run(rss()).feeds[0].trouble.reason == "robots"
    assert site.paths() == []


def test_a_robots_txt_that_fails_closes_the_site_until_it_answers(site, rss, run):
    site.put("/robots.txt", status=503)
    assert run(rss(limits=QUICK)).feeds[0].trouble.reason == "robots_unreachable"
    assert site.paths() == []


def test_requests_to_one_host_are_kept_apart(site, rss, run, clock):
    site.put("/rss", site.rss("/1.pdf"))
    site.put_documents("/1.pdf")
    run(rss(limits=Limits(min_seconds=3)))
    assert clock.slept == [3.0, 3.0]


def test_the_delay_that_robots_txt_asks_for_is_kept(site, rss, run, clock):
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 7")
    site.put("/rss", site.rss())
    run(rss(limits=Limits(min_seconds=1)))
    assert clock.slept == [7.0]


def test_a_server_that_stumbles_is_asked_again_after_growing_rests(site, rss, run, clock, library):
    site.put("/rss", status=503)
    failing = site.pages["/rss"]
    site.put("/rss", site.rss())
    site.queue("/rss", failing, failing, site.pages["/rss"])
    assert run(rss()).in_order
    assert clock.slept == [1.0, 2.0]


def test_a_server_that_stays_down_is_left_for_the_next_run(site, rss, run, clock):
    site.put("/rss", status=500)
    assert run(rss(limits=QUICK)).feeds[0].trouble.told("en") == "the server reports the error 500"
    assert site.paths() == ["/rss", "/rss"]


def test_retry_after_is_waited_for_when_it_is_short(site, rss, run, clock, library):
    site.put("/rss", site.rss("/1.pdf"))
    site.put("/1.pdf", status=429, Retry_After="20")
    busy = site.pages["/1.pdf"]
    site.put_documents("/1.pdf")
    site.queue("/1.pdf", busy, site.pages["/1.pdf"])
    run(rss())
    assert clock.slept == [20.0]
    assert library.names == ["1.pdf"]


def test_a_long_retry_after_puts_the_feed_off_without_blaming_the_document(site, rss, run, clock, library):
    site.put("/rss", site.rss("/1.pdf", "/2.pdf"))
    site.put("/1.pdf", status=429, Retry_After="3600")
    site.put_documents("/2.pdf")
    report = run(rss())
    assert (report.feeds[0].trouble.reason, report.feeds[0].failed, report.feeds[0].waiting) == (
        "too_many_requests",
        (),
        2,
    )
    asked = len(site.asked)
    assert run(rss()).feeds[0].trouble.reason == "too_many_requests"
    assert len(site.asked) == asked, "before the hour is over nobody knocks"
    clock.pass_by(hours=1, seconds=1)
    site.put_documents("/1.pdf")
    assert run(rss()).in_order
    assert library.names == ["1.pdf", "2.pdf"]


def test_a_file_that_says_it_is_too_large_is_not_taken(site, rss, run, library):
    site.put("/rss", site.rss("/1.pdf"))
    site.put("/1.pdf", b"x" * 3000)
    report = run(rss(limits=Limits(min_seconds=0, max_megabytes=0.002)))
    assert report.feeds[0].failed[0].trouble.told("en") == "larger than allowed (0.00199986 MB)"
    assert (library.calls, report.feeds[0].waiting) == ([], 0)


def test_a_file_that_does_not_say_its_size_is_stopped_when_it_grows_too_large(site, rss, run, library):
    site.put("/rss", site.rss("/1.pdf"))
    site.put("/1.pdf", b"x" * 300_000, Content_Length=None)
    report = run(rss(limits=Limits(min_seconds=0, max_megabytes=0.1)))
    assert [failure.trouble.reason for failure in report.feeds[0].failed] == ["too_large"]


@pytest.mark.parametrize(
    "target", ["http://169.254.169.254/meta", "http://localhost:{other}/", "http://127.0.0.1:{other}/"]
)
def test_a_redirect_into_the_own_network_is_refused(site, rss, run, target):
    site.put("/rss", site.rss("/1.pdf"))
    site.put("/1.pdf", status=302, Location=target.format(other=site.port + 1))
    report = run(rss())
    assert [failure.trouble.reason for failure in report.feeds[0].failed] == ["private_address"]


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/a", "http://a:b@example.org/"])
def test_a_redirect_to_what_is_not_the_open_web_is_refused(site, rss, run, target):
    site.put("/rss", site.rss("/1.pdf"))
    site.put("/1.pdf", status=302, Location=target)
    assert [failure.trouble.reason for failure in run(rss()).feeds[0].failed] == ["bad_address"]


def test_a_redirect_within_the_site_is_followed_and_one_in_a_circle_is_not(site, rss, run, library):
    site.put("/rss", site.rss("/1.pdf", "/vong"))
    site.put("/1.pdf", status=301, Location="/moi/1.pdf")
    site.put("/vong", status=302, Location="/vong")
    site.put_documents("/moi/1.pdf")
    report = run(rss())
    assert library.calls == [("1.pdf", site.url + "/moi/1.pdf")]
    assert [failure.trouble.reason for failure in report.feeds[0].failed] == ["too_many_redirects"]


def at(address):
    """A resolver that gives one address for every host."""
    return lambda host, port: [address]


def test_a_name_that_leads_into_the_own_network_is_refused_unless_allowed(site, rss, run, library):
    named = {"url": f"http://vanban.example.org:{site.port}/rss"}
    site.put("/rss", site.rss("/1.pdf"))
    site.put_documents("/1.pdf")
    feed = rss(limits=QUICK)
    closed = type(feed)("a", "rss", limits=QUICK, **named)
    opened = type(feed)("b", "rss", limits=QUICK, allow_private=True, **named)
    assert run(closed, resolve=at("127.0.0.1")).feeds[0].trouble.reason == "private_address"
    assert site.asked == []
    assert run(opened, resolve=at("127.0.0.1")).delivered == 1


def test_the_connection_goes_to_the_address_that_was_checked(site, rss, run, client):
    feed = rss()
    named = type(feed)("a", "rss", f"http://vanban.example.org:{site.port}/rss", limits=QUICK, allow_private=True)
    site.put("/rss", site.rss())
    assert run(named, resolve=at("127.0.0.1")).in_order
    assert site.asked[-1][1]["Host"] == f"vanban.example.org:{site.port}"


def test_a_page_of_the_open_internet_cannot_name_a_private_address(site, rss, run, clock):
    """The start is public here: a transport stands in for the internet."""
    pages = {"/robots.txt": httpx.Response(404), "/rss": httpx.Response(200, text=site.rss("http://10.0.0.5/1.pdf"))}
    seen = []

    def internet(request):
        seen.append((request.extensions[ADDRESS], request.url.path))
        return pages[request.url.path]

    feed = type(rss())("a", "rss", "http://vanban.example.org/rss", limits=QUICK)
    resolve = {"vanban.example.org": ["203.162.0.11"], "10.0.0.5": ["10.0.0.5"]}
    with httpx.Client(transport=httpx.MockTransport(internet)) as client:
        report = run(feed, client=client, resolve=lambda host, port: resolve[host])
    assert [failure.trouble.reason for failure in report.feeds[0].failed] == ["private_address"]
    assert {address for address, _ in seen} == {"203.162.0.11"}


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("203.162.0.11", True), ("2001:4860:4860::8888", True), ("10.1.2.3", False), ("192.168.1.1", False),
        ("127.0.0.1", False), ("::1", False), ("fe80::1%eth0", False), ("0.0.0.1", False), ("100.64.0.1", False),
        ("224.0.0.1", False), ("::ffff:10.0.0.1", False), ("2002:0a00:0001::", False), ("64:ff9b::7f00:1", False),
    ],
)  # fmt: skip
def test_an_address_is_of_the_open_internet_or_not(address, public):
    assert is_public(address) is public


def test_link_local_addresses_are_never_spoken_to():
    assert not may_speak_to("169.254.169.254", host="a", port=80, access=Access(private=True))
    assert may_speak_to("10.0.0.1", host="a", port=80, access=Access(private=True))


def test_a_host_that_is_not_there_is_said_to_be_out_of_reach(rss, run):
    def nowhere(host, port):
        raise OSError(host)

    feed = type(rss())("a", "rss", "http://khongco.example.org/rss", limits=QUICK)
    assert run(feed, resolve=nowhere).feeds[0].trouble.reason == "unreachable"
