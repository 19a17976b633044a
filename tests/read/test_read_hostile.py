"""Broken and hostile files: each a coded error or an honest result, in bounded time and memory."""

import os
import subprocess
import sys

import pytest

from parcc_nlp.errors import ReadError
from parcc_nlp.read import read
from parcc_nlp.read.limits import Limits

from .hostile_files import FILES, SUFFIXES


def test_the_table_is_as_long_as_promised():
    assert len(FILES) >= 40
    assert len({file.name for file in FILES}) == len(FILES)


@pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])
def test_a_bad_file_gives_its_code_or_its_text(file, tmp_path):
    path = tmp_path / f"tep{SUFFIXES.get(file.name, '.bin')}"
    path.write_bytes(file.make())
    if not file.answer.startswith("E1"):
        assert file.answer in read(path).text
        return
    with pytest.raises(ReadError) as caught:
        read(path)
    assert caught.value.code.startswith(file.answer)
    assert caught.value.message().startswith(str(path))


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    with pytest.raises(ReadError) as caught:
        read(tmp_path / "khong-co.docx")
    assert caught.value.code == "E102"


def test_a_folder_is_said_to_be_a_folder(tmp_path):
    with pytest.raises(ReadError) as caught:
        read(tmp_path)
    assert caught.value.code == "E103"


@pytest.mark.parametrize("name", ["a\x00b", "x" * 5000], ids=["a NUL in the name", "a name without end"])
def test_a_name_no_file_can_have_is_a_missing_file(name):
    with pytest.raises(ReadError) as caught:
        read(name)
    assert caught.value.code == "E102"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_one_may_not_read_is_said_so(tmp_path):
    path = tmp_path / "mat.txt"
    path.write_text("x")
    path.chmod(0)
    with pytest.raises(ReadError) as caught:
        read(path)
    assert caught.value.code == "E105"


def test_a_denied_file_is_said_so(tmp_path, monkeypatch):
    path = tmp_path / "mat.txt"
    path.write_text("x")

    def deny(*args, **kwargs):
        raise PermissionError(13, "denied")

    monkeypatch.setattr(type(path), "open", deny)
    with pytest.raises(ReadError) as caught:
        read(path)
    assert caught.value.code == "E105"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are a thing of POSIX")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "ong")
    with pytest.raises(ReadError) as caught:
        read(tmp_path / "ong")
    assert caught.value.code == "E106"


def test_a_file_above_the_limit_is_not_even_opened(tmp_path):
    path = tmp_path / "lon.txt"
    path.write_bytes(b"x" * 1000)
    with pytest.raises(ReadError) as caught:
        read(path, limits=Limits(file_bytes=999))
    assert caught.value.code == "E130"
    assert "1000" in caught.value.message()


def test_bytes_carry_the_name_they_are_given():
    with pytest.raises(ReadError) as caught:
        read(b"", name="cong-van.docx")
    assert caught.value.path == "cong-van.docx"


_ALL = """
import resource
import sys
sys.path.insert(0, "tests")
resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
resource.setrlimit(resource.RLIMIT_CPU, (240, 240))
from read.hostile_files import FILES
from parcc_nlp.errors import ReadError
from parcc_nlp.read import read
for file in FILES:
    try:
        read(file.make())
    except ReadError:
        pass
print(len(FILES), "files")
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="limits of processes are a thing of Linux")
def test_the_whole_table_is_read_within_three_gigabytes_and_four_minutes_of_work(root):
    done = subprocess.run([sys.executable, "-c", _ALL], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert f"{len(FILES)} files" in done.stdout
