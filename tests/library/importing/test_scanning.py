"""What stands in the inbox is seen; what is no document of it is not."""

import os
import sys
from pathlib import Path

import pytest

from parcc_nlp.library.importing.scanning import look_through, written_path


def names(inbox, **how):
    return [os.path.relpath(one.path, inbox) for one in look_through([inbox], **how).sightings]


@pytest.fixture
def filled(inbox, drop):
    for name in ("b.txt", "a.txt", "sau/c.docx", ".an/d.txt", "~$a.docx", "da-xu-ly/e.txt"):
        drop(name, b"x")
    return inbox


def test_files_are_seen_in_the_order_of_their_names_and_hidden_ones_are_not(filled):
    assert names(filled) == ["a.txt", "b.txt", "da-xu-ly/e.txt", "sau/c.docx"]


def test_folders_inside_are_passed_over_where_that_is_wanted(filled):
    assert names(filled, recursive=False) == ["a.txt", "b.txt"]


def test_the_folder_where_files_are_moved_to_is_no_inbox(filled):
    assert names(filled, left_out=[str(filled / "da-xu-ly")]) == ["a.txt", "b.txt", "sau/c.docx"]


def test_a_file_named_itself_is_seen_once_whatever_it_is_called(filled):
    look = look_through([filled / "a.txt", filled, filled / "~$a.docx", filled / "khong-co.txt"], recursive=False)
    assert [Path(one.path).name for one in look.sightings] == ["a.txt", "b.txt", "~$a.docx"]
    assert not any(one.unfinished for one in look.sightings)


@pytest.mark.skipif(sys.platform == "win32", reason="needs named pipes")
def test_a_pipe_is_no_file_and_is_not_opened(inbox):
    os.mkfifo(inbox / "ong.txt")
    assert names(inbox) == []


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no names that are not UTF-8")
def test_a_name_that_is_no_utf_8_is_imported(inbox, run, library):
    from tests.library.importing.plans import as_text, plan

    with Path(os.fsdecode(os.fsencode(inbox) + b"/kho\xff.txt")).open("wb") as file:
        file.write(as_text(plan(1)))
    assert run().counts["added"] == 1
    assert library.tasks()[0].name == "kho\\xff.txt"


def test_a_path_is_written_in_characters_that_a_database_holds():
    assert written_path("Kế hoạch/a\udcfe.txt") == "Kế hoạch/a\\xfe.txt"
