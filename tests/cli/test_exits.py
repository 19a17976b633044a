"""How the command ends: 0 done, 1 findings, 2 not examined, 3 wrong usage, and nothing else."""

import os
import signal
import subprocess
import sys
import time

import pytest


def test_a_document_without_grave_findings_ends_with_0(process, faulty):
    assert process("check", faulty).returncode == 0


def test_findings_at_or_above_the_level_asked_for_end_with_1(process, faulty):
    assert process("check", faulty, "--fail-on", "warning").returncode == 1


def test_never_fails_on_findings_when_told_so(process, faulty):
    assert process("check", faulty, "--fail-on", "never").returncode == 0


@pytest.mark.parametrize("verb", ["check", "extract"])
def test_a_file_that_could_not_be_examined_ends_with_2(process, empty, verb):
    assert process(verb, empty).returncode == 2


def test_a_file_that_does_not_exist_could_not_be_examined(process, tmp_path):
    done = process("check", tmp_path / "none.txt")
    assert done.returncode == 2
    assert b"[E102]" in done.stderr


def test_what_was_not_examined_is_not_hidden_behind_findings(process, faulty, empty):
    assert process("check", faulty, empty, "--fail-on", "warning").returncode == 2


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["check"],
        ["chek", "a.txt"],
        ["check", "--nothing", "a.txt"],
        ["check", "--format", "pdf", "a.txt"],
        ["check", "--as-of", "2023-02-30", "a.txt"],
        ["check", "--as-of", "hôm qua", "a.txt"],
        ["check", "--select", "XY9", "a.txt"],
        ["check", "--jobs", "0", "a.txt"],
        ["check", "--format", "json", "a.txt", "b.txt"],
        ["check", "--format", "html", "a.txt", "b.txt"],
        ["--lang", "fr", "version"],
        ["explain", "VB999"],
        ["schema", "nothing"],
        ["status"],
        ["status", "1/2020/NĐ-CP", "--as-of", "signing"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_3_and_says_what_is_wrong(process, words):
    done = process(*words)
    assert done.returncode == 3
    assert done.stdout == b""
    assert b"Traceback" not in done.stderr
    assert done.stderr.strip()


@pytest.mark.parametrize("words", [["--help"], ["check", "--help"], ["rules"], ["schema"], ["version"]], ids=" ".join)
def test_a_question_about_the_program_ends_with_0(process, words):
    done = process(*words)
    assert (done.returncode, done.stderr) == (0, b"")


def test_an_output_that_is_an_input_is_refused_before_anything_is_written(process, faulty):
    before = faulty.read_bytes()
    done = process("check", faulty, "-o", faulty)
    assert (done.returncode, b"[E309]" in done.stderr) == (3, True)
    assert faulty.read_bytes() == before


def test_an_output_that_cannot_be_written_is_wrong_usage(process, faulty, tmp_path):
    done = process("check", faulty, "-o", tmp_path / "no" / "such" / "folder.txt")
    assert (done.returncode, b"[E308]" in done.stderr) == (3, True)


@pytest.mark.skipif(os.name == "nt", reason="pipes break differently there")
def test_a_reader_that_goes_away_is_no_failure_to_talk_about(faulty):
    command = f"'{sys.executable}' -m parcc_nlp.cli rules | head -n 1 > /dev/null"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, check=False)
    assert done.stderr == b""
    assert done.returncode in {0, 141}


@pytest.mark.skipif(os.name == "nt", reason="pipes break differently there")
def test_a_closed_pipe_ends_as_it_does_for_every_filter(faulty):
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "parcc_nlp.cli", "extract", str(faulty)],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(os.name == "nt", reason="signals work differently there")
def test_an_interrupted_run_ends_with_130():
    # Whoever starts the tests in the background may have them ignore Ctrl-C, and what they start with them.
    heeding = "import runpy, signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    running = subprocess.Popen(
        [sys.executable, "-c", f"{heeding}; runpy.run_module('parcc_nlp.cli', run_name='__main__')", "extract", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    time.sleep(1.5)  # let it come to reading its input
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=30)
    assert (running.returncode, told) == (130, b"")
