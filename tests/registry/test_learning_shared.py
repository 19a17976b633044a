"""Learning from hundreds of public texts: nothing that was known becomes wrong, and learning again changes nothing."""

import csv
import json

import pytest

AGAIN = 6
"""Every sixth text is learned once more."""
pytestmark = [pytest.mark.shared, pytest.mark.slow]


@pytest.fixture(scope="module")
def learned(shared_dir, tmp_path_factory):
    """A registry that has learned every text, and what it told when it learned some of them once more."""
    from typer.testing import CliRunner

    from parcc_nlp.cli.app import app

    path = tmp_path_factory.mktemp("learned") / "registry.sqlite"
    statutes = shared_dir / "documents" / "statutes"
    again = [str(one) for one in sorted(statutes.glob("*.txt"))[::AGAIN]]
    options = ["--registry", str(path), "-j", "2", "-f", "json"]
    reports = [
        json.loads(CliRunner().invoke(app, ["registry", "learn", *files, *options]).stdout)
        for files in ([str(statutes)], again)
    ]
    return path, reports


def test_no_row_of_the_evaluation_is_answered_wrongly_after_learning(learned, shared_dir):
    from parcc_nlp.registry import Registry

    registry = Registry.open(learned[0])
    wrong = []
    with (shared_dir / "eval" / "status.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found = registry.find(row["number"], doc_type=row["type"], issuer=row["issuer"], issued=row["signed"])
            answers = {registry.status(one, on=row["as_of"]).status for one in found}
            if len(found) != 1 or not answers <= set(row["accept"].split("|")):
                wrong.append((row["number"], row["as_of"], answers, row["accept"]))
    assert wrong == []


def test_learning_again_changes_nothing(learned):
    again = learned[1][1]["total"]
    assert [again[name] for name in ("instruments", "fields", "relations", "lives")] == [0, 0, 0, 0]


def test_every_text_is_read(learned):
    first = learned[1][0]["total"]
    assert first["failures"] == 0
    assert first["relations"] > first["documents"]
