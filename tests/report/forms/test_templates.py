"""The templates in the package are those that the script makes, and they are sound Word files."""

import importlib.util
import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree

from parcc_nlp.report.forms import shipped_headings, shipped_template
from parcc_nlp.report.forms.headings import KEYS

ROOT = Path(__file__).resolve().parents[3]
NAMES = ["review_sheet.docx", "status_lists.docx"]


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def made():
    spec = importlib.util.spec_from_file_location("build_forms", ROOT / "tools" / "build_forms.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.templates()


@pytest.mark.parametrize("name", NAMES)
def test_a_template_is_the_one_the_script_makes(made, name):
    # The packed bytes depend on the version of zlib; what is packed does not.
    assert parts(made[name]) == parts(shipped_template(name)), "run tools/build_forms.py"


@pytest.mark.parametrize("name", NAMES)
def test_a_template_is_a_sound_word_file(name):
    for part, content in parts(shipped_template(name)).items():
        if part.endswith((".xml", ".rels")):
            etree.fromstring(content)
    document = docx.Document(io.BytesIO(shipped_template(name)))
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert "{{ letterhead.agency }}" in "".join(document.element.body.itertext())


@pytest.mark.parametrize("name", NAMES)
def test_a_template_uses_labels_that_there_are(name):
    text = "".join(docx.Document(io.BytesIO(shipped_template(name))).element.body.itertext())
    assert set(re.findall(r"labels\.(\w+)", text)) <= set(shipped_headings().labels)


@pytest.mark.parametrize("key", sorted({key for keys in KEYS.values() for key in keys}))
def test_every_value_is_listed_for_who_writes_a_template(key):
    page = (ROOT / "parcc_nlp" / "report" / "forms" / "README.md").read_text(encoding="utf-8")
    assert f"`{key}`" in page


def test_every_label_is_used():
    folder = ROOT / "parcc_nlp" / "report" / "forms"
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py")))
    code += "".join(parts(shipped_template(name))["word/document.xml"].decode() for name in NAMES)
    unused = [key for key in shipped_headings().labels if f'"{key}"' not in code and f"labels.{key}" not in code]
    assert unused == []
