"""What an earlier check has seen is marked, not dropped."""

import pytest

from parcc_nlp.contract import error_to_dict, to_json
from parcc_nlp.errors import UsageError
from parcc_nlp.review import review
from parcc_nlp.review.baseline import against_baseline, read_baseline

FIRST = ("Chỉ thị số 03/CT- UBND", {"doc_type": "Chỉ thị", "number": "03/CT-UBND"})
SECOND = ("Chỉ thị số 04/CT- UBND", {"doc_type": "Chỉ thị", "number": "04/CT-UBND"})


def found(document, *lines, citations):
    return review(document(*lines, citations=citations), select=("VB206",))


def test_after_an_edit_only_what_was_written_since_is_new(document):
    before = found(document, f"Thực hiện {FIRST[0]}.", citations=[FIRST])
    seen = read_baseline(to_json(before), path="truoc.json")
    after = found(document, "Một dòng mới.", f"Thực hiện {FIRST[0]}.", f"Và {SECOND[0]}.", citations=[FIRST, SECOND])
    assert [one.baseline for one in against_baseline(after, seen).findings] == ["unchanged", "new"]


def test_the_lines_of_many_documents_are_one_baseline_and_failures_have_none(document):
    import json

    one = found(document, FIRST[0], citations=[FIRST])
    other = found(document, SECOND[0], citations=[SECOND])
    failure = json.dumps(error_to_dict("E101", path="b.txt", place=None, message="Tệp rỗng."))
    seen = read_baseline("\n".join([to_json(one), failure, "", to_json(other)]), path="truoc.jsonl")
    assert seen == {finding.fingerprint for finding in (*one.findings, *other.findings)}


@pytest.mark.parametrize("content", ["không phải JSON", '{"schema": "parcc-extraction/1"}', "[1]", '{"a": 1}\n{"b"'])
def test_what_is_no_result_of_a_check_is_refused_by_name(content):
    with pytest.raises(UsageError, match="E342") as caught:
        read_baseline(content, path="truoc.json")
    assert "truoc.json" in str(caught.value)
