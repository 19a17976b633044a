"""The office's file of settings: found from the folder upwards, checked key by key."""

import pytest

from parcc_nlp.errors import UsageError
from parcc_nlp.review.settings import Settings, find_settings, read_settings


def test_without_a_file_everything_is_as_usual(tmp_path):
    assert find_settings(tmp_path) == Settings()


def test_the_nearest_file_counts(tmp_path):
    (tmp_path / "parcc.toml").write_text('ignore = ["VB305"]', encoding="utf-8")
    inner = tmp_path / "2026" / "ke-hoach"
    inner.mkdir(parents=True)
    assert find_settings(inner).ignore == ["VB305"]
    (inner / "parcc.toml").write_text('as-of = "today"', encoding="utf-8")
    assert find_settings(inner) == Settings(as_of="today", path=str(inner / "parcc.toml"))


def test_a_project_file_without_our_table_is_passed_over(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[tool.other]\na = 1\n", encoding="utf-8")
    assert find_settings(tmp_path) == Settings()
    (tmp_path / "pyproject.toml").write_text('[tool.parcc]\nfail-on = "warning"\n', encoding="utf-8")
    assert find_settings(tmp_path).fail_on == "warning"


def test_a_day_may_stand_without_quotes(tmp_path):
    (tmp_path / "parcc.toml").write_text("as-of = 2026-11-23", encoding="utf-8")
    assert read_settings(tmp_path / "parcc.toml").as_of == "2026-11-23"


def test_paths_are_those_of_the_folder_of_the_file(tmp_path):
    (tmp_path / "parcc.toml").write_text('baseline = "truoc.jsonl"', encoding="utf-8")
    settings = read_settings(tmp_path / "parcc.toml")
    assert settings.beside(settings.baseline) == str(tmp_path / "truoc.jsonl")


@pytest.mark.parametrize(
    ("name", "left_out"),
    [("KH-12.docx", ("CT6",)), ("a/b/KH-12.docx", ("CT6",)), ("cu/QD-1.docx", ("VB5", "VB3")), ("QD-1.docx", ())],
)
def test_rules_are_left_out_by_name_or_path_of_a_file(name, left_out):
    settings = Settings(per_file_ignores={"KH-*.docx": ["CT6"], "cu/*": ["VB5", "VB3"]})
    assert settings.ignored_in(name) == left_out


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ('as_of = "today"', "as_of"),
        ('select = "VB1"', "select"),
        ('fail-on = "fatal"', "fail-on"),
        ('expiring-within-days = "90"', "expiring-within-days"),
        ("as-of =\nselect = []", "line 1"),
    ],
)
def test_a_key_that_is_unknown_or_of_another_type_is_an_error_that_names_it(tmp_path, content, place):
    path = tmp_path / "parcc.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match="E343") as caught:
        read_settings(path)
    assert place in str(caught.value)
    assert str(path) in str(caught.value)
