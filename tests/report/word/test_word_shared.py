"""Real documents, end to end: read, reviewed, commented, read again."""

import io
import re
import unicodedata
import zipfile

import docx
import pytest

from parcc_nlp.api import extract, review
from parcc_nlp.read import read
from parcc_nlp.read.limits import DEFAULT_LIMITS
from parcc_nlp.read.ooxml import Package
from parcc_nlp.report.word_comments import commented
from parcc_nlp.report.word_places import Places

from .making import finding_at, ranges, review_of

pytestmark = pytest.mark.shared
MAY_CHANGE = {"word/document.xml", "word/comments.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"}


def files(shared_dir):
    found = sorted((shared_dir / "documents" / "office").glob("*.docx"))
    assert found
    return found


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def squeezed(text):
    return "".join(unicodedata.normalize("NFC", text).split())


def test_real_documents_are_commented_and_nothing_else_changes(shared_dir):
    told = 0
    for file in files(shared_dir):
        data = file.read_bytes()
        document = read(file)
        found = review(extract(document), as_of="today")
        result = commented(data, document, found)
        again = read(result, name=str(file))
        assert again.text == document.text, file.name
        assert commented(result, again, found) == result, file.name
        before, after = parts(data), parts(result)
        assert {name for name in after if before.get(name) != after[name]} <= MAY_CHANGE, file.name
        assert list(after)[: len(before)] == list(before), file.name
        if found.findings:
            opened = docx.Document(io.BytesIO(result))
            assert len(list(opened.comments)) == len(found.findings), file.name
        told += len(found.findings)
    assert told


def test_all_words_of_real_documents_are_found_in_their_files(shared_dir):
    for file in files(shared_dir):
        data = file.read_bytes()
        document = read(file)
        text = document.text
        found = [
            finding_at(text, each.start(), each.end())
            for each in list(re.finditer(r"\w{2,}(?: \w{2,}){0,3}", text))[::71]
        ]
        places = Places(document, Package.open(data, path=None, limits=DEFAULT_LIMITS))
        fits = {one.fingerprint[:16]: places.anchor(one.start, one.end).fit for one in found}
        assert set(fits.values()) <= {"exact", "note", "box"}, file.name
        opened = docx.Document(io.BytesIO(commented(data, document, review_of(*found))))
        said = ranges(opened.element.body)
        words = {one.fingerprint[:16]: one.text for one in found}
        for comment in opened.comments:
            key = comment.paragraphs[-1].text.split()[-1].partition("-")[0]
            if fits[key] == "exact":
                # Automatic numbers stand in the text alone.
                assert squeezed(words[key]).endswith(squeezed(said[comment.comment_id])), file.name
                assert said[comment.comment_id].strip(), file.name
