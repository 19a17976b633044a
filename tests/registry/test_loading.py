"""Loading: from the wheel, from a checkout, from a folder; what is damaged is named."""

import subprocess
import sys

import pytest

from parcc_nlp.errors import RegistryError
from parcc_nlp.registry import Registry
from parcc_nlp.registry.build import data_dir


def test_the_shipped_registry_is_loaded_once():
    assert Registry.shipped() is Registry.shipped()


def test_the_version_is_date_and_digest(registry):
    date, digest = registry.version.split("+")
    assert date == registry.date
    assert len(digest) == len("1a2b3c4d")


def test_a_folder_gives_the_same_registry(registry):
    assert Registry.from_directory(data_dir()).version == registry.version


def test_loading_and_asking_need_no_fuzzy_matcher_and_no_pipeline():
    script = (
        "import sys\n"
        "from parcc_nlp.registry import Registry\n"
        "Registry.shipped().status('45/2025/NĐ-CP', on='2026-11-23')\n"
        "print(sorted({'rapidfuzz', 'spacy', 'underthesea', 'pydantic', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(RegistryError) as caught:
        Registry.from_directory(tmp_path / "nowhere")
    assert caught.value.code == "E201"
    assert "nowhere" in str(caught.value)


@pytest.mark.parametrize(
    "name", ["instruments.csv", "relations.csv", "leads.csv", "in_force.csv", "reorganisation.csv"]
)
def test_a_file_without_its_columns_is_named(write, name):
    folder = write()
    (folder / name).write_text("id,number\n", encoding="utf-8")
    with pytest.raises(RegistryError) as caught:
        Registry.from_directory(folder)
    assert (caught.value.code, name in str(caught.value)) == ("E201", True)


def test_a_row_of_another_width_is_named(write):
    folder = write()
    with (folder / "instruments.csv").open("a", encoding="utf-8") as file:
        file.write("vn/-/-/-/1-nq-cp,1/NQ-CP\n")
    with pytest.raises(RegistryError) as caught:
        Registry.from_directory(folder)
    assert "1/NQ-CP" in str(caught.value)


def test_a_file_that_is_not_text_is_named(write):
    folder = write()
    (folder / "relations.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RegistryError) as caught:
        Registry.from_directory(folder)
    assert "relations.csv" in str(caught.value)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}"])
def test_a_damaged_manifest_is_named(write, text):
    folder = write()
    (folder / "MANIFEST.json").write_text(text, encoding="utf-8")
    with pytest.raises(RegistryError) as caught:
        Registry.from_directory(folder)
    assert "MANIFEST.json" in str(caught.value)


def test_an_empty_registry_knows_nothing_and_says_so(make_registry):
    registry = make_registry()
    given = registry.status("63/2010/NĐ-CP", on="2026-11-23")
    assert (given.status, given.basis, given.number) == ("not_known", "none", "63/2010/NĐ-CP")
    assert "Không có trong dữ liệu" in given.note


@pytest.mark.parametrize("day", ["2026", "2026-02-30", "today", ""])
def test_a_question_without_a_day_is_refused(registry, day):
    with pytest.raises(RegistryError) as caught:
        registry.status("63/2010/NĐ-CP", on=day)
    assert caught.value.code == "E202"


def test_a_number_of_several_instruments_is_refused_with_their_dates(registry):
    with pytest.raises(RegistryError) as caught:
        registry.status("27-NQ/TW", on="2026-11-23")
    assert caught.value.code == "E203"
    assert "2018-05-21" in str(caught.value)


def test_a_year_in_brackets_chooses_among_several(registry):
    (found,) = registry.find("27-NQ/TW (2022)", doc_type="Nghị quyết (văn kiện Đảng)")
    assert found.issued == "2022-11-09"


def test_a_date_that_is_not_the_instruments_finds_nothing(registry):
    assert registry.find("63/2010/NĐ-CP", issued="2011-06-08") == ()


def test_a_date_nobody_read_excludes_nothing_but_another_year(registry):
    assert registry.find("24/2014/NĐ-CP", issued="2014-04-04")
    assert not registry.find("24/2014/NĐ-CP", issued="2015-04-04")


def test_get_takes_an_id_or_a_number_that_one_instrument_bears(registry):
    assert registry.get("63/2010/NĐ-CP") == registry.get("vn/nghi-dinh/chinh-phu/2010-06-08/63-2010-nd-cp")
    assert registry.get("27-NQ/TW") is None
    assert registry.get("vn/no/such/thing") is None


def test_reorganisations_carry_day_and_source(registry):
    found = [one for one in registry.reorganisations() if one.old_name == "Sở Kế hoạch và Đầu tư"]
    assert [(one.new_name, one.effective) for one in found] == [("Sở Tài chính", "2025-03-01")]
    assert found[0].legal_source
