"""Several who write and read at once; what officers decide; what is killed leaves nothing half-done."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from parcc_nlp.library import open_library
from parcc_nlp.library.schema import META


def test_two_who_write_wait_for_each_other_and_none_loses_anything(any_library, plan, put):
    def write(n):
        return put(any_library, plan(f"{n}/KH-UBND", f"Kế hoạch {n}")).outcome

    with ThreadPoolExecutor(2) as writers:
        assert set(writers.map(write, range(1, 7))) == {"added"}
    assert sorted(one.number for one in any_library.documents()) == [f"{n}/KH-UBND" for n in range(1, 7)]


def test_the_same_document_from_two_who_write_is_one(library, plan, put):
    with ThreadPoolExecutor(2) as writers:
        outcomes = sorted(writers.map(lambda _: put(library, plan("1/KH-UBND")).outcome, range(2)))
    assert outcomes == ["added", "duplicate"]


def test_who_reads_sees_one_moment_while_another_writes(any_library, plan, put):
    from parcc_nlp.library.documents import count

    put(any_library, plan("1/KH-UBND"))
    with any_library.reading() as connection:
        assert count(connection) == 1
        put(any_library, plan("2/KH-UBND", "Kế hoạch khác"))
        assert count(connection) == 1
    assert len(any_library) == 2


def test_who_waited_to_write_sees_what_the_one_before_wrote(any_library):
    from sqlalchemy import insert, select, update

    begun, seen = threading.Event(), []

    def later():
        begun.set()
        with any_library.writing() as connection:
            seen.append(connection.scalar(select(META.c.value).where(META.c.name == "n")))

    with any_library.writing() as connection:
        connection.execute(insert(META).values(name="n", value="0"))
    with any_library.writing() as connection:
        other = threading.Thread(target=later)
        other.start()
        begun.wait(5)
        connection.execute(update(META).where(META.c.name == "n").values(value="1"))
    other.join(10)
    assert seen == ["1"]


def test_what_fails_in_the_middle_leaves_nothing(any_library, plan, put, monkeypatch):
    from parcc_nlp.library import recording

    def failing(*_args, **_options):
        raise RuntimeError("killed")

    monkeypatch.setattr(recording, "sync_findings", failing)
    with pytest.raises(RuntimeError, match="killed"):
        put(any_library, plan("1/KH-UBND"))
    monkeypatch.undo()
    assert len(any_library) == 0
    assert not any_library.search("ke hoach").hits
    assert put(any_library, plan("1/KH-UBND")).outcome == "added"


def test_impact_is_answered_by_both_databases(any_library, plan, put):
    decree = "vn/nghi-dinh/chinh-phu/2020-01-01/1-2020-nd-cp"
    put(any_library, plan("1/KH-UBND", cites=[("basis", decree)]))
    put(any_library, plan("2/KH-UBND", "Khác", does=[("replaces", "1/2020/NĐ-CP", decree)]))
    affected = any_library.impact(decree).affected
    assert [one.document.get("number") for one in affected] == ["1/KH-UBND", "2/KH-UBND"]
    assert [step.by.get("number") for step in any_library.lineage(decree).successors] == ["2/KH-UBND"]


def test_a_library_in_postgresql_finds_its_originals_again(postgresql_url, tmp_path, plan, put):
    with open_library(postgresql_url, files=tmp_path / "goc") as library:
        put(library, plan("1/KH-UBND"))
    with open_library(postgresql_url) as library:
        [file] = library.files(library.versions(1)[0])
        assert b"1/KH-UBND" in library.original(file.sha256)
