"""What is examined, in which order, each file once."""

import os
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from parcc_nlp.cli.inputs import KINDS as KINDS_OF_THE_OTHER_COMMANDS
from parcc_nlp.errors import ReadError
from parcc_nlp.library.batch.inputs import KINDS, found_in
from parcc_nlp.library.batch.journal import Journal, Parameters


def in_order(output, paths, **options):
    """The paths of a run in the order of its input."""
    with Journal(output) as journal:
        journal.look(found_in([str(path) for path in paths], **options))
        journal.begin(Parameters("0", "0", "2026-11-23", 2, (), None))
        return [path for chunk in journal.waiting(2, done=frozenset()) for path in chunk.paths]


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "in"
    for name in ("b/2.txt", "b/1.PDF", "a.docx", "z.htm", "notes.log", ".hidden.txt", ".git/c.txt", "~$a.docx"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    return folder


def test_folders_give_documents_in_the_order_of_their_paths(folder, tmp_path):
    told = [Path(path).relative_to(folder).as_posix() for path in in_order(tmp_path / "results", [folder])]
    assert told == ["a.docx", "b/1.PDF", "b/2.txt", "z.htm"]


def test_arguments_keep_their_order_and_what_is_named_twice_is_examined_once(folder, tmp_path):
    paths = [folder / "z.htm", folder / "notes.log", folder, tmp_path / "nowhere.txt", folder / "b" / ".." / "a.docx"]
    told = [Path(path).name for path in in_order(tmp_path / "results", paths)]
    assert told == ["z.htm", "notes.log", "a.docx", "1.PDF", "2.txt", "nowhere.txt"]


def test_a_list_keeps_its_order_whatever_bytes_its_paths_have(tmp_path, monkeypatch):
    lines = b"\xef\xbb\xbfz.txt\r\n\n  a b.txt\nodd-\xff.txt\n"
    listed = tmp_path / "list.txt"
    listed.write_bytes(lines)
    expected = ["z.txt", "  a b.txt", os.fsdecode(b"odd-\xff.txt")]
    assert in_order(tmp_path / "results", [], listed=str(listed)) == expected
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(lines)))
    assert [found.path for found in found_in([], listed="-")] == expected


def test_a_list_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(ReadError, match="E102"):
        list(found_in([], listed=str(tmp_path / "list.txt")))


def test_a_folder_is_walked_without_holding_what_is_in_it(folder):
    found = found_in([str(folder)])
    assert next(found).size == 1


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user who may not read everything")
def test_a_folder_that_may_not_be_read_does_not_go_missing(folder):
    (folder / "b").chmod(0)
    told = [found.path for found in found_in([str(folder)])]
    (folder / "b").chmod(0o755)
    assert str(folder / "b") in told


def test_a_batch_looks_for_the_kinds_that_the_other_commands_look_for():
    assert KINDS == KINDS_OF_THE_OTHER_COMMANDS
