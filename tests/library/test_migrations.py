"""The tables of a library: made by revisions, the same as the schema says, and never in another program's file."""

import sqlite3
from contextlib import closing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from parcc_nlp.errors import LibraryError
from parcc_nlp.library import open_library
from parcc_nlp.library.database import connect, location_of, revision_of
from parcc_nlp.library.feeds import tables as feeds
from parcc_nlp.library.schema import METADATA
from parcc_nlp.library.text_index import INDEX_TABLES


def test_an_empty_database_gets_just_the_tables_of_the_schema(any_library):
    def is_ours(name, kind, _parents):
        return kind != "table" or not name.startswith(INDEX_TABLES)

    assert feeds.FEED.metadata is METADATA
    with any_library.engine.connect() as connection:
        options = {"include_name": is_ours, "compare_type": True, "compare_server_default": True}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), METADATA) == []


def test_check_constraints_and_names_are_those_of_the_schema(library):
    """Alembic does not compare checks: the text of every table is compared with that of a database made at once."""
    made = connect("sqlite://")
    METADATA.create_all(made)
    query = text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
    with made.connect() as connection:
        wanted = {name: _plain(sql) for name, sql in connection.execute(query)}
    with library.reading() as connection:
        found = {name: _plain(sql) for name, sql in connection.execute(query) if not name.startswith(INDEX_TABLES)}
    found.pop("alembic_version")
    assert found == wanted


def _plain(sql):
    """Put what a table says in one order: constraints may stand in any."""
    head, _, rest = " ".join(sql.replace('"', "").split()).partition("(")
    return head, sorted(part.strip(" )") for part in rest.split(", "))


def test_a_library_opens_again_at_its_revision_with_what_is_in_it(tmp_path, plan, put):
    with open_library(tmp_path / "tuphap.db") as library:
        put(library, plan("1/KH-UBND"))
    with open_library(tmp_path / "tuphap.db", create=False) as library:
        assert revision_of(library.engine) == "0001"
        assert len(library) == 1


def test_a_library_of_a_newer_program_is_refused(any_library, tmp_path):
    with any_library.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    where = any_library.engine.url.render_as_string(hide_password=False)
    with pytest.raises(LibraryError) as caught:
        open_library(where, files=tmp_path / "files")
    assert caught.value.code == "E503"


@pytest.mark.parametrize("statement", ["CREATE TABLE a (b)", "CREATE TABLE alembic_version (version_num)"])
def test_a_database_of_another_program_is_refused_and_not_changed(tmp_path, statement):
    path = tmp_path / "khac.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute(statement)
        other.commit()
    _refused(path)


@pytest.mark.parametrize("content", [b"khong phai co so du lieu " * 200, b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_file_that_is_no_database_is_refused_and_not_changed(tmp_path, content):
    path = tmp_path / "van-ban.db"
    path.write_bytes(content)
    _refused(path)


def _refused(path):
    before = path.read_bytes()
    with pytest.raises(LibraryError) as caught:
        open_library(path)
    assert caught.value.code == "E501"
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_a_server_that_is_not_there_is_named_without_its_password(tmp_path):
    pytest.importorskip("psycopg", reason="needs the PostgreSQL driver: pip install 'parcc_nlp[postgres]'")
    with pytest.raises(LibraryError) as caught:
        open_library("postgresql://kho:bi-mat@127.0.0.1:1/tuphap", files=tmp_path)
    assert caught.value.code == "E504"
    assert "bi-mat" not in str(caught.value)


@pytest.mark.parametrize("where", ["mysql+none://kho", "http://kho/tuphap"])
def test_an_address_of_no_database_is_refused(where):
    with pytest.raises(LibraryError) as caught:
        connect(location_of(where)[0])
    assert caught.value.code == "E504"
