"""What is examined: files, folders and standard input, in a stable order, each once, none skipped in silence."""

import json
import os
from pathlib import Path

from parcc_nlp.cli.inputs import KINDS, gather

from .conftest import CLEAN, FAULTY, written


def paths(output):
    """The paths of the results in JSON lines."""
    return [json.loads(line)["source"]["path"] for line in output.splitlines()]


def test_a_folder_is_searched_to_its_depth_and_in_order(tmp_path):
    for name in ["b.txt", "a/z.md", "a/y.HTML", "c/d/e.docx", "c/d/f.pdf", "g.htm"]:
        written(tmp_path / name, CLEAN)
    found = [one.name.removeprefix(f"{tmp_path}/") for one in gather([str(tmp_path)]).documents]
    assert found == ["b.txt", "g.htm", "a/y.HTML", "a/z.md", "c/d/e.docx", "c/d/f.pdf"]


def test_hidden_and_lock_files_are_no_documents(tmp_path):
    for name in [".a.txt", "~$b.docx", ".git/c.txt", "d.txt"]:
        written(tmp_path / name, CLEAN)
    found = gather([str(tmp_path)])
    assert [one.name for one in found.documents] == [str(tmp_path / "d.txt")]
    assert found.passed_over == 0


def test_files_of_other_kinds_in_a_folder_are_counted_and_told(parcc, tmp_path):
    written(tmp_path / "a.txt", CLEAN)
    written(tmp_path / "b.xlsx", "x")
    done = parcc("extract", tmp_path)
    assert done.exit_code == 0
    assert "Bỏ qua 1 tệp khác loại" in done.stderr


def test_a_folder_without_documents_could_not_be_examined(parcc, tmp_path):
    done = parcc("check", tmp_path)
    assert done.exit_code == 2
    assert "[E305]" in done.stderr
    assert all(kind in done.stderr for kind in KINDS)


def test_a_file_named_twice_is_examined_once(parcc, clean, tmp_path):
    done = parcc("extract", clean, tmp_path, clean, "--format", "jsonl")
    assert paths(done.stdout) == [str(clean)]


def test_a_file_named_by_the_user_is_read_whatever_it_is_called(parcc, tmp_path):
    odd = written(tmp_path / "van-ban.xyz", CLEAN)
    assert parcc("extract", odd, "--format", "json").exit_code == 0


def test_a_dash_reads_standard_input(parcc):
    done = parcc("extract", "-", "--format", "json", given=CLEAN)
    result = json.loads(done.stdout)
    assert (result["source"]["path"], result["text"]) == ("-", CLEAN)


def test_one_failure_does_not_stop_the_rest(parcc, clean, empty, faulty):
    done = parcc("check", clean, empty, faulty, "--format", "jsonl")
    kinds = [json.loads(line)["schema"] for line in done.stdout.splitlines()]
    assert kinds == ["parcc-review/1", "parcc-error/1", "parcc-review/1"]
    assert paths(done.stdout) == [str(clean), str(empty), str(faulty)]
    assert done.exit_code == 2
    assert "[E101]" in done.stderr


def test_an_unexpected_failure_of_one_document_does_not_stop_the_rest(parcc, clean, faulty, monkeypatch):
    from parcc_nlp import api

    real = api.extract

    def extract(document, **more):
        if document.source.path == str(clean):
            raise ZeroDivisionError("chia cho không")
        return real(document, **more)

    monkeypatch.setattr(api, "extract", extract)
    done = parcc("check", clean, faulty)
    assert done.exit_code == 2
    assert "ZeroDivisionError: chia cho không" in done.stderr
    assert "[E399]" in done.stderr
    assert "VB206" in done.stdout


def test_results_come_in_input_order_from_several_processes(process, tmp_path):
    names = [str(written(tmp_path / f"{number:02}.txt", CLEAN if number % 3 else FAULTY)) for number in range(12)]
    names.insert(5, str(written(tmp_path / "rong.txt", "")))
    alone = process("check", *names, "--format", "jsonl")
    together = process("check", *names, "--format", "jsonl", "--jobs", "2")
    assert paths(together.stdout) == names
    assert together.stdout == alone.stdout
    assert together.returncode == alone.returncode == 2


def test_a_name_that_is_no_utf8_is_no_obstacle(process, tmp_path):
    written(Path(os.fsdecode(bytes(tmp_path) + b"/t\xe0i li\xeau/v\xe3n.txt")), CLEAN)
    done = process("extract", tmp_path, "--format", "jsonl")
    assert done.returncode == 0
    assert json.loads(done.stdout)["text"] == CLEAN
