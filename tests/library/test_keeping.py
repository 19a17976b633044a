"""Export, backup, verify and repair."""

import csv
import hashlib
import json
import threading
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, update

from parcc_nlp.contract import from_json
from parcc_nlp.errors import LibraryError
from parcc_nlp.library import open_library
from parcc_nlp.library.keeping import backup, export, restore, verify
from parcc_nlp.library.keeping.problems import MENDABLE, Problem, ProblemKind, _texts
from parcc_nlp.library.keeping.readable_names import readable_name
from parcc_nlp.library.packing import packed_extraction
from parcc_nlp.library.schema import DOCUMENT, EDGE, ORIGINAL, TASK, VERSION
from parcc_nlp.library.text_index import Indexed, put_words, take_words
from parcc_nlp.model import Finding, Where

DECREE = "vn/nghi-dinh/chinh-phu/2020-01-01/1-2020-nd-cp"
FINDING = Finding(
    "VB1", "error", "fail", "=Đã hết hiệu lực", "Lý do", 0, 2, "ỦY", Where(), "2026-11-23", fingerprint="VB1:a"
)


@pytest.fixture
def filled(any_library, fill):
    """A filled library in each kind of database."""
    return fill(any_library)


@pytest.fixture
def filled_file(library, fill):
    """A filled library in SQLite."""
    return fill(library)


@pytest.fixture
def fill(plan, put):
    """Fill a library: a document in two versions, one finding that was set aside, and a second document."""
    return partial(_fill, plan, put)


def _fill(plan, put, any_library):
    put(any_library, plan("1/KH-UBND", cites=[("basis", DECREE)]), findings=[FINDING])
    put(any_library, plan("1/KH-UBND", text="sửa lại", cites=[("basis", DECREE)]), findings=[FINDING])
    put(any_library, plan("2/KH-UBND", "Kế hoạch: khác?", path="vb.DOCX"))
    [finding] = any_library.findings()
    any_library.decide(finding.id, "set_aside", who="An", reason="đã sửa")
    return any_library


def test_an_export_holds_documents_findings_relations_and_originals(filled, tmp_path):
    done = export(filled, tmp_path / "xuat")
    assert (done.documents, done.findings, done.relations, done.originals, done.missing) == (2, 1, 1, 3, ())
    lines = [json.loads(line) for line in (tmp_path / "xuat/documents.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["library"]["number"] for line in lines] == ["2/KH-UBND", "1/KH-UBND"]
    assert [len(line["library"]["versions"]) for line in lines] == [1, 2]
    assert from_json(json.dumps(lines[1]["extraction"]), "extraction").text == filled.extraction("1/KH-UBND").text
    [finding] = _rows(tmp_path / "xuat/findings.csv")
    assert (finding["state"], finding["changed_by"], finding["reason"]) == ("set_aside", "An", "đã sửa")
    assert finding["message"] == "'=Đã hết hiệu lực"
    [relation] = _rows(tmp_path / "xuat/relations.csv")
    assert (relation["relation"], relation["target"]) == ("based_on", DECREE)


def test_the_manifest_of_an_export_has_the_hash_of_every_file(filled_file, tmp_path):
    tmp_path = tmp_path / "xuat"
    export(filled_file, tmp_path, what=["originals"])
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    there = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert {one["path"] for one in manifest["files"]} == there - {"manifest.json"}
    for one in (*manifest["files"], *manifest["originals"]):
        assert hashlib.sha256((tmp_path / one["path"]).read_bytes()).hexdigest() == one["sha256"]
    assert {one["path"] for one in manifest["originals"]} == {
        "originals/1-KH-UBND_Kế hoạch_v1.txt",
        "originals/1-KH-UBND_Kế hoạch_v2.txt",
        "originals/2-KH-UBND_Kế hoạch khác.docx",
    }


def test_an_export_into_a_folder_that_is_not_empty_is_refused(library, tmp_path):
    (tmp_path / "a").write_text("a")
    with pytest.raises(LibraryError) as caught:
        export(library, tmp_path)
    assert caught.value.code == "E511"


def test_an_export_tells_which_originals_are_missing(library, plan, put, tmp_path):
    put(library, plan("1/KH-UBND"))
    _file_of(library, 1).unlink()
    done = export(library, tmp_path / "xuat", what=["originals"])
    assert done.originals == 0
    assert len(done.missing) == 1


@given(st.lists(st.tuples(st.text(max_size=90), st.text(max_size=90), st.text(max_size=12)), max_size=5))
@settings(max_examples=40)
def test_names_of_exported_files_are_safe_and_unique(rows):
    taken = set()
    for number, title, file in rows:
        name = readable_name(number, title, file=file, taken=taken)
        assert name.casefold() not in taken
        assert not set(name) & set('<>:"/\\|?*\x00\n')
        assert name not in {"", ".", ".."}
        assert name == name.strip(" .")
        assert len(name.encode(errors="replace")) <= 255
        assert not name.startswith("-")
        taken.add(name.casefold())


def test_a_backup_opens_as_a_library_with_all_that_was_in_it(filled, tmp_path):
    done = backup(filled, tmp_path / "sao-luu")
    assert (done.documents, done.originals, done.copied, done.missing) == (2, 3, 3, ())
    with open_library(done.database, create=False) as copy:
        assert verify(copy).problems == ()
        assert copy.documents() == filled.documents()
        assert copy.findings(states=["set_aside"]) == filled.findings(states=["set_aside"])
        assert copy.search("sua lai") == filled.search("sua lai")
        assert copy.impact(DECREE) == filled.impact(DECREE)
        assert copy.originals.folder == tmp_path / "sao-luu/library.files"


def test_a_second_backup_copies_only_what_is_missing(filled_file, plan, put, tmp_path):
    backup(filled_file, tmp_path / "sao-luu")
    put(filled_file, plan("3/KH-UBND", "Mới"))
    done = backup(filled_file, tmp_path / "sao-luu")
    assert (done.documents, done.originals, done.copied) == (3, 4, 1)
    with open_library(done.database) as copy:
        assert copy.document("3/KH-UBND").title == "Mới"


def test_a_backup_while_another_writes_is_whole(library, plan, put, tmp_path):
    stop = threading.Event()

    def writing():
        n = 0
        while not stop.is_set():
            n += 1
            put(library, plan(f"{n}/KH-UBND", f"Kế hoạch {n}"))

    other = threading.Thread(target=writing)
    other.start()
    try:
        done = [backup(library, tmp_path / "sao-luu") for _ in range(3)]
    finally:
        stop.set()
        other.join(30)
    assert done[-1].missing == ()
    with open_library(done[-1].database) as copy:
        assert verify(copy).problems == ()
        assert len(copy) == done[-1].documents


def test_the_learned_registry_is_backed_up(library, tmp_path):
    from parcc_nlp.registry.ledger import Ledger

    with Ledger.open(library.places.registry):
        pass
    done = backup(library, tmp_path / "sao-luu")
    with open_library(done.database) as copy:
        assert copy.places.registry.exists()
        assert copy.registry.layers[-1].kind == "additions"


def test_a_backup_names_the_originals_that_are_missing_or_damaged(library, plan, put, tmp_path):
    put(library, plan("1/KH-UBND"))
    put(library, plan("2/KH-UBND", "Khác"))
    _file_of(library, 1).write_bytes(b"hong")
    _file_of(library, 2).unlink()
    assert len(backup(library, tmp_path / "sao-luu").missing) == 2


@pytest.mark.parametrize("folder", ["tuphap.files", "tuphap.files/sao-luu"])
def test_a_library_is_not_backed_up_into_itself(library, folder):
    with pytest.raises(LibraryError) as caught:
        backup(library, library.places.files.parent / folder)
    assert caught.value.code == "E560"


def test_a_copy_is_restored_in_any_database_and_goes_on_from_there(filled_file, plan, put, postgresql_url, tmp_path):
    backup(filled_file, tmp_path / "sao-luu")
    for where in (tmp_path / "moi.db", postgresql_url):
        files = tmp_path / f"{type(where).__name__}.files"
        restore(tmp_path / "sao-luu", where, files=files)
        with open_library(where, files=files) as library:
            assert library.documents() == filled_file.documents()
            assert verify(library).problems == ()
            assert put(library, plan("3/KH-UBND", "Mới")).document_id == 3
        with pytest.raises(LibraryError) as caught:
            restore(tmp_path / "sao-luu", where, files=files)
        assert caught.value.code == "E510"


def test_a_library_that_is_whole_has_no_problem(filled_file):
    found = verify(filled_file)
    assert (found.documents, found.versions, found.originals, found.tasks, found.problems) == (2, 3, 3, 0, ())
    assert found.sound


def _break_text(library, connection):
    extraction = library.extraction(1)
    return update(VERSION).where(VERSION.c.id == 2).values(extraction=packed_extraction(_with(extraction, "khác")))


def _break_span(library, connection):
    from dataclasses import replace

    extraction = library.extraction(1)
    moved = tuple(replace(one, text="sai") for one in extraction.citations)
    packed = packed_extraction(replace(extraction, citations=moved))
    return update(VERSION).where(VERSION.c.id == 2).values(extraction=packed)


def _leave_words(library, connection):
    take_words(connection, 1, Indexed("sai", "sai"))
    put_words(connection, 1, Indexed("sai", "sai"))


def _lose_words(library, connection):
    from parcc_nlp.library.packing import indexed_words

    take_words(connection, 2, indexed_words(library.extraction(2)))


def _with(extraction, text):
    from dataclasses import replace

    return replace(extraction, text=text, citations=())


BREAKING = {
    "extraction_unreadable": lambda library, connection: update(VERSION).values(extraction=b"hong"),
    "extraction_text": _break_text,
    "span_wrong": _break_span,
    "version_missing": lambda library, connection: update(DOCUMENT).where(DOCUMENT.c.id == 1).values(version_id=77),
    "links_wrong": lambda library, connection: delete(EDGE),
    "index_wrong": _lose_words,
    "index_leftover": _leave_words,
    "task_impossible": lambda library, connection: insert(TASK).values(
        name="a", state="done", attempts=0, interruptions=0, submitted_at="2026-11-23"
    ),
    "original_unnamed": lambda library, connection: insert(ORIGINAL).values(
        sha256=library.originals.put(b"thua"), size=4, stored_at="2026-11-23"
    ),
}


@pytest.mark.parametrize("kind", BREAKING)
def test_what_is_broken_is_found_and_what_is_derived_is_mended(library, plan, put, kind):
    put(library, plan("1/KH-UBND", cites=[("basis", DECREE)]))
    put(library, plan("1/KH-UBND", text="sửa lại", cites=[("basis", DECREE)]))
    put(library, plan("2/KH-UBND", "Khác"))
    with library.writing() as connection:
        statement = BREAKING[kind](library, connection)
        if statement is not None:
            connection.execute(statement)
    found = verify(library)
    assert kind in {problem.kind for problem in found.problems}
    assert found.sound is (kind == "original_unnamed")
    mended = verify(library, repair=True)
    assert {problem.kind for problem in mended.problems if not problem.repaired} == {kind} - MENDABLE
    assert [hit.document.id for hit in library.search("sua lai").hits] == [1]


def test_originals_that_are_missing_or_damaged_are_told_and_never_touched(library, plan, put):
    put(library, plan("1/KH-UBND"))
    put(library, plan("2/KH-UBND", "Khác"))
    _file_of(library, 1).write_bytes(b"hong")
    _file_of(library, 2).unlink()
    found = verify(library, repair=True)
    assert sorted(problem.kind for problem in found.problems) == ["original_damaged", "original_missing"]
    assert not found.sound
    assert _file_of(library, 1).read_bytes() == b"hong"


def test_rows_that_point_nowhere_and_pages_that_are_damaged_are_told(library, plan, put):
    put(library, plan("1/KH-UBND"))
    with library.engine.connect() as connection:
        raw = connection.connection.driver_connection
        connection.rollback()
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("DELETE FROM original")
        raw.execute("PRAGMA foreign_keys = ON")
    assert {problem.kind for problem in verify(library).problems} >= {"reference_broken"}


def test_what_a_killed_run_left_half_written_is_cleared_away(library, plan, put):
    import os

    put(library, plan("1/KH-UBND"))
    fresh, old = (_file_of(library, 1).with_name(f"{name}.part") for name in ("moi", "cu"))
    for path in (fresh, old):
        path.write_bytes(b"do dang")
    os.utime(old, (0, 0))
    found = verify(library, repair=True)
    assert [(problem.kind, problem.repaired) for problem in found.problems] == [("file_half_written", True)]
    assert fresh.exists()
    assert not old.exists()


def test_every_kind_of_problem_is_worded_in_both_languages():
    from typing import get_args

    assert set(_texts()) == set(get_args(ProblemKind))
    for kind in get_args(ProblemKind):
        for lang in ("vi", "en"):
            assert "văn bản 5" in Problem(kind, "văn bản 5").message(lang=lang)


def _rows(path):
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def _file_of(library, document_id):
    [file] = library.files(library.versions(document_id)[-1])
    return library.originals.folder / file.sha256[:2] / file.sha256
