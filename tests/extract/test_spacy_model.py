"""models/vi_parcc is the pipeline of this version, loads anywhere, and says how accurate it was measured to be."""

import json
import subprocess
import sys

import pytest

from parcc_nlp.errors import PipelineError
from parcc_nlp.extract.assemble import accuracy_table, assemble, performance
from parcc_nlp.extract.pipeline import COMPONENTS

REPORT = {
    "documents": 9,
    "failed": 0,
    "bad_spans": 0,
    "layers": {
        "citations": {
            "gold": 300,
            "precision": 0.99,
            "recall": 0.98,
            "f1": 0.985,
            "fields": {"issued": 1.0, "issuer": 0.97, "pinpoints": 0.98, "relation": 0.99, "doc_type": 1.0},
        }
    },
    "metadata": {"doc_type": 1.0, "number": 1.0, "title": 0.96},
}
CARD = (
    "# Card\n<!-- accuracy: begins (written by `make model`, do not edit) -->\nold\n<!-- accuracy: ends -->\nAfter.\n"
)
# Written by spaCy from its own version; another patch release of spaCy is no reason to assemble the model again.
OF_SPACY = ("spacy_version", "spacy_git_version")


@pytest.fixture(scope="module")
def committed(root):
    return root / "models" / "vi_parcc"


@pytest.fixture(scope="module")
def rebuilt(root, tmp_path_factory):
    """The model directory written anew, from the same accuracy report."""
    models = tmp_path_factory.mktemp("models")
    report = root / "models" / "accuracy.json"
    if report.is_file():
        (models / report.name).write_bytes(report.read_bytes())
    (models / "README.md").write_bytes((root / "models" / "README.md").read_bytes())
    return assemble(models / "vi_parcc")


def contents(folder):
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    meta = json.loads(files.pop("meta.json"))
    return files, {name: value for name, value in meta.items() if name not in OF_SPACY}


def test_the_committed_model_is_what_this_version_writes(committed, rebuilt):
    assert contents(committed) == contents(rebuilt), "run `make model` and commit models/"


def test_the_committed_card_has_the_figures_of_the_committed_model(root, rebuilt):
    card = (root / "models" / "README.md").read_text(encoding="utf-8")
    assert card == (rebuilt.parent / "README.md").read_text(encoding="utf-8"), "run `make model` and commit models/"


def test_the_model_is_small(committed):
    assert sum(path.stat().st_size for path in committed.rglob("*")) < 500_000


def fresh_process(code, *arguments, folder):
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-W", "error", "-c", code, *arguments],
        capture_output=True, encoding="utf-8", cwd=folder, check=False,
    )  # fmt: skip


def test_a_fresh_process_loads_the_model_from_its_folder_alone(committed, tmp_path):
    code = (
        "import spacy, sys; nlp = spacy.load(sys.argv[1]); "
        "doc = nlp('theo Nghị quyết số 76/NQ-CP.'); "
        "print(*nlp.pipe_names, doc.spans['citations'][0]._.citation.number, doc[-2].text)"
    )
    run = fresh_process(code, committed, folder=tmp_path)
    assert (run.stdout.split(), run.stderr) == ([*COMPONENTS, "76/NQ-CP", "76/NQ-CP"], "")


def test_someone_elses_pipeline_does_not_pay_for_our_grammar(tmp_path):
    code = (
        "import spacy, sys; spacy.blank('en'); print(*(name for name in sys.modules if name.startswith('parcc_nlp')))"
    )
    loaded = fresh_process(code, folder=tmp_path).stdout.split()
    assert "parcc_nlp.extract.components" in loaded
    assert not {"parcc_nlp.text.normalise", "parcc_nlp.extract.citations", "parcc_nlp.extract.metadata"} & set(loaded)


def test_the_model_says_what_it_is_and_what_it_needs(committed):
    meta = json.loads((committed / "meta.json").read_text(encoding="utf-8"))
    assert (meta["lang"], meta["name"], meta["license"]) == ("vi", "parcc", "Apache-2.0")
    assert meta["requirements"] == [f"parcc_nlp>={meta['version']},<0.2"]


def test_figures_are_taken_from_the_report_of_the_scorer():
    measured = performance(REPORT)
    assert (measured["spans_citations_f"], measured["citation_issuer"], measured["metadata_title"]) == (
        0.985,
        0.97,
        0.96,
    )


def test_what_was_not_measured_is_none():
    assert set(performance(None).values()) == {None}
    assert performance(REPORT)["metadata_signer"] is None


def test_the_same_figures_are_named_whatever_was_measured():
    assert list(performance(None)) == list(performance(REPORT))


def test_a_share_of_one_is_printed_as_a_share_and_a_count_as_a_count():
    assert accuracy_table({"n": 1, "share": 1.0}).splitlines()[2:] == ["| `n` | 1 |", "| `share` | 1.000 |"]


def test_the_report_beside_the_model_fills_the_card_and_the_model(tmp_path):
    (tmp_path / "accuracy.json").write_text(json.dumps(REPORT), encoding="utf-8")
    (tmp_path / "README.md").write_text(CARD, encoding="utf-8")
    model = assemble(tmp_path / "vi_parcc")
    card = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "| `spans_citations_f` | 0.985 |" in card
    assert "old" not in card
    assert card.startswith("# Card\n")
    assert card.endswith("-->\nAfter.\n")
    assert json.loads((model / "meta.json").read_text(encoding="utf-8"))["performance"] == performance(REPORT)


def test_an_older_model_is_replaced_whole(tmp_path):
    model = assemble(tmp_path / "vi_parcc")
    (model / "left over").write_text("old", encoding="utf-8")
    assemble(model)
    assert not (model / "left over").exists()


def test_a_folder_that_is_no_model_is_left_as_it_is(tmp_path):
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(PipelineError, match="E403"):
        assemble(tmp_path)
    assert (tmp_path / "letter.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("report", ["not json", "[]", "{}"])
def test_a_report_of_another_form_is_refused(tmp_path, report):
    (tmp_path / "accuracy.json").write_text(report, encoding="utf-8")
    with pytest.raises(PipelineError, match="E404"):
        assemble(tmp_path / "vi_parcc")


def test_a_card_with_no_place_for_the_table_is_refused_and_kept(tmp_path):
    (tmp_path / "README.md").write_text("# Card\n", encoding="utf-8")
    with pytest.raises(PipelineError, match="E405"):
        assemble(tmp_path / "vi_parcc")
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "# Card\n"
