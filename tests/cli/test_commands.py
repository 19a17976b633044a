"""What each command says."""

import json

import pytest

from parcc_nlp.review import rules


def test_every_rule_is_listed(parcc):
    listed = [line.split()[0] for line in parcc("rules").stdout.splitlines()]
    assert listed == [rule.code for rule in rules()]


@pytest.mark.parametrize("code", [rule.code for rule in rules()])
def test_every_rule_is_explained(parcc, code):
    done = parcc("explain", code.lower())
    assert done.exit_code == 0
    assert done.stdout.startswith(code)


def test_only_the_rules_selected_run(parcc, faulty):
    shown = parcc("check", faulty, "--select", "VB206, VB207", "--select", "vb208", "--format", "json").stdout
    assert json.loads(shown)["coverage"]["rules_run"] == ["VB206", "VB207", "VB208"]


def test_an_ignored_rule_does_not_speak(parcc, faulty):
    assert "VB206" in parcc("check", faulty).stdout
    assert "VB206" not in parcc("check", faulty, "--ignore", "VB206").stdout


def test_the_coverage_line_is_there(parcc, faulty):
    assert "viện dẫn xác minh được" in parcc("check", faulty).stdout


def test_the_version_names_program_and_data(parcc):
    import parcc_nlp

    program, data = parcc("version").stdout.splitlines()
    assert program == f"parcc_nlp {parcc_nlp.__version__}"
    assert data.startswith("registry ")


def test_the_demo_checks_every_sample_as_of_signing_and_today(parcc, samples_dir):
    done = parcc("demo")
    assert done.exit_code == 0, done.stderr
    documents = [path.name for path in samples_dir.iterdir() if path.stem != "README"]
    assert [name for name in documents if done.stdout.count(f"{name} ─") != 2] == []


def test_a_status_in_text_names_the_day_and_the_answer(parcc):
    shown = parcc("status", "999999/2021/NĐ-CP", "--as-of", "2026-11-23").stdout
    assert "Tại ngày 23/11/2026: chưa rõ hiệu lực" in shown


@pytest.mark.parametrize("verb", ["extract", "check", "status", "explain", "rules", "schema", "demo", "version"])
def test_every_command_has_a_help_page(parcc, verb):
    done = parcc(verb, "--help")
    assert done.exit_code == 0
    assert "--help" in done.stdout
