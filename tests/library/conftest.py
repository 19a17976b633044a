"""A library in a temporary folder, a PostgreSQL server that the tests start, and a clock that stands still."""

import os
import shutil
import socket
import subprocess
import uuid
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from parcc_nlp.library import open_library
from parcc_nlp.library.database import connect, migrate

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
_SERVERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
_OPTIONS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "16MB"}


@pytest.fixture(scope="session")
def clock():
    """A clock that always tells the same moment: noon in Vietnam on 23 November 2026."""
    return lambda: NOON


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory):
    """The file of an empty library, made once: copying it is faster than making its tables."""
    path = tmp_path_factory.mktemp("trong") / "tuphap.db"
    open_library(path).close()
    return path


@pytest.fixture
def library(tmp_path, clock, empty_file):
    """An empty library in SQLite."""
    shutil.copyfile(empty_file, tmp_path / "tuphap.db")
    with open_library(tmp_path / "tuphap.db", clock=clock) as opened:
        yield opened


@pytest.fixture(scope="session")
def postgresql_server():
    """The address of a PostgreSQL server that runs for this test session alone, on a free port of this computer."""
    programs = _programs()
    account = _account()
    with TemporaryDirectory(prefix="parcc-pg-") as folder:
        # The server refuses to run as root: it gets a folder and an account of its own.
        if account:
            shutil.chown(folder, *account)
        port = _free_port()
        data = f"{folder}/data"
        _run([programs / "initdb", "-D", data, "-A", "trust", "-U", "parcc", "-N", "-E", "UTF8", "--locale=C"], account)
        settings = " ".join(f"-c {name}={value}" for name, value in _OPTIONS.items())
        options = f"-k {folder} -h 127.0.0.1 -p {port} {settings}"
        _run([programs / "pg_ctl", "-D", data, "-w", "-l", f"{folder}/log", "-o", options, "start"], account)
        try:
            yield f"postgresql+psycopg://parcc@127.0.0.1:{port}"
        finally:
            _run([programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], account)


@pytest.fixture
def postgresql_url(postgresql_server):
    """The URL of an empty database on a real PostgreSQL server."""
    with _database(postgresql_server) as url:
        yield url


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server):
    """The name of a database with the tables of a library, made once, that others are copied from."""
    with _database(postgresql_server) as url:
        engine = connect(url)
        migrate(engine)
        engine.dispose()
        yield url.rpartition("/")[2]


@pytest.fixture
def postgresql_library(postgresql_server, postgresql_template, tmp_path, clock):
    """An empty library in PostgreSQL."""
    with (
        _database(postgresql_server, template=postgresql_template) as url,
        open_library(url, files=tmp_path / "files", clock=clock) as opened,
    ):
        yield opened


@pytest.fixture(params=["library", "postgresql_library"], ids=["sqlite", "postgresql"])
def any_library(request):
    """An empty library in each kind of database."""
    return request.getfixturevalue(request.param)


@contextmanager
def _database(server, *, template="template1"):
    import psycopg

    name = f"kho_{uuid.uuid4().hex[:12]}"
    plain = server.replace("+psycopg", "")
    with psycopg.connect(f"{plain}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield f"{server}/{name}"
    with psycopg.connect(f"{plain}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _programs():
    pytest.importorskip("psycopg", reason="needs the PostgreSQL driver: pip install 'parcc_nlp[postgres]'")
    found = shutil.which("initdb")
    folder = Path(found).resolve().parent if found else next(iter(_SERVERS), None)
    if folder is None:
        pytest.skip("needs a PostgreSQL server: apt-get install postgresql")
    return folder


def _account():
    """The account that the server runs under where the tests run as root: None for one's own."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    import grp
    import pwd

    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            user = pwd.getpwnam(name)
            return user.pw_name, grp.getgrgid(user.pw_gid).gr_name
    pytest.skip("needs an account beside root for the PostgreSQL server")
    return None


def _run(command, account):
    as_account = {"user": account[0], "group": account[1], "extra_groups": ()} if account else {}
    done = subprocess.run(
        [str(part) for part in command],
        check=False, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **as_account,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode(errors="replace")


def _free_port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


@pytest.fixture(scope="session")
def plan():
    """Make what was extracted of a document: its number, its title, a line of text, and what it names or does."""
    return _plan


@pytest.fixture(scope="session")
def packed():
    """Make an extraction ready to be written, without a review; findings may be given."""
    from parcc_nlp.library.examining import Examined
    from parcc_nlp.library.packing import pack
    from parcc_nlp.model import Coverage, Review

    def ready(extraction, *, findings=()):
        review = Review("2026-11-23", extraction.source, Coverage(0, 0, 0, 0, 0, ()), tuple(findings))
        return pack(Examined(extraction, review, (), "E250"), registry="2026-11-23")

    return ready


@pytest.fixture(scope="session")
def put(packed):
    """Write an extraction into a library as importing does, without a review; findings may be given."""
    from parcc_nlp.library.recording import record

    def written(library, extraction, *, findings=()):
        arrival = library.arrival(extraction.text.encode(), name=extraction.source.path or "a.txt")
        with library.writing() as connection:
            return record(connection, packed(extraction, findings=findings), arrival)

    return written


def _plan(number, title="Kế hoạch", text="", *, cites=(), does=(), path=None):  # noqa: PLR0913 - what tests vary
    from parcc_nlp.model import Citation, Effect, Extraction, Metadata, Pinpoint, Source

    issued = "2026-01-15"
    lines, citations, effects = [f"ỦY BAN NHÂN DÂN\nSố: {number}\n{title}\n{text}\n"], [], []
    for relation, cited, *dieu in cites:
        start = sum(map(len, lines))
        lines.append(f"{cited.rpartition('/')[2]};\n")
        end = start + len(lines[-1]) - 2
        units = tuple(Pinpoint(dieu=one) for one in dieu)
        said = {"relation": relation, "pinpoints": units, "instrument": cited, "resolution": "exact"}
        citations.append(Citation(start, end, lines[-1][:-2], **said))
    for relation, number_of, target in does:
        start = sum(map(len, lines))
        lines.append(f"{number_of};\n")
        end = start + len(number_of)
        citations.append(Citation(start, end, number_of, number=number_of, instrument=target, resolution="exact"))
        effects.append(Effect(relation, number_of, (), issued, start, end, number_of, clause="Điều 2"))
    said = Metadata("Kế hoạch", number, issued, "Ủy ban nhân dân tỉnh Lâm Đồng", title=title)
    text = "".join(lines)
    return Extraction(text, Source(path=path), said, citations=tuple(citations), effects=tuple(effects))
