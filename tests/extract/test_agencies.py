"""Agencies are found with their whole name, told from common words, and known by level, place and id."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcc_nlp.extract.agencies import find_agencies
from parcc_nlp.extract.aliases import find_aliases
from parcc_nlp.extract.data_files import read_lists, read_rows
from parcc_nlp.model import Metadata
from parcc_nlp.text.normalise import normalise

HERE = Path(__file__).parent
CASES = list(csv.DictReader((HERE / "agencies_cases.csv").open(encoding="utf-8", newline="")))
HUE = Metadata(issuer="UBND tỉnh Thừa Thiên Huế")


def found(text, **known):
    return find_agencies(normalise(text), **known)


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_the_agencies_of_a_text_are_those_a_reader_names(case):
    assert "|".join(agency.name for agency in found(case["text"])) == case["names"]


def test_a_department_is_that_of_the_issuing_province():
    (agency,) = found("Giao Sở Tư pháp chủ trì", metadata=HUE)
    assert (agency.agency_id, agency.level, agency.place) == (
        "vn/thua-thien-hue/so-tu-phap",
        "province",
        "Thừa Thiên Huế",
    )


def test_a_province_named_in_the_text_wins_over_the_issuing_one():
    (agency,) = found("theo Quyết định của UBND tỉnh Lâm Đồng", metadata=HUE)
    assert (agency.agency_id, agency.place) == ("vn/lam-dong/uy-ban-nhan-dan", "Lâm Đồng")


def test_a_ministry_belongs_to_no_province():
    (agency,) = found("báo cáo Bộ Tư pháp", metadata=HUE)
    assert (agency.agency_id, agency.level, agency.place) == ("vn/bo-tu-phap", "central", None)


def test_a_head_has_the_id_of_the_body_and_is_marked_so():
    (agency,) = found("Giám đốc Sở Nội vụ", metadata=HUE)
    assert (agency.agency_id, agency.head) == ("vn/thua-thien-hue/so-noi-vu", True)


def test_a_collective_has_no_id():
    (agency,) = found("UBND các xã, phường", metadata=HUE)
    assert (agency.agency_id, agency.collective, agency.level) == (None, True, "commune")


def test_a_body_that_is_not_known_stays_as_written_without_an_id():
    (agency,) = found("Trung tâm Bảo tồn Di sản tổ chức", metadata=HUE)
    assert (agency.name, agency.agency_id) == ("Trung tâm Bảo tồn Di sản", None)


def test_a_misspelt_department_has_the_id_of_the_right_one_and_its_own_name():
    (agency,) = found("Giám đốc Sở Nông nghiệp và Mội trường", metadata=HUE)
    assert (agency.name, agency.agency_id) == (
        "Giám đốc Sở Nông nghiệp và Mội trường",
        "vn/thua-thien-hue/so-nong-nghiep-va-moi-truong",
    )


def test_without_metadata_the_place_of_a_department_is_not_known():
    (agency,) = found("Giao Sở Tư pháp chủ trì")
    assert (agency.agency_id, agency.place) == (None, None)


def test_a_short_name_the_document_gives_is_found_wherever_it_stands():
    text = "Hội đồng Thi đua - Khen thưởng tỉnh (gọi tắt là Hội đồng thi đua). Giao Hội đồng thi đua họp xét."
    names = [agency.name for agency in found(text, aliases=find_aliases(normalise(text)))]
    assert names.count("Hội đồng thi đua") == 2


def test_offsets_are_those_of_the_text_as_printed():
    text = "Giao\u00a0Uỷ\u200b ban nhân dân tỉnh Lâm Đồng thực hiện"
    (agency,) = found(text)
    assert text[agency.start : agency.end] == agency.text == "Uỷ\u200b ban nhân dân tỉnh Lâm Đồng"


@given(st.lists(st.sampled_from([*"Sở Tư pháp, và UBND tỉnh các ban; :()\n.", "Sở ", "các sở", "Giám đốc ", "Huế"])))
def test_every_span_holds_the_text_it_says_and_none_lies_in_another(parts):
    text = "".join(parts)
    last = 0
    for agency in found(text):
        assert text[agency.start : agency.end] == agency.text
        assert last <= agency.start < agency.end
        last = agency.end


def test_every_head_has_a_shape_and_a_level_that_are_known():
    for row in read_rows("agency_heads.csv"):
        assert row["shape"] in {"field", "place", "named", "whole"}, row
        assert row["level"] in {"", "central", "province", "district", "commune"}, row
        assert row["capital"] in {"", "yes"}, row
        assert row["head"] == row["head"].lower(), row


def test_every_kind_has_one_key_and_every_written_name_means_one_kind():
    rows = read_rows("agency_kinds.csv")
    assert len({row["key"] for row in rows}) == len(rows)
    written = [name.lower() for row in rows for name in (row["name"], *filter(None, row["variants"].split("|")))]
    assert len(written) == len(set(written))


@pytest.mark.parametrize("name", ["collectives.yaml", "duty_verbs.yaml", "role_verbs.yaml", "role_lines.yaml"])
def test_the_lists_of_words_hold_words_and_nothing_else(name):
    for key, values in read_lists(name).items():
        entries = [entry for some in values.values() for entry in some] if isinstance(values, dict) else values
        assert entries, key
        assert all(isinstance(entry, str) for entry in entries), key


@pytest.fixture(scope="module")
def registered():
    path = HERE.parents[1] / "corpora" / "registry" / "agencies.csv"
    return {row["kind"]: row for row in csv.DictReader(path.open(encoding="utf-8", newline=""))}


def test_every_registered_body_is_a_kind_the_text_can_name(registered):
    kinds = {row["key"]: (row["name"], row["level"]) for row in read_rows("agency_kinds.csv")}
    assert {kind: (row["name"], row["level"]) for kind, row in registered.items()} == {
        kind: kinds[kind] for kind in registered
    }


def test_a_successor_names_its_predecessor_and_the_other_way_round(registered):
    later = {(kind, name) for kind, row in registered.items() for name in filter(None, row["successors"].split("|"))}
    earlier = {
        (name, kind) for kind, row in registered.items() for name in filter(None, row["predecessors"].split("|"))
    }
    assert later == earlier


def test_a_body_that_ended_has_a_day_a_law_and_a_successor(registered):
    ended = [row for row in registered.values() if row["valid_to"]]
    assert ended
    assert all(row["legal_source"] and row["evidence"] and row["successors"] for row in ended)
