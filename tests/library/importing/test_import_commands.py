"""``parcc import``, ``parcc watch`` and ``parcc inbox`` as a user has them."""

import json

import pytest
import typer
from typer.testing import CliRunner

from parcc_nlp.cli.exits import ParccGroup
from parcc_nlp.cli.import_app import add_import_commands
from tests.library.importing.conftest import Here
from tests.library.importing.plans import BROKEN, as_text, plan


@pytest.fixture
def parcc(monkeypatch, library):
    """Run a command of importing in this process, on the library of the test."""
    from parcc_nlp.cli.streams import speak
    from parcc_nlp.library.importing import importer

    monkeypatch.setattr(importer, "ProcessCrew", lambda **_: Here())
    monkeypatch.setattr(importer, "_follow_up", len)
    monkeypatch.setenv("PARCC_LIBRARY", library.engine.url.database)
    app = typer.Typer(cls=ParccGroup)

    @app.callback()
    def language(lang: str = "vi"):
        speak(lang)

    add_import_commands(app)
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def filled(drop):
    drop("12.txt")
    drop("a.docx", BROKEN[0][1](1))
    drop("b.txt", b"")


def test_an_import_tells_how_many_became_what_and_names_what_was_not_imported(parcc, inbox, filled):
    result = parcc("import", inbox)
    assert result.exit_code == 2
    assert result.output.splitlines()[:3] == ["Đã xử lý 3 tệp.", "Văn bản mới 1", "Cách ly     2"]
    assert "CÁCH LY (2)" in result.output
    assert "[E120]" in result.output
    assert "[E101]" in result.output


def test_an_import_without_failures_ends_with_0(parcc, inbox, drop):
    drop("12.txt")
    assert parcc("import", inbox).exit_code == 0


def test_an_import_of_files_in_quarantine_does_not_pass_for_a_success(parcc, inbox, filled):
    parcc("import", inbox)
    again = parcc("import", inbox, "-f", "json")
    told = json.loads(again.output)
    assert again.exit_code == 2
    assert (told["unchanged"], sorted(one["code"] for one in told["failures"])) == (3, ["E101", "E120"])


def test_an_import_as_json_counts_every_outcome(parcc, inbox, filled):
    told = json.loads(parcc("import", inbox, "--format", "json").output)
    assert told["schema"] == "parcc-import/1"
    assert told["counts"] == {"added": 1, "version": 0, "duplicate": 0, "filed": 0, "failed": 0, "quarantined": 2}
    assert {one["code"] for one in told["failures"]} == {"E101", "E120"}


def test_an_address_is_for_parcc_feeds(parcc):
    result = parcc("import", "https://example.org/a.pdf")
    assert result.exit_code == 3
    assert "[E526]" in result.output


def test_a_file_or_folder_that_is_not_there_is_wrong_usage(parcc, tmp_path):
    assert "[E102]" in parcc("import", tmp_path / "khong-co").output
    assert "[E532]" in parcc("watch", tmp_path / "khong-co").output


def test_a_library_that_is_not_named_is_asked_for(parcc, inbox, monkeypatch):
    monkeypatch.delenv("PARCC_LIBRARY")
    for words in (("import", inbox), ("watch", inbox), ("inbox",), ("inbox", "retry", "--all")):
        result = parcc(*words)
        assert result.exit_code == 3
        assert "[E520]" in result.output


def test_a_library_that_is_not_there_is_not_made(parcc, inbox, tmp_path):
    result = parcc("import", inbox, "--library", tmp_path / "khac.db")
    assert result.exit_code == 2
    assert "[E502]" in result.output
    assert not (tmp_path / "khac.db").exists()


def test_a_watch_that_runs_once_takes_what_is_there(parcc, inbox, drop):
    drop("12.txt")
    result = parcc("watch", inbox, "--once", "--settle", "0.05")
    assert result.exit_code == 0
    assert "Văn bản mới 1" in result.output


def test_a_watch_tells_every_file_as_it_is_done_and_that_it_stopped(parcc, inbox, filled, monkeypatch):
    from parcc_nlp.library.importing import importer

    running = importer.Importer.run

    def stop_soon(self, lock, *, once):
        tell = self.told.settled

        def settled(one):
            tell(one)
            if self.report.total == 2:
                self.wakes.stop()

        self.told = importer.Told(settled, self.told.problem, self.told.stopping)
        running(self, lock, once=once)

    monkeypatch.setattr(importer.Importer, "run", stop_soon)
    result = parcc("watch", inbox, "--settle", "0.05", "--jobs", "1")
    assert result.exit_code == 0, result.output
    assert "12.txt: văn bản mới" in result.output
    assert "a.docx: cách ly — " in result.output
    assert result.output.rstrip().endswith("Đã dừng.")


def test_the_inbox_lists_tasks_with_state_reason_and_document(parcc, inbox, filled):
    parcc("import", inbox)
    shown = parcc("inbox")
    assert shown.exit_code == 0
    assert "12.txt — đã nhập" in shown.output
    assert "a.docx — cách ly" in shown.output
    assert "văn bản số 1 trong kho" in shown.output
    assert parcc("inbox", "list").output == shown.output
    assert "12.txt" not in parcc("inbox", "list", "--state", "quarantined").output


def test_the_inbox_speaks_english(parcc, inbox, filled):
    parcc("import", inbox)
    shown = parcc("--lang", "en", "inbox").output
    assert "a.docx — in quarantine" in shown
    assert "The Word file is damaged" in shown


def test_what_was_acknowledged_is_listed_only_where_that_is_wanted(parcc, inbox, filled):
    parcc("import", inbox)
    assert parcc("inbox", "ack", "2", "--by", "Lan").output == "Đã ghi nhận 1 việc.\n"
    listed = json.loads(parcc("inbox", "-f", "json").output)
    assert [one["id"] for one in listed["tasks"]] == [3, 1]
    seen = json.loads(parcc("inbox", "--seen", "-f", "json").output)
    assert [one["acknowledged_by"] for one in seen["tasks"]] == [None, "Lan", None]
    parcc("inbox", "ack", "--all")
    assert "Không có việc nhập nào." in parcc("inbox").output


def test_what_is_in_quarantine_is_tried_again_on_request(parcc, inbox, filled, library):
    parcc("import", inbox)
    assert parcc("inbox", "retry", "--all").output == "Sẽ thử lại 2 việc ở lần nhập tới.\n"
    assert [one.state for one in library.tasks()] == ["pending", "pending", "done"]
    assert json.loads(parcc("import", inbox, "-f", "json").output)["counts"]["quarantined"] == 2


def test_a_task_that_is_not_there_or_not_named_is_an_error_and_nothing_is_changed(parcc, inbox, filled, library):
    parcc("import", inbox)
    assert "[E513]" in parcc("inbox", "retry", "2", "99").output
    assert "[E533]" in parcc("inbox", "ack").output
    assert [one.state for one in library.tasks()] == ["quarantined", "quarantined", "done"]


def test_a_list_is_cut_at_the_number_asked_for_and_says_so(parcc, inbox, drop):
    for number in range(10, 14):
        drop(f"{number}.txt", as_text(plan(number)))
    parcc("import", inbox)
    cut = parcc("inbox", "-n", "2").output
    assert "Còn nữa" in cut
    assert cut.count("đã nhập") == 3
    assert "Còn nữa" not in parcc("inbox", "-n", "0").output
