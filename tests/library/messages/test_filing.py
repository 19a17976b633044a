"""Messages of the exchange: what they bring becomes a document, what they recall is frozen and kept."""

import pytest
from sqlalchemy import select

from parcc_nlp.library.messages.filing import messages_of
from parcc_nlp.library.schema import ALERT
from tests.read.edxml_making import attachment, envelope, reference, tree, written

SENDER = {"OrganId": "000.00.10.H33", "OrganName": "Ủy ban nhân dân tỉnh Lâm Đồng"}
KEY = "000.00.10.H33,2026/03/02,{number}/QĐ-UBND"


def decision(number, title="Phê duyệt Kế hoạch cải cách hành chính", said=None):
    return (
        "<p>ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG</p><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><p>Độc lập - Tự do - Hạnh phúc</p>"
        f"<p>Số: {said or number}/QĐ-UBND</p><p>Lâm Đồng, ngày 02 tháng 3 năm 2026</p><p>QUYẾT ĐỊNH</p><p>{title}</p>"
        f"<p>Điều 1. {title} của tỉnh số {number}.</p>"
    ).encode()


def head(number, **more):
    return {
        "From": SENDER,
        "DocumentId": KEY.format(number=number),
        "Code": {"CodeNumber": str(number), "CodeNotation": "QĐ-UBND"},
        "PromulgationInfo": {"Place": "Lâm Đồng", "PromulgationDate": "2026/03/02"},
        **more,
    }


def message(number, files, *, business="0", **block):
    """A message with files; `block` is what its business part says besides."""
    named = list(enumerate(files.items(), start=1))
    return written(
        envelope(
            MessageHeader=head(number),
            TraceHeaderList={"Bussiness": {"BussinessDocType": business, **block}},
            body=[reference(name, str(place)) for place, (name, _) in named],
            encoded=[attachment(name, content, str(place)) for place, (name, content) in named],
        )
    )


def new(number, **more):
    return message(number, {"qd.html": decision(number, **more)})


def recall(number):
    return message(number, {}, business="1", BussinessDocReason="Ban hành nhầm", DocumentId=KEY.format(number=number))


@pytest.fixture
def alerts(library):
    def listed():
        with library.reading() as connection:
            return [(row.document_id, row.kind, row.relation) for row in connection.execute(select(ALERT))]

    return listed


def test_a_new_message_brings_its_document(library):
    added = library.add(new(15), name="goi.edxml")
    found = library.document("15/QĐ-UBND")
    assert (added.outcome, found.state, found.issuer) == ("added", "active", "Ủy ban nhân dân tỉnh Lâm Đồng")
    with library.reading() as connection:
        assert [one["business"] for one in messages_of(connection, found.id)] == ["new"]


def test_the_bytes_of_a_message_are_kept_as_they_came(library):
    data = new(15)
    added = library.add(data, name="goi.edxml")
    (file,) = library.files(added.version_id)
    assert library.original(file.sha256) == data


def test_the_same_message_twice_is_a_duplicate(library):
    library.add(new(15), name="goi.edxml")
    assert library.add(new(15), name="goi-2.edxml").outcome == "duplicate"


def test_a_recall_freezes_the_document_and_deletes_nothing(library, alerts):
    library.add(new(15), name="goi.edxml")
    assert library.add(recall(15), name="thu-hoi.edxml") is None
    found = library.document("15/QĐ-UBND")
    assert found.state == "frozen"
    assert "Ban hành nhầm" in found.state_reason
    assert library.extraction(found.id).text
    assert alerts() == [(found.id, "recalled", "recall")]


def test_a_recall_that_comes_first_is_applied_when_the_document_comes(library, alerts):
    library.add(recall(15), name="thu-hoi.edxml")
    library.add(new(15), name="goi.edxml")
    found = library.document("15/QĐ-UBND")
    assert found.state == "frozen"
    assert alerts() == [(found.id, "recalled", "recall")]


def test_a_recall_does_not_touch_a_document_of_the_same_number_of_another_province(library):
    library.add(decision(15).replace("LÂM ĐỒNG".encode(), "ĐẮK LẮK".encode()), name="qd.html")
    library.add(recall(15), name="thu-hoi.edxml")
    assert library.document("15/QĐ-UBND").state == "active"


def test_a_document_that_did_not_come_by_message_is_recalled_by_number_date_and_issuer(library):
    library.add(decision(15), name="qd.html")
    library.add(recall(15), name="thu-hoi.edxml")
    assert library.document("15/QĐ-UBND").state == "frozen"


def test_a_replacement_freezes_what_it_replaces_and_brings_the_new_document(library, alerts):
    library.add(new(15), name="goi.edxml")
    replaced = {"ReplacementInfo": {"DocumentId": KEY.format(number=15)}}
    fresh = message(16, {"qd.html": decision(16)}, business="3", ReplacementInfoList=replaced)
    library.add(fresh, name="thay-the.edxml")
    old, fresh = library.document("15/QĐ-UBND"), library.document("16/QĐ-UBND")
    assert (old.state, fresh.state) == ("frozen", "active")
    assert alerts() == [(old.id, "recalled", "replacement")]


def test_an_update_is_a_new_version(library):
    library.add(new(15), name="goi.edxml")
    changed = decision(15, title="Phê duyệt Kế hoạch cải cách hành chính (đính chính)")
    added = library.add(message(15, {"qd.html": changed}, business="2"), name="cap-nhat.edxml")
    assert (added.outcome, library.document("15/QĐ-UBND").versions) == ("version", 2)


def test_a_report_on_a_state_is_filed_with_its_document(library):
    library.add(new(15), name="goi.edxml")
    report = written(
        (
            "edXML",
            tree(
                edXMLEnvelope={
                    "edXMLHeader": {
                        "MessageHeader": {
                            "ResponseFor": {"DocumentId": KEY.format(number=15)},
                            "From": SENDER,
                            "StatusCode": "03",
                            "Description": "Đã tiếp nhận",
                        }
                    }
                }
            ),
        )
    )
    assert library.add(report, name="trang-thai.edxml") is None
    with library.reading() as connection:
        kinds = [one["business"] for one in messages_of(connection, library.document("15/QĐ-UBND").id)]
    assert kinds == ["new", "status"]


def test_what_message_and_text_say_differently_is_a_finding(library):
    added = library.add(message(15, {"qd.html": decision(15, said=51)}), name="goi.edxml")
    text = library.extraction(added.document_id).text
    found = [one.finding for one in library.findings(added.document_id) if one.finding.rule == "TV902"]
    assert [(one.text, text[one.start : one.end]) for one in found] == [("51/QĐ-UBND", "51/QĐ-UBND")]
    assert library.document(added.document_id).number == "51/QĐ-UBND"


def test_what_the_text_does_not_say_is_filled_from_the_message(library):
    added = library.add(message(15, {"qd.html": b"<p>Giao So Noi vu chu tri.</p>"}), name="goi.edxml")
    found = library.document(added.document_id)
    assert (found.number, found.issued) == ("15/QĐ-UBND", "2026-03-02")


def test_files_beside_the_document_are_imported_by_tasks_of_their_own(library):
    files = {"qd.html": decision(15), "phu-luc.html": "<p>Phụ lục danh mục nhiệm vụ</p>".encode()}
    library.add(message(15, files), name="goi.edxml")
    (task,) = library.tasks()
    assert (task.name, task.state) == ("phu-luc.html", "pending")
    assert b"nhi\xe1\xbb\x87m v\xe1\xbb\xa5" in library.original(task.sha256)
