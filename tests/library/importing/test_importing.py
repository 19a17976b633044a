"""What becomes of the files of an inbox, and what is kept of it."""

import json
import os
import sys

import pytest
from sqlalchemy import text

from parcc_nlp.library.importing.faults import Fault
from parcc_nlp.library.importing.worker import Worked, do
from tests.library.importing.conftest import Here
from tests.library.importing.plans import BROKEN, as_html, as_text, as_word, plan


def failing(code="E398", *, only=""):
    """Work that fails for files whose name holds some words."""

    def work(setting, job):
        return Worked(None, Fault(code, "Lý do.")) if only in job.name else do(setting, job)

    return work


def ask(library, question):
    with library.reading() as connection:
        return connection.execute(text(question)).all()


def test_every_file_becomes_a_document_and_stays_where_it_is(drop, run, library, states):
    paths = [drop("12.txt"), drop("sau/13.docx", as_word(plan(13))), drop("14.html", as_html(plan(14)))]
    report = run()
    assert report.counts == {"added": 3}
    assert report.clean
    assert states() == {"12.txt": "done", "13.docx": "done", "14.html": "done"}
    assert library.document("13/KH-UBND").issuer == "Ủy ban nhân dân tỉnh Hòa Giang"
    assert all(path.exists() for path in paths)


def test_what_was_taken_in_is_not_read_again(drop, run, library):
    drop("12.txt")
    run()
    report = run()
    assert (report.total, report.unchanged, len(library.tasks())) == (0, 1, 1)


def test_a_file_that_was_changed_is_taken_again(drop, run, library):
    drop("12.txt")
    run()
    drop("12.txt", as_text(plan(12, extra="trên toàn tỉnh")))
    assert run().counts == {"version": 1}
    assert library.document("12/KH-UBND").versions == 2


def test_the_same_bytes_are_a_duplicate_and_are_not_examined_twice(drop, run, library, states):
    drop("a.txt", as_text(plan(12)))
    run()
    drop("b.txt", as_text(plan(12)))
    crew = Here()
    report = run(crew=crew)
    assert report.counts == {"duplicate": 1}
    assert report.clean
    assert crew.settings == []
    task = library.tasks()[0]
    assert (task.reason, task.document_id) == ("Kho đã có đúng tệp này.", 1)


def test_the_same_text_in_another_file_is_a_duplicate(drop, run, library):
    drop("12.txt")
    drop("13.html", as_html(plan(12)))
    assert run().counts == {"added": 1, "duplicate": 1}
    assert library.tasks()[0].reason == "Kho đã có văn bản này trong tệp khác."
    assert len(library.files(1)) == 2


@pytest.mark.parametrize("broken", BROKEN[:-1], ids=lambda broken: broken[-1])
def test_a_broken_file_goes_into_quarantine_with_its_reason(drop, run, library, broken):
    ending, made, code = broken
    drop(f"hong{ending}", made(1))
    drop("12.txt")
    report = run()
    assert report.counts == {"quarantined": 1, "added": 1}
    task = next(one for one in library.tasks() if one.state == "quarantined")
    assert (task.code, task.attempts, task.name) == (code, 1, f"hong{ending}")
    assert task.reason.endswith(f"[{code}]")
    assert task.name not in task.reason


def test_a_download_that_was_cut_off_is_told_of_and_not_kept(drop, run, library):
    drop("12.pdf.part", b"%PDF-1.7 half")
    assert run().waiting == 1
    assert run(patience=0.0).counts == {"quarantined": 1}
    task = library.tasks()[0]
    assert (task.code, task.sha256) == ("E521", None)


def test_an_empty_file_is_waited_for_before_it_is_told_of(drop, run):
    drop("12.txt", b"")
    assert run(empty=None).waiting == 1
    report = run()
    assert [one.code for one in report.failures] == ["E101"]


def test_a_file_too_large_to_be_read_is_told_of_and_its_bytes_are_not_kept(drop, run, library, monkeypatch):
    from parcc_nlp.errors import ReadError

    def refuse(path, **_):
        raise ReadError("E130", path=str(path), size=9, limit=1)

    drop("lon.pdf")
    monkeypatch.setattr("parcc_nlp.library.importing.intake.file_bytes", refuse)
    assert run().counts == {"quarantined": 1}
    assert library.tasks()[0].code == "E130"


def test_what_may_go_away_is_tried_again_later_and_later_and_then_kept_in_quarantine(drop, run, library, clock):
    drop("12.txt")
    told = []
    for minutes in (0, 1, 5, 30):
        if minutes:
            clock.go(minutes=minutes, seconds=-1)
            assert run(work=failing()).total == 0
            clock.go(seconds=1)
        run(work=failing())
        task = library.tasks()[0]
        told.append((task.state, task.attempts, task.due_at and task.due_at[11:16]))
    assert told == [
        ("failed", 1, "08:01"),
        ("failed", 2, "08:06"),
        ("failed", 3, "08:36"),
        ("quarantined", 4, None),
    ]


def test_what_failed_is_imported_when_it_can_be(drop, run, states, clock):
    drop("12.txt")
    report = run(work=failing())
    assert (report.counts, report.clean) == ({"failed": 1}, False)
    clock.go(minutes=1)
    assert run().counts == {"added": 1}
    assert states() == {"12.txt": "done"}


def test_one_failing_file_does_not_stop_the_others(drop, run, states):
    for number in range(10, 16):
        drop(f"{number}.txt")
    run(work=failing(only="12"))
    assert states() == {f"{number}.txt": "failed" if number == 12 else "done" for number in range(10, 16)}


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_read_when_it_may_be(drop, run, states, clock):
    path = drop("12.txt")
    path.chmod(0)
    run()
    assert states() == {"12.txt": "failed"}
    path.chmod(0o600)
    clock.go(minutes=1)
    run()
    assert states() == {"12.txt": "done"}


def unreadable(monkeypatch):
    from parcc_nlp.errors import ReadError

    def refuse(path, **_):
        raise ReadError("E106", path=str(path))

    monkeypatch.setattr("parcc_nlp.library.importing.intake.file_bytes", refuse)


def test_a_file_on_a_disk_that_does_not_answer_is_read_when_it_does(drop, run, library, monkeypatch, clock):
    drop("12.txt")
    with monkeypatch.context() as broken:
        unreadable(broken)
        assert run().counts == {"failed": 1}
        clock.go(minutes=1)
        assert run().counts == {"failed": 1}
    assert (library.tasks()[0].sha256, library.tasks()[0].attempts) == (None, 2)
    clock.go(minutes=5)
    assert run().counts == {"added": 1}
    assert library.tasks()[0].sha256 is not None


def test_a_file_that_could_not_be_read_and_is_gone_goes_into_quarantine(drop, run, library, monkeypatch, clock):
    path = drop("12.txt")
    with monkeypatch.context() as broken:
        unreadable(broken)
        run()
    path.unlink()
    clock.go(minutes=1)
    assert [one.code for one in run().failures] == ["E102"]


def test_a_file_that_changes_while_it_is_read_is_left_for_the_next_look(drop, run, library, monkeypatch):
    from parcc_nlp.library.importing import intake

    path = drop("12.txt")
    reading = intake.file_bytes

    def meddle(given, **how):
        data = reading(given, **how)
        monkeypatch.setattr(intake, "file_bytes", reading)
        path.write_bytes(as_text(plan(13)))
        return data

    monkeypatch.setattr(intake, "file_bytes", meddle)
    run()
    assert [one.number for one in library.documents()] in ([], ["13/KH-UBND"])
    run()
    assert [one.number for one in library.documents()] == ["13/KH-UBND"]


def test_two_texts_under_one_number_are_told_of_once_with_what_differs(drop, run, library):
    drop("a.txt", as_text(plan(12)))
    run()
    drop("b.txt", as_text(plan(12, extra="trên toàn tỉnh")))
    run()
    drop("c.txt", as_text(plan(12, extra="trên toàn tỉnh")))
    run()
    rows = ask(library, "SELECT document_id, kind, cause, target, value FROM alert")
    assert [(row.document_id, row.kind, row.target) for row in rows] == [(1, "version", "version 2")]
    assert json.loads(rows[0].value)["message"] == (
        "Hai văn bản khác nội dung cùng mang số 12/KH-UBND của Ủy ban nhân dân tỉnh Hòa Giang: 1 dòng khác, đầu tiên: "
        "“1. Nâng cao chất lượng giải quyết thủ tục hành chính năm 2026.” thành "
        "“1. Nâng cao chất lượng giải quyết thủ tục hành chính trên toàn tỉnh.”."
    )


def test_another_text_of_a_draft_is_a_version_without_an_alert(drop, run, library):
    draft = plan("", title="Cải cách hành chính năm 2027").replace(
        "ngày 15 tháng 01 năm 2026", "ngày      tháng      năm"
    )
    drop("a.txt", as_text(draft))
    run()
    drop("b.txt", as_text(draft.replace("năm 2026.", "năm 2027.")))
    assert run().counts == {"version": 1}
    assert ask(library, "SELECT * FROM alert") == []


def test_a_run_that_was_killed_is_gone_on_with_and_no_attempt_is_counted(drop, run, library):
    class Killed(BaseException):
        pass

    def kill(setting, job):
        raise Killed

    for number in range(10, 15):
        drop(f"{number}.txt")
    with pytest.raises(Killed):
        run(work=kill)
    # What a SIGKILL leaves is a started task: nothing of ours ran after it.
    with library.writing() as connection:
        connection.execute(text("UPDATE task SET state = 'started', interruptions = 0 WHERE id <= 2"))
    report = run()
    assert (report.interrupted, report.counts) == (2, {"added": 5})
    assert {(one.attempts, one.state) for one in library.tasks()} == {(0, "done")}


def test_what_was_interrupted_comes_after_all_others(drop, run, library):
    order = []

    def work(setting, job):
        order.append(job.name)
        return do(setting, job)

    drop("10.txt")
    drop("11.txt")
    drop("12.txt")
    run(work=failing("E120"))
    for task in library.tasks():
        with library.writing() as connection:
            connection.execute(
                text("UPDATE task SET state = 'started' WHERE id = :id") if task.name == "10.txt" else
                text("UPDATE task SET state = 'pending' WHERE id = :id"), {"id": task.id}
            )  # fmt: skip
    run(work=work)
    assert order == ["11.txt", "12.txt", "10.txt"]


def test_a_failure_while_writing_leaves_nothing_half_written(drop, run, library, monkeypatch):
    from parcc_nlp.library.importing import outcomes

    drop("12.txt")

    def fail(*_, **__):
        raise RuntimeError("hỏng")

    with monkeypatch.context() as broken:
        broken.setattr(outcomes, "_end", fail)
        report = run()
    assert [(one.code, one.became) for one in report.failures] == [("E399", "quarantined")]
    assert len(library) == 0
    assert ask(library, "SELECT count(*) FROM rendition") == [(0,)]


def test_a_busy_database_is_waited_for(drop, run, library, monkeypatch):
    from sqlalchemy.exc import OperationalError

    from parcc_nlp.library.importing import outcomes

    drop("12.txt")

    def busy(*_, **__):
        raise OperationalError("INSERT", {}, Exception("database is locked"))

    with monkeypatch.context() as broken:
        broken.setattr(outcomes, "write", busy)
        assert [(one.code, one.became) for one in run().failures] == [("E525", "failed")]


def test_a_registry_that_was_changed_is_asked_anew(drop, run, library, monkeypatch):
    drop("12.txt")
    crew = Here()

    def follow_up(library):
        library.forget_registry()
        drop("13.txt")

    run(crew=crew, follow_up=follow_up)
    run(crew=crew)
    assert {setting.version for setting in crew.settings} == {library.registry.version}
    assert len(crew.settings) == 2


def test_what_follows_an_import_is_done_after_it_and_its_failure_is_told(drop, run, library):
    from parcc_nlp.errors import LibraryError

    counted = []

    def follow_up(library):
        counted.append(len(library))
        raise LibraryError("E504", detail="hỏng")

    drop("12.txt")
    report = run(follow_up=follow_up)
    assert counted == [1]
    assert [one.code for one in report.problems] == ["E504"]
    assert report.counts == {"added": 1}


def test_a_run_that_is_to_stop_finishes_what_is_at_work_and_claims_nothing_more(drop, run, library):
    from parcc_nlp.library.importing.waking import Wakes

    wakes = Wakes()

    def work(setting, job):
        wakes.stop()
        return do(setting, job)

    for number in range(10, 16):
        drop(f"{number}.txt")
    report = run(work=work, wakes=wakes)
    assert (report.stopped, report.counts) == (True, {"added": 2})
    assert sorted(one.state for one in library.tasks()) == ["done"] * 2 + ["pending"] * 4
    assert run().counts == {"added": 4}


def test_a_worker_that_is_stopped_with_the_importer_is_no_fault_of_its_file(drop, run, library):
    from parcc_nlp.library.importing.waking import Wakes

    wakes = Wakes()

    def work(setting, job):
        wakes.stop()
        return Worked(None, Fault("E398", "Lý do."))

    drop("10.txt")
    report = run(work=work, wakes=wakes)
    task = library.tasks()[0]
    assert (report.total, task.state, task.attempts, task.interruptions) == (0, "pending", 0, 1)


def test_files_are_moved_when_they_are_in_the_library_and_others_into_quarantine(drop, run, tmp_path):
    good, bad, again = drop("12.txt"), drop("hong.docx", BROKEN[0][1](1)), drop("sau/12.txt", as_text(plan(12)))
    done, kept = tmp_path / "xong", tmp_path / "cach-ly"
    report = run(move_to=done, quarantine_to=kept)
    assert not any(path.exists() for path in (good, bad, again))
    assert sorted(path.name for path in done.iterdir()) == ["12.txt"]
    assert [path.name for path in kept.iterdir()] == ["hong.docx"]
    assert report.problems == type(report.problems)()


def test_a_file_is_never_moved_onto_another_one(drop, run, tmp_path):
    done = tmp_path / "xong"
    done.mkdir()
    (done / "12.txt").write_bytes(b"something else")
    drop("12.txt")
    run(move_to=done)
    assert sorted(path.name for path in done.iterdir()) == ["12 (2).txt", "12.txt"]


def test_a_file_that_an_earlier_run_had_imported_is_moved_too(drop, run, tmp_path):
    path = drop("12.txt")
    run()
    run(move_to=tmp_path / "xong")
    assert not path.exists()
    assert (tmp_path / "xong" / "12.txt").exists()


def test_a_folder_that_cannot_be_looked_into_is_told_of(run, inbox, monkeypatch):
    from parcc_nlp.library.importing import intake
    from parcc_nlp.library.importing.scanning import Look

    monkeypatch.setattr(intake, "look_through", lambda *_, **__: Look([], [str(inbox / "kín")]))
    assert [(one.code, one.place) for one in run().problems] == [("E531", str(inbox / "kín"))]


def test_two_runs_at_once_are_refused_and_the_first_is_named(drop, run, library, tmp_path):
    from parcc_nlp.errors import LibraryError
    from parcc_nlp.library import open_library
    from parcc_nlp.library.importing.locking import sole_importer

    with sole_importer(library), open_library(tmp_path / "kho.db") as other:
        with pytest.raises(LibraryError) as caught, sole_importer(other):
            pytest.fail("two importers")
        assert caught.value.code == "E507"
        assert f"pid {os.getpid()}" in caught.value.details["holder"]
    drop("12.txt")
    assert run().counts == {"added": 1}
    assert ask(library, "SELECT * FROM library_meta WHERE name = 'importer'") == []
