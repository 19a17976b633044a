"""Files are moved whole, and none is lost or overwritten."""

import errno

import pytest

from parcc_nlp.library.importing import moving


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"one")
    return path


def test_a_file_is_moved_under_its_name(file, tmp_path):
    assert moving.move(file, tmp_path / "xong") == tmp_path / "xong" / "a.txt"
    assert not file.exists()


def test_a_name_that_is_taken_gets_a_number(file, tmp_path):
    (tmp_path / "xong").mkdir()
    (tmp_path / "xong" / "a.txt").write_bytes(b"two")
    (tmp_path / "xong" / "a (2).txt").write_bytes(b"three")
    assert moving.move(file, tmp_path / "xong").name == "a (3).txt"
    assert (tmp_path / "xong" / "a.txt").read_bytes() == b"two"


def test_a_copy_that_a_killed_run_had_finished_is_not_made_again(file, tmp_path):
    (tmp_path / "xong").mkdir()
    (tmp_path / "xong" / "a.txt").write_bytes(b"one")
    assert moving.move(file, tmp_path / "xong").name == "a.txt"
    assert not file.exists()
    assert len(list((tmp_path / "xong").iterdir())) == 1


def test_a_file_is_copied_aside_where_the_folder_is_on_another_file_system(file, tmp_path, monkeypatch):
    from pathlib import Path

    rename = Path.rename

    def refuse(self, target):
        if self == file:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    moved = moving.move(file, tmp_path / "xong")
    assert moved.read_bytes() == b"one"
    assert not file.exists()
    assert [path.name for path in (tmp_path / "xong").iterdir()] == ["a.txt"]


def test_a_file_that_cannot_be_moved_stays_and_is_told_of(tmp_path, drop, run):
    path = drop("12.txt")
    (tmp_path / "xong").write_bytes(b"a file where the folder should be")
    report = run(move_to=tmp_path / "xong")
    assert [one.code for one in report.problems] == ["E527"]
    assert path.exists()
    assert report.counts == {"added": 1}
