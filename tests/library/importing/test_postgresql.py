"""Importing into a PostgreSQL library: the same outcomes, and a lock that the server keeps."""

import os

import pytest
from sqlalchemy import text

from parcc_nlp.errors import LibraryError
from parcc_nlp.library import open_library
from parcc_nlp.library.importing.importer import run_import
from parcc_nlp.library.importing.locking import sole_importer
from parcc_nlp.library.importing.settings import ImportSettings
from tests.library.importing.conftest import Here
from tests.library.importing.plans import as_html, as_text, plan


@pytest.fixture
def library(postgresql_url, tmp_path, clock):
    with open_library(postgresql_url, files=tmp_path / "kho.files", clock=clock) as library:
        yield library


def test_a_postgresql_library_takes_files_and_keeps_a_second_importer_out(library, drop, inbox, tmp_path):
    drop("12.txt")
    drop("12.html", as_html(plan(12)))
    drop("hong.docx", b"PK\x03\x04")
    drop("nul.txt", as_text(plan(13)).replace("năm 2026.".encode(), b"\xf4\x8f\xbf\xbf."))
    settings = ImportSettings(jobs=1, settle=0.0)
    report = run_import(library, [inbox], settings, follow_up=len, crew=Here())
    assert report.counts == {"added": 2, "duplicate": 1, "quarantined": 1}
    drop("14.txt", as_text(plan(12, extra="trên toàn tỉnh")))
    assert run_import(library, [inbox], settings, follow_up=len, crew=Here()).counts == {"version": 1}
    with library.reading() as connection:
        assert connection.execute(text("SELECT kind FROM alert")).scalars().all() == ["version"]
    url = library.engine.url.render_as_string(hide_password=False)
    with sole_importer(library), open_library(url, files=tmp_path / "kho.files") as other:
        with pytest.raises(LibraryError) as caught, sole_importer(other):
            pytest.fail("two importers")
        assert caught.value.code == "E507"
        assert f"pid {os.getpid()}" in caught.value.details["holder"]


def test_a_server_that_cut_the_session_of_the_lock_is_noticed_and_lets_another_importer_in(library):
    with sole_importer(library) as lock:
        lock.assure()
        with library.writing() as connection:
            connection.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = :pid"),
                {"pid": lock.connection.connection.dbapi_connection.info.backend_pid},
            )
        with pytest.raises(LibraryError) as caught:
            lock.assure()
        assert caught.value.code == "E528"
    with sole_importer(library) as lock:
        lock.assure()
