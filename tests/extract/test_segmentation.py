"""A second opinion changes only what the grammar leaves undecided, and nobody pays for it who does not ask."""

import json
import pickle
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcc_nlp import extract
from parcc_nlp.errors import PipelineError
from parcc_nlp.extract.data_files import read_lists
from parcc_nlp.extract.segmentation import (
    MatcherOpinion,
    UndertheseaOpinion,
    reconsider,
    reconsider_responsibilities,
    reconsider_targets,
    tagger,
)
from parcc_nlp.extract.segmentation.alignment import aligned
from parcc_nlp.model import Responsibility, Target

OPINIONS = [UndertheseaOpinion(), MatcherOpinion()]
NAMED = "Báo cáo kết quả dự án do Sở, ngành chủ trì, quản lý."
PLAN = """KẾ HOẠCH
I. MỤC TIÊU
- Phấn đấu tỷ lệ hài lòng của người dân đạt 90% vào năm 2026.
- Bảo đảm 100% hồ sơ được số hóa; duy trì 20 xã đạt chuẩn.
II. TỔ CHỨC THỰC HIỆN
1. Sở Tư pháp chủ trì, phối hợp với Sở Nội vụ xây dựng Kế hoạch trước ngày 15/3/2026.
"""


class Objecting:
    """Takes every word for a noun and remembers what it was asked."""

    def __init__(self):
        self.asked = []

    def is_verb(self, sentence, start, end):
        self.asked.append(sentence[start:end])
        return False

    def name_end(self, sentence, start, end):
        return end


class Silent:
    """Has no opinion."""

    def is_verb(self, sentence, start, end):
        return None

    def name_end(self, sentence, start, end):
        return end


def target(text, value, **fields):
    start = text.index(value)
    return Target(start=start, end=start + len(value), text=value, value=90.0, unit="%", **fields)


def task(text, verb, agency, **fields):
    start = text.index(verb)
    return Responsibility(start, len(text), text[start:], agency, "lead", **fields)


# --- what is put to an opinion -----------------------------------------------------------------------------------


def test_a_value_right_behind_a_word_of_reaching_is_put_to_the_opinion():
    opinion, text = Objecting(), "mức đạt 90%"
    assert reconsider_targets(text, [target(text, "90%")], opinion=opinion) == ()
    assert opinion.asked == ["đạt"]


def test_a_value_with_a_comparator_is_decided():
    opinion, text = Objecting(), "tỷ lệ hài lòng đạt tối thiểu 90%"
    assert reconsider_targets(text, [target(text, "90%")], opinion=opinion) != ()
    assert opinion.asked == []


def test_a_goal_that_is_striven_for_is_decided():
    opinion, text = Objecting(), "phấn đấu đạt 90%"
    assert reconsider_targets(text, [target(text, "90%", modality="aspired")], opinion=opinion) != ()
    assert opinion.asked == []


def test_a_body_behind_a_preposition_is_put_to_the_opinion():
    opinion = Objecting()
    assert reconsider_responsibilities(NAMED, [task(NAMED, "chủ trì", "Sở, ngành")], opinion=opinion) == ()
    assert opinion.asked == ["chủ trì"]


@pytest.mark.parametrize(
    "text",
    ["1. Sở Tư pháp chủ trì xây dựng Kế hoạch.", "Giao Sở Tư pháp chủ trì xây dựng Kế hoạch.", "Sở Tư pháp chủ trì."],
)
def test_a_body_that_opens_its_clause_is_decided(text):
    opinion = Objecting()
    assert reconsider_responsibilities(text, [task(text, "chủ trì", "Sở Tư pháp")], opinion=opinion) != ()
    assert opinion.asked == []


def test_a_row_of_a_table_is_decided():
    found = task(NAMED, "chủ trì", "Sở, ngành", origin="table")
    assert reconsider_responsibilities(NAMED, [found], opinion=Objecting()) == (found,)


def test_a_task_that_is_no_act_falls_with_all_its_agencies():
    text = "dự án do Sở Y tế chủ trì, phối hợp với Sở Nội vụ"
    pair = [task(text, "chủ trì", "Sở Y tế"), task(text, "chủ trì", "Sở Nội vụ")]
    assert reconsider_responsibilities(text, pair, opinion=Objecting()) == ()


def test_without_an_opinion_everything_stands():
    found = extract(PLAN)
    assert found.targets
    assert found.responsibilities
    assert reconsider(found, opinion=Silent()) == found


@pytest.mark.parametrize("opinion", OPINIONS, ids=lambda opinion: type(opinion).__name__)
def test_a_plain_plan_is_not_changed_by_either_opinion(opinion):
    found = extract(PLAN)
    assert reconsider(found, opinion=opinion) == found


def test_a_place_in_a_line_without_end_is_shown_with_a_part_of_it():
    shown = []

    class Looking(Silent):
        def is_verb(self, sentence, start, end):
            shown.append(len(sentence))

    text = "và " * 100_000 + "mức đạt 90% " + "và " * 100_000
    reconsider_targets(text, [target(text, "90%")], opinion=Looking())
    assert shown
    assert max(shown) < 1_000


# --- the two opinions ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "word", "verb"),
    [
        ("Cơ quan chủ trì báo cáo kết quả.", "chủ trì", False),
        ("Tăng cường công tác phối hợp giữa các sở.", "phối hợp", False),
        ("Sở Nội vụ có trách nhiệm phối hợp với Sở Y tế.", "phối hợp", True),
        ("Sở Nội vụ sẽ phối hợp với Sở Y tế.", "phối hợp", None),
    ],
)
def test_the_matchers_judge_a_word_by_what_stands_before_it(sentence, word, verb):
    start = sentence.index(word)
    assert MatcherOpinion().is_verb(sentence, start, start + len(word)) is verb


def test_the_tagger_knows_a_verb_of_reaching():
    assert UndertheseaOpinion().is_verb("Tỷ lệ hồ sơ đạt 90%.", 12, 15) is True


def test_the_tagger_has_no_opinion_where_there_is_no_word():
    assert UndertheseaOpinion().is_verb("đạt  ", 4, 5) is None


@pytest.mark.parametrize("opinion", OPINIONS, ids=lambda opinion: type(opinion).__name__)
def test_a_name_does_not_end_inside_a_word(opinion):
    text = "Báo cáo Ban Chỉ đạo các Chương trình mục tiêu quốc gia"
    start, end = text.index("Ban"), text.index(" trình")
    assert text[start : opinion.name_end(text, start, end)] == "Ban Chỉ đạo các Chương trình"


@pytest.mark.parametrize("text", ["Giao Sở Y tế, Sở Nội vụ", "Giao Sở Y tế", "Giao Sở Y tế chủ trì"])
def test_a_name_before_a_comma_the_end_or_its_task_is_decided(text):
    class Growing(Silent):
        def name_end(self, sentence, start, end):
            return len(sentence)

    start = text.find("chủ trì") if "chủ trì" in text else 0
    found = Responsibility(start, len(text), text[start:], "Sở Y tế", "implement")
    assert reconsider_responsibilities(text, [found], opinion=Growing()) == (found,)


def test_an_agency_whose_name_grew_is_no_longer_known_by_its_identifier():
    text = "Sở A chủ trì, báo cáo Ban Chỉ đạo các Chương trình"
    found = task(text, "chủ trì", "Ban Chỉ đạo các Chương", agency_id="x")
    (longer,) = reconsider_responsibilities(text, [found], opinion=MatcherOpinion())
    assert (longer.agency, longer.agency_id) == ("Ban Chỉ đạo các Chương trình", None)


@pytest.mark.parametrize("opinion", OPINIONS, ids=lambda opinion: type(opinion).__name__)
def test_an_opinion_that_was_asked_can_be_sent_to_another_process(opinion):
    opinion.is_verb("Tỷ lệ đạt 90%.", 6, 9)
    assert type(pickle.loads(pickle.dumps(opinion))) is type(opinion)  # noqa: S301  our own bytes


def test_without_underthesea_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "underthesea", None)
    tagger.tagged_words.cache_clear()
    with pytest.raises(PipelineError, match="E406"):
        UndertheseaOpinion().is_verb("Tỷ lệ đạt 90%.", 6, 9)


def test_asking_for_no_opinion_loads_neither_library():
    code = (
        "import sys, json, parcc_nlp, parcc_nlp.extract.segmentation\n"
        "parcc_nlp.extract('Phấn đấu tỷ lệ hài lòng của người dân đạt 90%.')\n"
        "print(json.dumps(sorted({'spacy', 'underthesea'} & set(sys.modules))))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert json.loads(run.stdout) == []


# --- words laid on the text as it is printed -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words", "pieces"),
    [
        ("Khoá\u00a0 mới", ["Khóa", "mới"], ["Khoá", "mới"]),
        (unicodedata.normalize("NFD", "hoà giải"), ["hòa giải"], [unicodedata.normalize("NFD", "hoà giải")]),
        ("số 45/2020/NĐ-CP.", ["số", "45/2020", "/", "NĐ-CP", "."], ["số", "45/2020", "/", "NĐ-CP", "."]),
        ("một hai", ["một", "ba"], ["một"]),
        ("một", ["một", "hai"], ["một"]),
        ("", [], []),
    ],
)
def test_rewritten_words_find_their_places(text, words, pieces):
    assert [text[start:end] for start, end, _ in aligned(text, [(word, "N") for word in words])] == pieces


@given(
    st.lists(st.text(alphabet="aáảoóòdđ", min_size=1, max_size=6), max_size=8),
    st.sampled_from(["NFC", "NFD"]),
    st.sampled_from([" ", "  ", "\t", "\u00a0 "]),
)
def test_composing_letters_and_dropping_spaces_moves_no_word(words, form, space):
    printed = [unicodedata.normalize(form, word) for word in words]
    text = space.join(printed)
    assert [text[start:end] for start, end, _ in aligned(text, [(word, "N") for word in words])] == printed


def test_every_list_of_words_is_small_and_named_once():
    lists = read_lists("second_opinion.yaml")
    assert set(lists) == {"reaching", "introducing", "acting", "nouns_before", "acts_before", "undivided"}
    for words in lists.values():
        assert all(word == word.lower().strip() and word for word in words)
        assert len(set(words)) == len(words)
