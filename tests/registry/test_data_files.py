"""Every data file keeps to its schema, and every reference in it leads somewhere."""

import csv
import hashlib
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from parcc_nlp.registry import instrument_id
from parcc_nlp.registry.days import is_day
from parcc_nlp.registry.identity import legal_class, read_rules
from parcc_nlp.registry.tables import COLUMNS as _COLUMNS
from parcc_nlp.text.canonical import canonical_number

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "corpora" / "registry"
PARTIAL_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
KINDS = {
    "replaces", "repeals", "partially_repeals", "amends", "suspends", "corrects", "consolidates", "guides", "continues",
    "date_shift", "extends",
}  # fmt: skip
CONFIDENCES = {"verified", "partial", "unverified"}


def rows(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


INSTRUMENTS = rows("instruments.csv")
RELATIONS = rows("relations.csv")
LEADS = rows("leads.csv")
IDS = {row["id"] for row in INSTRUMENTS}


@pytest.mark.parametrize("name", sorted(_COLUMNS))
def test_the_columns_are_those_documented(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        assert tuple(next(csv.reader(file))) == _COLUMNS[name]


@pytest.mark.parametrize("name", sorted(_COLUMNS))
def test_the_readme_explains_every_column(name):
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [column for column in _COLUMNS[name] if f"`{column}`" not in readme] == []


def test_no_identity_stands_twice():
    assert [identity for identity, count in Counter(row["id"] for row in INSTRUMENTS).items() if count > 1] == []


def test_every_id_follows_from_type_issuer_date_and_number():
    wrong = [
        row["id"]
        for row in INSTRUMENTS
        if row["id"]
        != instrument_id(
            doc_type=row["doc_type"] or None,
            issuer=row["issuer"] or None,
            issued=row["issued"] or None,
            number=row["number"] or None,
        )
    ]
    assert wrong == []


def test_every_number_is_canonical():
    assert [
        row["number"] for row in INSTRUMENTS if row["number"] and canonical_number(row["number"]) != row["number"]
    ] == []


def test_every_class_is_the_one_the_symbol_shows():
    wrong = [
        row["number"]
        for row in INSTRUMENTS
        if row["legal_class"] != (legal_class(row["number"] or None, row["doc_type"] or None) or "")
    ]
    assert wrong == []


@pytest.mark.parametrize("column", ["issued", "effective", "perhaps_expires"])
def test_dates_of_instruments_are_dates(column):
    values = [row[column] for row in INSTRUMENTS if row[column]]
    assert [value for value in values if not PARTIAL_DATE.fullmatch(value)] == []
    assert [value for value in values if len(value) == len("2020-01-01") and not is_day(value)] == []


@pytest.mark.parametrize("column", ["expires", "checked_on", "signed_from", "signed_to", "retrieved"])
def test_days_of_instruments_are_days(column):
    assert [row["id"] for row in INSTRUMENTS if row[column] and not is_day(row[column])] == []


def test_bounds_stand_only_where_the_day_of_signing_is_not_known():
    both = [row["id"] for row in INSTRUMENTS if is_day(row["issued"]) and (row["signed_from"] or row["signed_to"])]
    assert both == []
    crossed = [row["id"] for row in INSTRUMENTS if row["signed_from"] > (row["signed_to"] or "9")]
    assert crossed == []


def test_every_instrument_names_its_source_and_how_far_it_may_be_believed():
    assert [row["id"] for row in INSTRUMENTS if not row["source"]] == []
    assert {row["confidence"] for row in INSTRUMENTS} <= CONFIDENCES
    assert {row["surveyed"] for row in INSTRUMENTS} == {"0", "1"}


def test_no_title_is_a_paraphrase():
    surveyed = [row["title"] for row in INSTRUMENTS if row["surveyed"] == "1"]
    assert [title for title in surveyed if title.startswith(("(", "…")) or "rút gọn" in title] == []


def test_every_law_with_a_title_bears_its_type_word():
    laws = [row for row in INSTRUMENTS if row["doc_type"] in {"Luật", "Bộ luật", "Pháp lệnh"} and row["title"]]
    assert [row["title"] for row in laws if not row["title"].startswith(row["doc_type"] + " ")] == []


@pytest.mark.parametrize("table", [RELATIONS, LEADS], ids=["relations", "leads"])
def test_both_ends_of_a_relation_are_in_the_registry(table):
    assert [row for row in table if not {row["source"], row["target"]} <= IDS] == []
    assert [row for row in table if row["source"] == row["target"]] == []


@pytest.mark.parametrize("table", [RELATIONS, LEADS], ids=["relations", "leads"])
def test_relations_are_of_known_kinds_with_days_and_evidence(table):
    assert {row["kind"] for row in table} <= KINDS
    assert {row["confidence"] for row in table} <= CONFIDENCES
    for column in ("effective", "not_before", "not_after"):
        assert [row for row in table if row[column] and not is_day(row[column])] == []
    assert [row for row in table if not row["evidence"]] == []


def test_a_relation_never_takes_effect_before_its_source_was_signed_except_where_bounded():
    issued = {row["id"]: row["issued"] for row in INSTRUMENTS}
    early = [
        (row["source"], row["kind"], row["target"], row["effective"])
        for row in RELATIONS
        if row["effective"] and is_day(issued[row["source"]]) and row["effective"] < issued[row["source"]]
    ]
    # As their sources state: a ministry's decree took effect the day before it was signed, a tax circular with its law.
    known = {
        "vn/nghi-dinh/chinh-phu/2025-03-02/55-2025-nd-cp",
        "vn/thong-tu/bo-tai-chinh/2016-08-12/130-2016-tt-btc",
    }
    assert [row for row in early if row[0] not in known] == []


def test_no_verdict_can_rest_on_an_unread_ending():
    endings = [row for row in RELATIONS if row["kind"] in {"replaces", "repeals", "partially_repeals"}]
    assert {row["confidence"] for row in endings} == {"verified"}
    assert "unverified" not in {row["confidence"] for row in RELATIONS}


def test_a_known_end_stands_with_the_instrument():
    first_end = {}
    for row in RELATIONS:
        if row["kind"] in {"replaces", "repeals"} and row["effective"]:
            first_end[row["target"]] = min(row["effective"], first_end.get(row["target"], "9"))
    assert [row["id"] for row in INSTRUMENTS if row["id"] in first_end and row["expires"] != first_end[row["id"]]] == []


def test_evidence_of_life_is_dated_and_leads_to_an_instrument():
    living = rows("in_force.csv")
    assert {row["kind"] for row in living} == {"statement", "basis"}
    assert [row for row in living if row["instrument"] not in IDS or not is_day(row["date"])] == []


def test_reorganisations_are_of_known_levels_with_a_legal_source():
    found = rows("reorganisation.csv")
    assert {row["level"] for row in found} == {"province", "district", "commune", "ministry", "agency", "department"}
    assert [row for row in found if row["confidence"] == "verified" and not row["legal_source"]] == []
    assert [row for row in found if row["effective"] and not PARTIAL_DATE.fullmatch(row["effective"])] == []


def test_the_manifest_is_that_of_the_files():
    manifest = json.loads((FOLDER / "MANIFEST.json").read_text(encoding="utf-8"))
    digests = {name: hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() for name in manifest["files"]}
    assert digests == manifest["files"]
    whole = hashlib.sha256(b"".join((FOLDER / name).read_bytes() for name in sorted(manifest["files"]))).hexdigest()
    assert manifest["sha256"] == whole
    assert manifest["version"] == f"{manifest['date']}+{whole[:8]}"


def test_every_override_names_a_field_an_action_and_a_reason():
    overrides = rows("curation/field_overrides.csv")
    assert {row["action"] for row in overrides} == {"null", "set"}
    assert {row["field"] for row in overrides} <= {"title", "issued", "effective", "expires"}
    assert [row for row in overrides if not row["reason"]] == []
    assert [row for row in overrides if (row["action"] == "set") != bool(row["value"])] == []


@pytest.mark.parametrize(
    "name",
    [
        "curation/relation_overrides.csv",
        "curation/added_instruments.csv",
        "curation/added_relations.csv",
        "curation/codification_corrections.csv",
    ],
)
def test_every_decision_of_a_person_names_its_ground(name):
    ground = {"reason", "source", "evidence"}
    for row in rows(name):
        assert any(row.get(column) for column in ground - ({"source"} if "clause" in row else set()))


# The rule tables beside the code


def test_issuers_of_symbols_are_named_once():
    table = read_rules("issuers_by_symbol.csv")
    assert set(table[0]) == {"code", "issuer", "local", "note"}
    assert [code for code, count in Counter(row["code"] for row in table).items() if count > 1] == []
    assert {row["local"] for row in table} == {"yes", "no"}
    assert [row for row in table if not row["issuer"]] == []


def test_types_of_symbols_are_named_once():
    table = read_rules("types_by_symbol.csv")
    assert [code for code, count in Counter(row["code"] for row in table).items() if count > 1] == []


def test_regimes_on_guiding_documents_follow_each_other():
    table = read_rules("knock_on_regimes.csv")
    assert {row["consequence"] for row in table} <= {"expires_with_parent", "continues_if_not_contrary"}
    assert all(is_day(row["first_day"]) and row["clause"] for row in table)
    assert [row["last_day"] for row in table][-1] == ""


def test_notes_are_worded_once():
    table = read_rules("status_notes.csv")
    assert [key for key, count in Counter(row["key"] for row in table).items() if count > 1] == []
    assert [row["key"] for row in table if not row["vi"].endswith(".")] == []


def test_spellings_and_abbreviations_are_not_doubled():
    for name, column in (("issuer_spellings.csv", "written"), ("name_abbreviations.csv", "short")):
        counts = Counter(row[column] for row in read_rules(name))
        assert [value for value, count in counts.items() if count > 1] == []


def test_all_provinces_before_and_after_the_mergers_are_named():
    names = {row["name"] for row in read_rules("provinces.csv")}
    assert {"Thừa Thiên Huế", "Huế", "Hà Nội", "Đắk Lắk", "Bình Dương"} <= names
    assert len(names) == 64


ENGLISH = re.compile(
    r"\b(?:S[1-7]|R:|verbatim|metadata|in force|adopted|the|of|by|from|with|and|not|only|memory|clause|codification|"
    r"footnotes?|title|named|listed|read|date|same|OCR|note|docid|unread|replaced|amended|except|k\d+)\b"
)


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("relations.csv", ("clause", "exception", "evidence")),
        ("leads.csv", ("clause", "exception", "evidence")),
        ("in_force.csv", ("source", "quote")),
        ("instruments.csv", ("source",)),
    ],
)
def test_what_an_officer_is_shown_as_evidence_is_vietnamese(name, columns):
    """Names of stored files stand in quotation marks and may be what they are."""
    shown = {re.sub("“[^”]*”", "", row[column]) for row in rows(name) for column in columns}
    assert not [words for words in sorted(shown) if ENGLISH.search(words)]


def test_every_wording_asks_only_for_groups_its_pattern_has():
    """A pattern that no longer compiles, or a replacement that asks for a group it has not, would fail the build."""
    for row in rows("curation/source_wording.csv"):
        assert re.compile(row["pattern"]).groups >= max(map(int, re.findall(r"\\(\d)", row["replacement"])), default=0)
