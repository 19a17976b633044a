"""Importing: documents a second end to end, from the inbox to the committed library, on two cores, by format."""

import io
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import texts
from benchmarks.timing import Row

JOBS = 2
CHARACTERS = 5_000
"""Characters of each document: about two pages."""
DOCUMENTS = {"txt": 400, "docx": 400, "pdf": 150}
FONTS = ("DejaVuSans.ttf", "Arial.ttf", "LiberationSans-Regular.ttf")
HEAD = (
    "ỦY BAN NHÂN DÂN TỈNH HÒA GIANG\nSố: {number}/KH-UBND\nHòa Giang, ngày 15 tháng 01 năm 2026\n"
    "KẾ HOẠCH\nCải cách hành chính lĩnh vực số {number}\n"
)


def importing() -> Iterator[Row]:
    """Import a lot of each format; the start of the processes is in it, what follows an import is told apart."""
    for form, count in DOCUMENTS.items():
        yield from _lot(form, count)


def _lot(form: str, count: int) -> Iterator[Row]:
    from parcc_nlp.library import open_library
    from parcc_nlp.library.following import follow_up
    from parcc_nlp.library.importing import ImportSettings, run_import

    make = {"txt": _txt, "docx": _docx, "pdf": _pdf}[form]
    with tempfile.TemporaryDirectory() as folder:
        inbox = Path(folder) / "inbox"
        inbox.mkdir()
        for number in range(1, count + 1):
            text = HEAD.format(number=number) + texts.vietnamese(CHARACTERS, seed=number)
            (inbox / f"{number}.{form}").write_bytes(make(text))
        with open_library(Path(folder) / "kho.db") as library:
            followed = 0.0

            def following(library: object) -> None:
                nonlocal followed
                started = time.perf_counter()
                follow_up(library)
                followed += time.perf_counter() - started

            started = time.perf_counter()
            report = run_import(library, [inbox], ImportSettings(jobs=JOBS, settle=0.0), follow_up=following)
            seconds = time.perf_counter() - started - followed
    # Recombined lines may make two documents one of which reads as another version of the other; that is work as well.
    if report.counts["added"] + report.counts["version"] != count:
        raise RuntimeError(f"{form}: {dict(report.counts)}")
    note = f"{count} documents of {CHARACTERS:,} characters, {JOBS} processes, with their start"
    yield Row(f"import, {form}", count / seconds, "documents/s", note=note)
    yield Row(
        f"what follows the import, {form}", followed, "s", note=f"learning and reviewing again, {count} documents"
    )


def _txt(text: str) -> bytes:
    return text.encode()


def _docx(text: str) -> bytes:
    from docx import Document

    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _pdf(text: str) -> bytes:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont
    from reportlab.pdfgen.canvas import Canvas

    if "Vietnamese" not in pdfmetrics.getRegisteredFontNames():
        for name in FONTS:
            try:
                pdfmetrics.registerFont(TTFont("Vietnamese", name))
                break
            except TTFError:
                continue
        else:
            raise RuntimeError(f"needs a font with Vietnamese letters: one of {', '.join(FONTS)}")
    file = io.BytesIO()
    canvas = Canvas(file)
    lines = [piece for line in text.splitlines() for piece in _cut(line)]
    for start in range(0, len(lines), 50):
        canvas.setFont("Vietnamese", 10)
        for row, line in enumerate(lines[start : start + 50]):
            canvas.drawString(60, 790 - 15 * row, line)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _cut(line: str) -> list[str]:
    import textwrap

    return textwrap.wrap(line, 85) or [""]
