"""The official papers of a review: the review sheet of a document, lists of instruments by status; Word and Excel.

Everything is put together first (`review_sheet`, `status_lists`, `cited_lists`) and laid out after. Titles and headings
stand in ``headings.yaml`` with what they were compared with; an office lays its own file over it (`read_headings`) and
uses its own Word templates. What is the officer's to decide and to sign stays empty.
"""

from parcc_nlp.report.forms.headings import Headings, read_headings, shipped_headings
from parcc_nlp.report.forms.letterhead import Letterhead
from parcc_nlp.report.forms.sheet import ReviewSheet, review_sheet
from parcc_nlp.report.forms.status_lists import GROUPS, StatusLists, cited_lists, status_lists
from parcc_nlp.report.forms.word import review_sheet_docx, shipped_template, status_lists_docx
from parcc_nlp.report.forms.workbook import review_sheet_xlsx, status_lists_xlsx

__all__ = [
    "GROUPS",
    "Headings",
    "Letterhead",
    "ReviewSheet",
    "StatusLists",
    "cited_lists",
    "read_headings",
    "review_sheet",
    "review_sheet_docx",
    "review_sheet_xlsx",
    "shipped_headings",
    "shipped_template",
    "status_lists",
    "status_lists_docx",
    "status_lists_xlsx",
]
