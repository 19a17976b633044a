"""Messages that come into an inbox folder."""

import pytest

from parcc_nlp.library.importing import ImportSettings, run_import
from tests.library.messages.test_filing import decision, message, new, recall
from tests.read.edxml_making import zipped


@pytest.fixture
def imported(library, tmp_path):
    def run(**files):
        for name, data in files.items():
            (tmp_path / f"{name}.edxml").write_bytes(data)
        inbox = [tmp_path / f"{name}.edxml" for name in files]
        return run_import(library, inbox, ImportSettings(jobs=1, settle=0.0, empty=0.0), follow_up=len)

    return run


def test_messages_are_opened_filed_and_applied_and_what_is_beside_is_imported(library, imported):
    beside = message(16, {"qd.html": decision(16), "phu-luc.html": "<p>Phụ lục danh mục nhiệm vụ</p>".encode()})
    report = imported(moi=new(15), kem=beside, thu_hoi=recall(15))
    assert dict(report.counts) == {"added": 3, "filed": 1}
    assert library.document("15/QĐ-UBND").state == "frozen"
    assert {task.state for task in library.tasks()} == {"done"}


def test_a_recall_that_cannot_be_applied_says_so_in_its_task(library, imported):
    imported(thu_hoi=recall(15))
    (task,) = library.tasks()
    assert "15/QĐ-UBND" in task.reason


def test_a_broken_message_and_a_nest_of_archives_are_kept_apart(library, imported):
    nest = b"<p>het</p>"
    for _ in range(12):
        nest = zipped({"trong.zip": nest})
    report = imported(
        hong=b"<edXML xmlns='http://www.mic.gov.vn/TBT/QCVN_102_2016'><edXMLEnvelope>", to=message(17, {"a.zip": nest})
    )
    (broken,) = [task for task in library.tasks() if task.name == "hong.edxml"]
    assert (broken.state, broken.code) == ("quarantined", "E141")
    assert report.total == 2
