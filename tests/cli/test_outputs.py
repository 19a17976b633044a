"""What is written: UTF-8 whatever the locale, contract JSON, reports to a file or folder."""

import json

import pytest
from jsonschema import Draft202012Validator
from lxml import html
from typer.testing import CliRunner

from parcc_nlp import contract

from .conftest import CLEAN, written

NARROW = {"LC_ALL": "C", "LANG": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def fits(kind, text):
    """Check one JSON object against the published schema and give it."""
    value = json.loads(text)
    Draft202012Validator(contract.json_schema(kind)).validate(value)
    return value


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "html"])
def test_output_is_utf8_in_a_locale_that_is_not(process, clean, form):
    done = process("extract", clean, "--format", form, env=NARROW)
    assert done.returncode == 0
    assert "Quyết định" in done.stdout.decode("utf-8")


def test_messages_are_utf8_in_a_locale_that_is_not(process, empty):
    assert "Tệp rỗng" in process("check", empty, env=NARROW).stderr.decode("utf-8")


def test_an_extraction_fits_the_published_schema(parcc, clean):
    value = fits("extraction", parcc("extract", clean, "--format", "json").stdout)
    assert value["text"] == CLEAN


def test_a_review_fits_the_published_schema(parcc, faulty):
    value = fits("review", parcc("check", faulty, "--as-of", "2023-12-22", "--format", "json").stdout)
    assert value["as_of"] == "2023-12-22"
    assert "VB206" in [finding["rule"] for finding in value["findings"]]


def test_a_status_fits_the_published_schema(parcc):
    done = parcc("status", "999999/2021/NĐ-CP", "--as-of", "2026-11-23", "--format", "json")
    assert fits("status", done.stdout)["status"] == "not_known"
    assert done.exit_code == 0


@pytest.mark.parametrize("kind", ["extraction", "review", "status"])
def test_the_schema_command_prints_the_published_schema(parcc, kind):
    assert json.loads(parcc("schema", kind).stdout) == contract.json_schema(kind)


def test_json_lines_hold_one_object_a_line(parcc, clean, faulty):
    lines = parcc("extract", clean, faulty, "--format", "jsonl").stdout.splitlines()
    assert [fits("extraction", line)["source"]["path"] for line in lines] == [str(clean), str(faulty)]


def test_a_failed_file_leaves_a_coded_object_in_json(parcc, empty):
    value = json.loads(parcc("check", empty, "--format", "json").stdout)
    assert (value["schema"], value["code"], value["source"]["path"]) == ("parcc-error/1", "E101", str(empty))


def test_several_text_reports_end_with_what_they_add_up_to(parcc, clean, empty):
    done = parcc("check", clean, empty)
    assert "Tổng cộng 2 văn bản" in done.stdout
    assert "1 tệp không xem xét được" in done.stdout


def test_a_text_report_goes_to_a_file(parcc, clean, tmp_path):
    target = tmp_path / "báo cáo.txt"
    done = parcc("check", clean, "-o", target)
    assert done.stdout == ""
    assert "viện dẫn xác minh được" in target.read_text(encoding="utf-8")


def test_a_report_that_is_not_for_a_terminal_has_no_colours(parcc, clean):
    assert "\x1b" not in parcc("check", clean).stdout


def test_one_html_report_goes_to_standard_output(parcc, clean):
    page = html.document_fromstring(parcc("check", clean, "--format", "html").stdout)
    assert page.xpath("//div[@class='document']")[0].text_content() == CLEAN


def test_several_html_reports_go_to_a_folder_with_an_index(parcc, clean, empty, tmp_path):
    same_name = written(tmp_path / "other" / "clean.txt", CLEAN)
    folder = tmp_path / "out"
    done = parcc("check", clean, same_name, empty, "--format", "html", "-o", folder)
    assert done.exit_code == 2
    assert sorted(path.name for path in folder.iterdir()) == ["clean.txt-2.html", "clean.txt.html", "index.html"]
    index = html.document_fromstring((folder / "index.html").read_text(encoding="utf-8"))
    assert index.xpath("//tbody//a/@href") == ["clean.txt.html", "clean.txt-2.html"]
    assert "[E101]" in index.text_content()


def test_a_folder_of_one_document_still_gives_a_folder_of_pages(parcc, tmp_path):
    written(tmp_path / "in" / "a.txt", CLEAN)
    parcc("check", tmp_path / "in", "--format", "html", "-o", tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.txt.html", "index.html"]


def test_one_html_report_goes_to_a_file(parcc, clean, tmp_path):
    parcc("check", clean, "--format", "html", "-o", tmp_path / "a.html")
    assert (tmp_path / "a.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_text_report_cannot_go_to_a_folder(parcc, clean, tmp_path):
    done = parcc("check", clean, "-o", tmp_path)
    assert (done.exit_code, "[E308]" in done.stderr) == (3, True)


def test_a_page_never_overwrites_an_input(parcc, clean, tmp_path):
    page = written(tmp_path / "clean.txt.html", "<p>Căn cứ Luật Đất đai năm 2013;</p>")
    parcc("check", clean, page, "--format", "html", "-o", tmp_path)
    assert page.read_text(encoding="utf-8") == "<p>Căn cứ Luật Đất đai năm 2013;</p>"


def test_several_documents_as_one_json_object_are_refused_with_the_way_out(parcc, clean, faulty):
    done = parcc("check", clean, faulty, "--format", "json")
    assert done.exit_code == 3
    assert "--format jsonl" in done.stderr


def test_messages_are_english_when_asked(parcc, empty):
    assert "The file is empty." in parcc("--lang", "en", "check", empty).stderr


@pytest.mark.parametrize("option", [["--lang", "en"], ["--lang=en"]], ids=" ".join)
def test_the_language_may_be_chosen_after_the_command(parcc, empty, option):
    assert "The file is empty." in parcc("check", empty, *option).stderr


def test_the_language_may_be_chosen_for_every_command(empty):
    from parcc_nlp.cli.app import app

    done = CliRunner().invoke(app, ["check", str(empty)], env={"PARCC_LANG": "en"})
    assert "The file is empty." in done.stderr


def test_findings_are_english_when_asked(parcc, faulty):
    assert "citations verified" in parcc("check", faulty, "--lang", "en").stdout


def test_the_language_does_not_stay_for_the_next_command(parcc, empty):
    parcc("--lang", "en", "check", empty)
    assert "Tệp rỗng." in parcc("check", empty).stderr
