"""A site on this machine that serves what a test gives it, a clock that only sleeping moves, and a library that counts."""

import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from sqlalchemy import delete

from parcc_nlp.library.database import connect
from parcc_nlp.library.feeds.client import new_client
from parcc_nlp.library.feeds.running import fetch_feeds
from parcc_nlp.library.feeds.settings import Feed, Limits
from parcc_nlp.library.feeds.tables import FEED, FEED_ITEM
from parcc_nlp.library.schema import METADATA

PDF = b"%PDF-1.7 "


@dataclass
class Answer:
    body: bytes = b""
    status: int = 200
    headers: dict = field(default_factory=dict)


class Site:
    """What stands at each path, and what was asked for. A list is answered one by one, its last entry for ever."""

    def __init__(self, port):
        self.url = f"http://127.0.0.1:{port}"
        self.port = port
        self.clear()

    def clear(self):
        self.pages, self.asked = {}, []

    def put(self, path, body=b"", *, status=200, **headers):
        """Serve something at a path."""
        data = body if isinstance(body, bytes) else body.encode()
        self.pages[path] = Answer(data, status, {name.replace("_", "-"): value for name, value in headers.items()})

    def queue(self, path, *answers):
        """Serve one answer after the other at a path."""
        self.pages[path] = list(answers)

    def rss(self, *links, enclosed=True):
        """An RSS feed with these documents."""
        inside = '<enclosure url="{}" type="application/pdf"/>' if enclosed else "<link>{}</link>"
        items = "".join(f"<item><title>Văn bản {n}</title>{inside.format(x)}</item>" for n, x in enumerate(links, 1))
        return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{items}</channel></rss>'

    def rows(self, *links, after=""):
        """A page that lists these documents."""
        rows = "".join(
            f"<tr><td class=so>{n}/2024/QĐ-UBND</td><td class=ngay>0{n}/02/2024</td>"
            f"<td class=ten>Quyết định {n}</td><td><a href='{link}'>tải</a></td></tr>"
            for n, link in enumerate(links, 1)
        )
        return f"<!DOCTYPE html><html><body><table><tr><th>Số</th></tr>{rows}</table>{after}</body></html>"

    def put_documents(self, *paths):
        """Serve a PDF of its own at each path."""
        for path in paths:
            self.put(path, PDF + path.encode(), Content_Type="application/pdf")

    def paths(self):
        """The paths asked for, robots.txt left out."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def answer(self, path, headers):
        self.asked.append((path, headers))
        found = self.pages.get(path, Answer(b"none", 404))
        if isinstance(found, list):
            found = found.pop(0) if len(found) > 1 else found[0]
        etag = found.headers.get("ETag")
        return Answer(status=304) if etag and headers.get("If-None-Match") == etag else found


@pytest.fixture(scope="session")
def server():
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            answer = self.server.site.answer(self.path, dict(self.headers))
            self.send_response(answer.status)
            for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
                if value is not None:
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_):
            """Say nothing."""

    serving = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    serving.site = Site(serving.server_port)
    thread = threading.Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield serving
    serving.shutdown()
    serving.server_close()


@pytest.fixture
def site(server):
    server.site.clear()
    return server.site


@pytest.fixture(scope="session")
def client():
    with new_client() as one:
        yield one


class Clock:
    """A clock that stands still but for sleeping."""

    def __init__(self):
        self.time = datetime(2026, 11, 23, 8, tzinfo=UTC)
        self.slept = []

    def __call__(self):
        return self.time

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.time += timedelta(seconds=seconds)

    def pass_by(self, **span):
        self.time += timedelta(**span)


@pytest.fixture
def clock():
    return Clock()


class Library:
    """Takes documents; the same bytes once only, as the real one does."""

    def __init__(self):
        self.calls, self.kept = [], {}

    def __call__(self, name, data, *, origin):
        self.calls.append((name, origin))
        self.kept.setdefault(data, name)

    @property
    def names(self):
        return [name for name, _ in self.calls]


@pytest.fixture
def library():
    return Library()


@pytest.fixture(scope="session")
def database(tmp_path_factory):
    """One engine for all tests: each new one would compile every statement again."""
    made = connect(f"sqlite:///{tmp_path_factory.mktemp('feeds') / 'kho.db'}")
    METADATA.create_all(made, tables=[FEED, FEED_ITEM])
    yield made
    made.dispose()


@pytest.fixture
def engine(database):
    """The engine of a database without a row."""
    with database.begin() as connection:
        connection.execute(delete(FEED_ITEM))
        connection.execute(delete(FEED))
    return database


@pytest.fixture
def run(engine, library, clock, client):
    """Run feeds against the site."""

    def once(*feeds, deliver=library, **options):
        given = {"client": client, "clock": clock, "sleep": clock.sleep, **options}
        return fetch_feeds(engine, feeds, deliver=deliver, **given)

    return once


@pytest.fixture
def rss(site):
    """Make the settings of an RSS feed."""

    def make(path="/rss", **keys):
        limits = keys.pop("limits", Limits(min_seconds=0))
        return Feed("cong-bao", "rss", site.url + path, limits=limits, **keys)

    return make


@pytest.fixture
def listing(site):
    """Make the settings of a list."""

    def make(path="/ds", **keys):
        limits = keys.pop("limits", Limits(min_seconds=0))
        selectors = {"row": "tr", "link": "a", "number": ".so", "date": ".ngay", "title": ".ten", **keys}
        return Feed("so-tu-phap", "listing", site.url + path, limits=limits, **selectors)

    return make
