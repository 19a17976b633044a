"""What an edXML message says is read from any prefix and order, and what is not right with it is told."""

import contextlib
import csv
import pickle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parcc_nlp.errors import ReadError
from parcc_nlp.read.edxml import read_message
from parcc_nlp.read.edxml_archive import file_name
from parcc_nlp.read.edxml_tables import codes, namespaces
from parcc_nlp.read.edxml_values import DocumentId, Organisation, Replacement, Staff, Trace

from .edxml_making import EDOC, QCVN, attachment, envelope, header, reference, written

WRONG = list(csv.DictReader((Path(__file__).parent / "edxml_wrong_values.csv").open(encoding="utf-8", newline="")))
ORGAN = {
    "OrganId": "000.00.00.H41",
    "OrganName": "UBND tỉnh Nghệ An",
    "OrganizationInCharge": "UBND tỉnh Nghệ An",
    "OrganAdd": "Số 3, đường Trường Thi",
    "Email": "nghean@gov.vn",
    "Telephone": "0383 840418",
    "Fax": "N/A",
    "Website": "www.nghean.vn",
}
STAFF = {"Department": "Văn thư", "Staff": "Nguyễn Thị A", "Mobile": "0912", "Email": "a@gov.vn"}
FULL = envelope(
    MessageHeader={
        "From": ORGAN,
        "To": [{"OrganId": "000.00.00.H14"}, {"OrganId": "000.00.00.G17", "OrganName": "Bộ Xây dựng"}],
        "DocumentId": "000.00.00.H41,2024/05/02,12/QĐ-UBND",
        "Code": {"CodeNumber": "12a", "CodeNotation": "QĐ-UBND"},
        "PromulgationInfo": {"Place": "Nghệ An", "PromulgationDate": "2024/02/30"},
        "DocumentType": {"Type": "1", "TypeDetail": "0", "TypeName": "Quyết định"},
        "Subject": "Phê duyệt   kế hoạch",
        "Content": "Dòng một\nDòng hai",
        "SignerInfo": {"Competence": "CHỦ TỊCH", "Position": "Chủ tịch", "FullName": "Nguyễn Văn B"},
        "DueDate": "2024/06/01",
        "ToPlaces": {"Place": ["Các sở", "Các huyện"]},
        "OtherInfo": {
            "Priority": "3",
            "SphereOfPromulgation": "Nội bộ",
            "TyperNotation": "TVC",
            "PromulgationAmount": "2",
            "PageAmount": "hai",
            "Direction": "false",
            "Appendixes": {"Appendix": ["Phụ lục I", ""]},
        },
        "ResponseFor": [
            {"OrganId": "000.00.00.G22", "Code": "7/VPCP-NC", "PromulgationDate": "2024/04/01"},
            {"OrganId": "", "Code": "", "DocumentId": ""},
            {"Code": {"CodeNumber": "8", "CodeNotation": "VPCP-NC"}},
        ],
        "SteeringType": "9",
    },
    TraceHeaderList={
        "TraceHeader": [{"OrganId": "000.00.00.H41", "Timestamp": "2024/05/02 08:30:00"}],
        "Bussiness": {
            "BussinessDocType": "2",
            "BussinessDocReason": "Cập nhật",
            "Paper": "1",
            "StaffInfo": STAFF,
            "BussinessDocumentInfo": {
                "DocumentInfo": "1",
                "DocumentReceiver": "0",
                "ReceiverList": {
                    "Receiver": [{"OrganId": "H41", "ReceiverType": "0"}, {"OrganId": "H14", "ReceiverType": "1"}]
                },
            },
            "ReplacementInfoList": {
                "ReplacementInfo": [
                    {"DocumentId": "G22,2014/01/30,7806/VPCP-TTĐT", "OrganIdList": {"OrganId": ["H41", "H14"]}}
                ]
            },
        },
    },
    Signature="",
    body=[reference("1.txt", "a"), reference("mat.doc", "b")],
    encoded=[attachment("1.txt", "Điều 1.".encode(), "a"), attachment("2.txt", b"x", "c")],
)


@pytest.fixture(scope="module")
def message():
    return read_message(written(FULL))


def test_the_organs_are_read(message):
    assert message.sender == Organisation(
        "000.00.00.H41",
        "UBND tỉnh Nghệ An",
        "UBND tỉnh Nghệ An",
        "Số 3, đường Trường Thi",
        "nghean@gov.vn",
        "0383 840418",
        None,
        "www.nghean.vn",
    )
    assert [(one.id, one.name) for one in message.receivers] == [
        ("000.00.00.H14", None),
        ("000.00.00.G17", "Bộ Xây dựng"),
    ]


def test_the_document_is_described(message):
    assert message.kind == "document"
    assert message.document_id == DocumentId(
        "000.00.00.H41,2024/05/02,12/QĐ-UBND", "000.00.00.H41", "2024-05-02", "12", "QĐ-UBND"
    )
    assert (message.number, message.place, message.subject) == ("12a/QĐ-UBND", "Nghệ An", "Phê duyệt kế hoạch")
    assert message.content == "Dòng một\nDòng hai"
    assert (message.document_type.name, message.signer.name) == ("Quyết định", "Nguyễn Văn B")
    assert (message.due, message.to_places) == ("2024-06-01", ("Các sở", "Các huyện"))
    assert (message.priority.name, message.copies, message.direction) == ("express", 2, False)
    assert message.appendixes == ("Phụ lục I",)


def test_what_it_answers_and_where_it_went_is_read(message):
    assert [one.number for one in message.response_for] == ["7/VPCP-NC", "8/VPCP-NC"]
    assert message.response_for[0].issued == "2024-04-01"
    assert message.trace == (Trace("000.00.00.H41", "2024-05-02T08:30:00"),)


def test_the_business_is_read(message):
    business = message.business
    assert (business.kind.name, business.reason, business.paper) == ("update", "Cập nhật", True)
    assert business.staff == Staff("Văn thư", "Nguyễn Thị A", "0912", "a@gov.vn")
    assert (business.document_changed, business.receivers_changed) == (True, False)
    assert [(one.organ, one.change.name) for one in business.receivers] == [("H41", "removed"), ("H14", "added")]
    replaced = DocumentId("G22,2014/01/30,7806/VPCP-TTĐT", "G22", "2014-01-30", "7806", "VPCP-TTĐT")
    assert business.replacements == (Replacement(replaced, ("H41", "H14")),)


def test_attachments_are_decoded_and_matched_to_the_manifest(message):
    first, second = message.attachments
    assert (first.content.decode(), first.size, first.media_type) == ("Điều 1.", 10, "text/plain")
    assert first.content_type == "application/octet-stream"  # from the manifest
    assert second.content_id == "c"
    codes_of = [(one.code, dict(one.details)["what"]) for one in message.warnings if one.code in {"E150", "E151"}]
    assert codes_of == [("E150", "mat.doc"), ("E151", "2.txt")]


def test_all_that_is_not_right_is_told_with_its_place(message):
    told = {(one.code, one.place) for one in message.warnings}
    assert told == {
        ("E144", "MessageHeader/From/Fax"),
        ("E145", "MessageHeader/PromulgationInfo/PromulgationDate"),
        ("E146", "MessageHeader/Code/CodeNumber"),
        ("E146", "MessageHeader/OtherInfo/PageAmount"),
        ("E147", "MessageHeader/SteeringType"),
        ("E150", "edXMLManifest"),
        ("E151", "AttachmentEncoded"),
    }
    assert (message.issued, message.pages, message.steering) == (None, None, None)


def test_warnings_speak_two_languages(message):
    for warning in message.warnings:
        assert f"[{warning.code}]" in warning.text()
        assert f"[{warning.code}]" in warning.text(lang="en")
        assert warning.text() != warning.text(lang="en")


def test_a_signature_is_seen_and_never_believed(message):
    assert message.signature == "empty"
    assert read_message(written(header(Subject="x"))).signature == "absent"
    signed = envelope(MessageHeader={"Subject": "x"}, Signature={"SignatureValue": "giả mạo"})
    assert read_message(written(signed)).signature == "present"
    empty = envelope(MessageHeader={"Subject": "x"}, DigitalSignature="")
    assert read_message(written(empty)).signature == "empty"


def test_a_message_can_be_hashed_compared_and_pickled(message):
    assert hash(message) == hash(read_message(written(FULL)))
    assert pickle.loads(pickle.dumps(message)) == message  # noqa: S301  # our own
    assert "Điều 1." not in repr(message)


@settings(max_examples=25)
@given(
    prefix=st.sampled_from(["", "edXML", "a", "ns0", "SOAP-ENV"]),
    namespace=st.sampled_from([QCVN, EDOC]),
    random=st.randoms(use_true_random=False),
)
def test_neither_prefix_nor_order_nor_namespace_changes_a_message(prefix, namespace, random):
    def arrange(children):
        """Shuffle names among themselves; several of one name keep their order."""
        names = list(dict.fromkeys(name for name, _ in children))
        random.shuffle(names)
        return [child for name in names for child in children if child[0] == name]

    assert read_message(written(FULL, prefix=prefix, namespace=namespace, arrange=arrange)) == read_message(
        written(FULL)
    )


def test_business_is_read_in_the_right_spelling_too():
    wrong = written(FULL)
    assert read_message(wrong.replace(b"Bussiness", b"Business")).business == read_message(wrong).business


def test_elements_of_another_namespace_are_not_the_messages_own():
    data = written(header(Subject="đúng")).replace(
        b"<edXML:Subject>", b'<x:Subject xmlns:x="urn:x">sai</x:Subject><edXML:Subject>'
    )
    assert read_message(data).subject == "đúng"
    assert not read_message(data).warnings


def test_a_message_without_namespace_is_read_and_told():
    message = read_message(written(header(Subject="V/v họp"), prefix="", namespace=""))
    assert message.subject == "V/v họp"
    assert [one.code for one in message.warnings] == ["E149"]


def test_attachments_without_namespace_are_read_and_told():
    data = written(envelope(MessageHeader={"Subject": "x"}, body=[reference("a.txt", "1")])).replace(
        b"</edXML:edXML>",
        b"<AttachmentEncoded><Attachment><ContentId>1</ContentId><ContentTransferEncoded>eA==</ContentTransferEncoded>"
        b"</Attachment></AttachmentEncoded></edXML:edXML>",
    )
    message = read_message(data)
    assert message.attachments[0].content == b"x"
    assert [one.code for one in message.warnings] == ["E149"]


def test_what_stands_twice_is_told_and_the_first_is_read():
    message = read_message(written(header(Subject=["một", "hai"])))
    assert message.subject == "một"
    assert [(one.code, one.place) for one in message.warnings] == [("E159", "MessageHeader/Subject")]


@pytest.mark.parametrize("row", WRONG, ids=lambda row: f"{row['element']}={row['written']}")
def test_a_value_is_read_or_told(row):
    fields = {"Subject": "x"}
    inner = {row["element"]: row["written"]}
    message = read_message(written(header(**fields, **({row["parent"]: inner} if row["parent"] else inner))))
    found = message
    for name in row["field"].split("."):
        found = getattr(found, name)
    assert ("" if found is None else str(found)) == row["value"]
    assert " ".join(one.code for one in message.warnings) == row["warnings"]


@pytest.mark.parametrize(
    ("code", "name"), [("01", "arrived"), ("1", "arrived"), ("13", "recall"), ("16", "change_refused")]
)
def test_a_status_message_reports_a_status(code, name):
    message = read_message(
        written(header(StatusCode=code, Description="Đã đến", Timestamp="2018/09/28 17:25:11", StaffInfo=STAFF))
    )
    assert (message.kind, message.status.code.name, message.status.at) == ("status", name, "2018-09-28T17:25:11")
    assert message.status.staff.name == "Nguyễn Thị A"
    assert not message.warnings


@pytest.mark.parametrize("fields", [{}, {"Subject": "x", "StatusCode": "01"}], ids=["neither", "both"])
def test_what_is_neither_or_both_is_of_unknown_kind(fields):
    message = read_message(written(header(**fields)))
    assert message.kind == "unknown"
    assert [one.code for one in message.warnings] == ["E143"]


def test_a_message_not_well_formed_is_refused_with_line_and_column():
    data = written(header(Subject="x")).replace(b"</edXML:Subject>", b"\n</edXML:Content>")
    with pytest.raises(ReadError) as caught:
        read_message(data, name="goi.edxml")
    assert (caught.value.code, caught.value.place) == ("E141", "dòng 2, cột 17")
    assert caught.value.message().startswith("goi.edxml, dòng 2, cột 17: ")


def test_an_undeclared_prefix_of_an_attribute_is_passed_over_and_told():
    data = written(FULL).replace(b"<edXML:Reference>", b'<edXML:Reference xlink:href="">')
    message = read_message(data)
    assert message.warnings[0].code == "E153"
    assert message.warnings[1:] == read_message(written(FULL)).warnings


def test_an_undeclared_prefix_of_an_element_is_read_by_the_declaration_elsewhere_and_told():
    data = written(FULL).replace(b"<edXML:edXML xmlns:edXML", b"<edXML xmlns").replace(b"</edXML:edXML>", b"</edXML>")
    data = data.replace(b"<edXML:edXMLEnvelope>", f'<edXML:edXMLEnvelope xmlns:edXML="{QCVN}">'.encode())
    message = read_message(data)
    assert message.attachments == read_message(written(FULL)).attachments
    assert (message.warnings[0].code, message.warnings[0].details) == ("E153", (("what", "edXML"),))


@pytest.mark.parametrize(
    "foreign",
    [
        b"<q:Subject>x</q:Subject>",
        b'<a xmlns:q="urn:other"/><q:Subject>x</q:Subject>',
        f'<a xmlns:q="{QCVN}"/><b xmlns:q="{EDOC}"/><q:Subject>x</q:Subject>'.encode(),
        b"<q:Subject>x</q:Subject><unclosed>",
    ],
    ids=["never declared", "declared for something else", "declared for two things", "and another error"],
)
def test_an_undeclared_prefix_that_leaves_doubt_is_refused(foreign):
    data = written(header(Content="x")).replace(b"<edXML:Content>", foreign + b"<edXML:Content>")
    with pytest.raises(ReadError) as caught:
        read_message(data)
    assert caught.value.code == "E141"
    assert caught.value.place.startswith("dòng 1, cột ")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "E101"),
        (b"<so/>", "E116"),
        (b'<edXML xmlns="urn:other"/>', "E116"),
        (b"kh\xc3\xb4ng ph\xe1\xba\xa3i XML", "E141"),
        (b"<edXML>\xff</edXML>", "E141"),
        (b'<?xml version="1.0" encoding="windows-1252"?><edXML/>', "E108"),
    ],
    ids=["nothing", "other XML", "another namespace", "no XML", "no UTF-8", "another encoding"],
)
def test_what_is_no_message_is_refused(data, code):
    with pytest.raises(ReadError) as caught:
        read_message(data)
    assert caught.value.code == code


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_other_forms_of_unicode_are_the_same_message(encoding):
    text = written(FULL).decode().replace(' encoding="UTF-8"', "")
    assert read_message(text.encode(encoding)) == read_message(written(FULL))


@settings(max_examples=40)
@given(at=st.integers(0, 4000), piece=st.binary(max_size=8), cut=st.booleans())
def test_a_damaged_message_is_read_or_refused_with_a_code(at, piece, cut):
    data = written(FULL)
    at %= len(data)
    # Any other error would fail the test.
    with contextlib.suppress(ReadError):
        read_message(data[:at] + piece + (b"" if cut else data[at + len(piece) :]))


def test_every_code_means_one_thing_in_two_languages():
    for table in ("business", "priority", "steering", "receiver", "status"):
        known = codes(table)
        assert known
        assert len({one.name for one in known.values()}) == len(known)
        for code, one in known.items():
            assert code == one.code
            assert code.isdigit()
            assert one.name.isidentifier()
            assert all((one.vi, one.en))


def test_both_namespaces_are_known():
    assert namespaces() == {QCVN, EDOC}


@given(st.text(max_size=40))
@settings(max_examples=50)
def test_a_file_name_never_leads_anywhere(name):
    safe = file_name(name)
    assert not set("/\\") & set(safe)
    assert safe not in {".", ".."}
    assert file_name(safe) == safe
