"""Comments that are in the file already: ours are known again, those of officers are theirs."""

import docx
import pytest

from parcc_nlp.model import Suppression
from parcc_nlp.read import read
from parcc_nlp.report import word_comments
from parcc_nlp.report.word_comments import commented

from .making import body_of, comments, finding, marked, members, package, paragraph, review_of, words_of

TEXT = "Căn cứ Luật Đất đai và Nghị định số 63/2010/NĐ-CP."
THEIRS = (
    '<w:comment w:id="4" w:author="Bà Hoa" w:initials="H"><w:p w14:paraId="00000004"><w:r><w:annotationRef/></w:r>'
    "<w:r><w:t>Xem lại &amp; sửa.</w:t></w:r></w:p></w:comment>"
)
THEIR_RANGE = (
    '<w:commentRangeStart w:id="4"/>',
    '<w:commentRangeEnd w:id="4"/><w:r><w:commentReference w:id="4"/></w:r>',
)


def officers_file(**parts):
    """A file with a comment of an officer on "Luật Đất đai"."""
    begin, end = THEIR_RANGE
    known = {"comments": THEIRS, **parts}
    return package(paragraph("Căn cứ ", begin, "Luật Đất đai", end, " và Nghị định số 63/2010/NĐ-CP."), **known)


def review(*words, text=TEXT, **fields):
    return review_of(*(finding(text, one, **fields) for one in words))


def recommented(data, *words):
    return commented(data, read(data), review(*words))


def edited(data, part, old, new):
    """The file after somebody replaced something in a part."""
    parts = members(data)
    assert old in parts[part].decode()
    parts[part] = parts[part].decode().replace(old, new).encode()
    return packed(parts)


def packed(parts):
    import io
    import zipfile

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def test_comments_of_officers_stay_as_they_are():
    data = officers_file()
    result = recommented(data, "63/2010/NĐ-CP", "Luật Đất đai")
    assert THEIRS in members(result)["word/comments.xml"].decode()
    assert [words for words, _ in comments(result)] == ["Luật Đất đai", "Luật Đất đai", "63/2010/NĐ-CP"]


def test_ids_do_not_collide():
    result = recommented(officers_file(), "63/2010/NĐ-CP", "Luật Đất đai")
    ids = [one.comment_id for one in docx.Document(_file(result)).comments]
    assert ids == [4, 5, 6]


@pytest.mark.parametrize("taken", ["2147483647", "2147483646"])
def test_ids_stay_within_what_word_takes(taken):
    data = edited(officers_file(), "word/comments.xml", 'w:id="4"', f'w:id="{taken}"')
    data = edited(data, "word/document.xml", 'w:id="4"', f'w:id="{taken}"')
    ids = {one.comment_id for one in docx.Document(_file(recommented(data, "63/2010/NĐ-CP"))).comments}
    assert ids == {int(taken), 0}


def test_running_again_gives_the_same_bytes():
    once = recommented(officers_file(), "63/2010/NĐ-CP")
    assert recommented(once, "63/2010/NĐ-CP") == once


def test_a_comment_that_is_found_again_stays_as_it_is_with_what_was_written_into_it():
    once = recommented(package(paragraph(TEXT)), "63/2010/NĐ-CP")
    changed = edited(once, "word/comments.xml", "Cần xem xét", "Đã xem xét")
    assert recommented(changed, "63/2010/NĐ-CP") == changed


def test_new_findings_are_added_beside_old_comments():
    once = recommented(package(paragraph(TEXT)), "63/2010/NĐ-CP")
    twice = recommented(once, "63/2010/NĐ-CP", "Luật Đất đai")
    assert sorted(words_of(twice)) == ["63/2010/NĐ-CP", "Luật Đất đai"]


def test_a_comment_whose_finding_is_gone_goes():
    once = recommented(officers_file(), "63/2010/NĐ-CP", "Luật Đất đai")
    twice = recommented(once, "63/2010/NĐ-CP")
    assert words_of(twice) == ["Luật Đất đai", "63/2010/NĐ-CP"]
    assert 'w:id="5"' not in body_of(twice)
    assert read(twice).text == TEXT


def test_when_all_findings_are_gone_the_words_stand_as_before():
    data = package(paragraph(TEXT))
    result = recommented(recommented(data, "63/2010/NĐ-CP"), *())
    assert words_of(result) == []
    assert "comment" not in body_of(result)
    assert read(result).text == TEXT
    assert recommented(result, *()) == result


def test_a_finding_that_was_set_aside_gets_no_comment_and_loses_the_one_it_had():
    data = package(paragraph(TEXT))
    once = recommented(data, "63/2010/NĐ-CP")
    aside = review("63/2010/NĐ-CP", suppressed=Suppression("Đã kiểm tra bản gốc."))
    assert commented(data, read(data), aside) == data
    assert words_of(commented(once, read(once), aside)) == []


def test_a_comment_that_somebody_edited_stays_though_its_finding_is_gone():
    once = recommented(package(paragraph(TEXT)), "63/2010/NĐ-CP")
    changed = edited(once, "word/comments.xml", "Cần xem xét", "Đã sửa theo bản mới")
    assert recommented(changed, *()) == changed


def test_spacing_and_split_runs_are_no_edit():
    once = recommented(package(paragraph(TEXT)), "63/2010/NĐ-CP")
    resaved = edited(once, "word/comments.xml", "Cần xem", 'Cần </w:t></w:r><w:r><w:t xml:space="preserve"> xem')
    assert words_of(recommented(resaved, *())) == []


def with_reply(data):
    """The file after an officer replied to the comment of ours."""
    reply = (
        '<w:comment w:id="9" w:author="A"><w:p w14:paraId="0000000C"><w:r><w:t>Đồng ý.</w:t></w:r></w:p></w:comment>'
    )
    data = edited(data, "word/comments.xml", "</w:comments>", f"{reply}</w:comments>")
    marks = '<w:commentReference w:id="5"/></w:r>'
    return edited(data, "word/document.xml", marks, f'{marks}<w:r><w:commentReference w:id="9"/></w:r>')


def threaded(replied):
    """A file that Word saved after us: paragraphs have names, and other parts speak of them."""
    entries = '<w15:commentEx w15:paraId="00000004" w15:done="0"/><w15:commentEx w15:paraId="0000000B" w15:done="0"/>'
    if replied:
        entries += '<w15:commentEx w15:paraId="0000000C" w15:paraIdParent="0000000B" w15:done="0"/>'
    ids = "".join(f'<w16cid:commentId w16cid:paraId="0000000{n}" w16cid:durableId="1000000{n}"/>' for n in "4BC")
    data = recommented(officers_file(commentsExtended=entries, commentsIds=ids), "63/2010/NĐ-CP")
    data = edited(
        data, "word/comments.xml", "<w:p><w:r><w:rPr><w:color", '<w:p w14:paraId="0000000B"><w:r><w:rPr><w:color'
    )
    return with_reply(data) if replied else data


def test_a_comment_with_a_reply_stays_though_its_finding_is_gone():
    data = threaded(replied=True)
    assert recommented(data, *()) == data


def test_what_other_parts_say_of_a_comment_goes_with_it():
    data = threaded(replied=False)
    result = members(recommented(data, *()))
    assert result["word/commentsExtended.xml"] == members(data)["word/commentsExtended.xml"].replace(
        b'<w15:commentEx w15:paraId="0000000B" w15:done="0"/>', b""
    )
    assert b"0000000B" not in result["word/commentsIds.xml"]
    assert b"1000000C" in result["word/commentsIds.xml"]
    assert THEIRS.encode() in result["word/comments.xml"]


def test_parts_that_speak_of_comments_stay_as_they_are_when_comments_are_added():
    data = threaded(replied=True)
    result = members(recommented(data, "63/2010/NĐ-CP", "Luật Đất đai"))
    for part in ("word/commentsExtended.xml", "word/commentsIds.xml"):
        assert result[part] == members(data)[part]


def test_a_comment_of_ours_that_lost_its_place_is_put_in_again():
    once = recommented(package(paragraph(TEXT)), "63/2010/NĐ-CP")
    parts = members(once)
    parts["word/document.xml"] = members(package(paragraph(TEXT)))["word/document.xml"]
    assert words_of(recommented(packed(parts), "63/2010/NĐ-CP")) == ["63/2010/NĐ-CP"]


def test_a_reference_among_other_things_in_a_run_goes_alone():
    once = recommented(package(paragraph(TEXT)), "63/2010/NĐ-CP")
    moved = edited(
        once, "word/document.xml", '<w:commentReference w:id="0"/>', '<w:commentReference w:id="0"/><w:tab/>'
    )
    result = recommented(moved, *())
    assert "<w:r><w:tab/></w:r>" in body_of(result)
    assert "comment" not in body_of(result)


def test_beyond_what_word_opens_the_gravest_are_told_and_the_rest_is_counted(monkeypatch):
    monkeypatch.setattr(word_comments, "MOST", 3)
    data = package(paragraph("a b c d e"))
    text = read(data).text
    found = [finding(text, one, severity="error" if one in "be" else "info") for one in "abcde"]
    result = commented(data, read(data), review_of(*found))
    assert words_of(result) == ["b", "e", ""]
    assert "còn 3 nội dung" in comments(result)[-1][1][0]
    assert commented(result, read(result), review_of(*found)) == result


def test_an_unchanged_finding_says_so():
    data = package(paragraph(TEXT))
    for baseline, told in (("unchanged", True), ("new", False), (None, False)):
        ((_, texts),) = comments(commented(data, read(data), review("63/2010/NĐ-CP", baseline=baseline)))
        assert ("Đã nêu ở lần kiểm tra trước." in texts) == told


def test_findings_without_a_fingerprint_are_known_again_too():
    data = package(paragraph(TEXT))
    found = review("63/2010/NĐ-CP", fingerprint="")
    once = commented(data, read(data), found)
    assert commented(once, read(once), found) == once


def test_words_of_ours_in_a_comment_of_somebody_else_do_not_make_it_ours():
    data = edited(officers_file(), "word/comments.xml", "Xem lại", "parcc VB207 là gì?")
    assert recommented(data, *()) == data


def _file(data):
    import io

    return io.BytesIO(data)


def test_marked_files_show_author_initials_and_time_only_when_told():
    from datetime import datetime

    data = package(paragraph(TEXT))
    (plain,) = docx.Document(_file(marked(data, "Luật"))).comments
    assert (plain.author, plain.initials, plain.timestamp) == ("parcc_nlp", "PN", None)
    when = datetime(2026, 11, 23, 9, 30, 5, 99)  # noqa: DTZ001 - a clock on the wall has no zone
    (dated,) = docx.Document(_file(marked(data, "Luật", author='Bà "Hoa" & <con>', initials="BH", on=when))).comments
    assert (dated.author, dated.initials) == ('Bà "Hoa" & <con>', "BH")
    assert dated.timestamp.replace(tzinfo=None) == when.replace(microsecond=0)
