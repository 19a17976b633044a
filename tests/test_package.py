"""What ``import parcc_nlp`` gives, and what it must not cost."""

import subprocess
import sys

import pytest

import parcc_nlp
from parcc_nlp import errors, model

HEAVY = {"spacy", "underthesea", "pydantic", "typer", "rich", "pandas", "yaml", "jinja2", "lxml", "networkx", "numpy"}


def loaded_by(statement):
    """The heavy modules that stand in a fresh interpreter after a statement."""
    code = f"import sys\n{statement}\nprint(' '.join(sorted({HEAVY!r} & set(sys.modules))))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1].split()


def test_importing_the_package_loads_nothing_heavy():
    assert loaded_by("import parcc_nlp") == []


def test_the_help_page_loads_neither_rich_nor_anything_heavy():
    assert loaded_by(
        "from parcc_nlp.cli import main\nsys.argv[1:] = ['--help']\ntry: main()\nexcept SystemExit: pass"
    ) == ["typer"]


def test_reading_a_text_loads_no_pipeline():
    assert loaded_by("import parcc_nlp; parcc_nlp.extract('Căn cứ Luật Đất đai năm 2013;', resolve=False)") in (
        [],
        ["yaml"],
    )


@pytest.mark.parametrize("name", [name for name in parcc_nlp.__all__ if name != "__version__"])
def test_a_public_name_is_there(name):
    assert getattr(parcc_nlp, name).__name__ == name


def test_every_value_type_of_the_model_is_public():
    types = {name for name in model.__all__ if isinstance(getattr(model, name), type)}
    assert types <= set(parcc_nlp.__all__)


def test_every_kind_of_error_is_public():
    assert {"ParccError", "ReadError", "RegistryError", "UsageError"} <= set(parcc_nlp.__all__) & set(errors.__all__)


def test_dir_lists_what_is_public():
    assert dir(parcc_nlp) == sorted(parcc_nlp.__all__)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = parcc_nlp.nothing


@pytest.mark.parametrize("verb", ["read", "extract", "review"])
def test_a_verb_stays_the_verb_after_its_room_was_imported(verb):
    code = f"import parcc_nlp, parcc_nlp.{verb}; print(type(parcc_nlp.{verb}).__name__)"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "function\n"
    )


def test_the_version_is_that_of_the_distribution():
    from importlib.metadata import version

    assert parcc_nlp.__version__ == version("parcc_nlp")
