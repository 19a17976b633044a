"""Filling in Word templates: by jinja in a sandbox, values escaped, broken results refused.

A template comes from an office and may be wrong; what fills it in comes from documents and may be anything. Neither
runs code, and no text of a document is read as a template.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

from docxtpl import DocxTemplate  # type: ignore[import-untyped]  # it comes without types
from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from parcc_nlp.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parcc_nlp.report.forms.headings import Column

__all__ = ["rendered"]

# docxtpl turns these into braces of a template when it is done, whoever wrote them.
_SPELT_BRACES = re.compile(r"\{_(?=[{%])|[}%]_(?=\})")
_APART = "\ufdd1"
"""Put into such text and taken out again: a noncharacter, which no printable text has."""
_QUOTED = re.compile(r"'([^']*)'")
_MARK = "parcc:"
"""What the alternative text of a table begins with whose columns have the widths of the headings."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BEHIND_ALIGNMENT = frozenset(
    f"{_W}{name}"
    for name in (
        "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr",
        "pPrChange",
    )
)  # fmt: skip
"""What the schema has behind the alignment of a paragraph."""
_KEPT_TOGETHER = 900  # characters of a row, about a third of a page
_LARGEST = 64 * 1024 * 1024


class _BrokenXmlError(Exception):
    """What a template made is not well-formed."""


class _Template(DocxTemplate):  # type: ignore[misc]  # the library comes without types
    """A template that refuses what the library would silently repair, and leaves the properties alone."""

    def render_xml_part(self, src_xml: str, part: Any, context: dict[str, Any], jinja_env: Any = None) -> str:
        """Fill in one part; a part that would switch escaping off is refused."""
        if next(jinja_env.parse(src_xml).find_all(nodes.EvalContextModifier), None) is not None:
            raise SecurityError("autoescape")
        xml: str = super().render_xml_part(src_xml, part, context, jinja_env)
        return xml.replace(_APART, "")

    def fix_tables(self, xml: str) -> Any:
        """Refuse broken XML, of which the library would keep what it can."""
        try:
            etree.fromstring(xml, parser=etree.XMLParser(huge_tree=True))
        except etree.XMLSyntaxError as error:
            raise _BrokenXmlError(str(error)) from None
        return super().fix_tables(xml)

    def render_properties(self, context: dict[str, Any], jinja_env: Any = None) -> None:
        """Leave the properties: they are written anew."""


def rendered(
    template: bytes, values: Mapping[str, Any], *, name: str, columns: Mapping[str, Sequence[Column]]
) -> bytes:
    """Fill in a Word template.

    Parameters
    ----------
    template
        A .docx file with fields (``{{ document.number }}``) and loops (``{%tr for row in grounds.rows %}``).
    values
        What the fields are filled in with: texts, numbers, lists and dictionaries of them.
    name
        What the template is called in errors.
    columns
        The columns of the tables that have the alternative text ``parcc:<name>``, for their widths.

    Returns
    -------
    bytes
        The file.

    Raises
    ------
    UsageError
        E360: no readable .docx; E361: a field that there is none of; E362: it is not written as a template must be;
        E363: it does what a template may not; E364: what it makes is no Word file.
    """
    _look_at(template, name)
    filled = _Template(BytesIO(template))
    try:
        filled.init_docx()
    except (KeyError, ValueError, OSError, etree.XMLSyntaxError) as error:
        raise UsageError("E360", path=name, detail=_told(error)) from None
    file = BytesIO()
    try:
        filled.render(_protected(values), _environment())
        _lay_out(filled.docx.element.body, columns)
        filled.save(file)
    except UndefinedError as error:
        raise UsageError("E361", path=name, field=_field(error)) from None
    except TemplateSyntaxError as error:
        raise UsageError("E362", path=name, detail=_syntax(error)) from None
    except (_BrokenXmlError, etree.XMLSyntaxError) as error:
        raise UsageError("E364", path=name, detail=_told(error)) from None
    except Exception as error:  # whatever an expression may run into, from the sandbox to a division by zero
        raise UsageError("E363", path=name, detail=_told(error)) from error
    return file.getvalue()


def _look_at(template: bytes, name: str) -> None:
    """Refuse what is no archive, or one that unpacks to more than any paper needs."""
    try:
        with zipfile.ZipFile(BytesIO(template)) as archive:
            size = sum(part.file_size for part in archive.infolist())
            is_word = "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, OSError) as error:
        raise UsageError("E360", path=name, detail=_told(error)) from None
    if not is_word:
        raise UsageError("E360", path=name, detail="word/document.xml")
    if size > _LARGEST:
        raise UsageError("E360", path=name, detail=f"{size} byte")


def _environment() -> ImmutableSandboxedEnvironment:
    """Make the sandbox: unknown fields are errors, values are escaped, and no filter takes the escaping off."""
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    del environment.filters["safe"]
    return environment


def _protected(value: Any) -> Any:
    """Give values as plain data, their texts safe from being taken for braces of a template."""
    if isinstance(value, str):
        return _SPELT_BRACES.sub(_set_apart, value)
    if hasattr(value, "items"):
        return {key: _protected(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_protected(one) for one in value]
    return value


def _set_apart(braces: re.Match[str]) -> str:
    return braces[0][0] + _APART + braces[0][1:]


def _field(error: UndefinedError) -> str:
    """Name the field that there is none of: the last name quoted in the message."""
    quoted = _QUOTED.findall(error.message or "")
    return quoted[-1] if quoted else str(error)


def _syntax(error: TemplateSyntaxError) -> str:
    """Say what is wrong in a template, with the words around it."""
    around = " ".join(" ".join(getattr(error, "docx_context", ())).split())
    return f"{error.message} (… {around[:200]} …)" if around else str(error.message)


def _told(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def _lay_out(body: Any, columns: Mapping[str, Sequence[Column]]) -> None:
    """Give the tables that ask for it the widths and alignments of their columns."""
    for table in body.iter(f"{_W}tbl"):
        described = table.find(f"{_W}tblPr/{_W}tblDescription")
        mark = described.get(f"{_W}val", "") if described is not None else ""
        wanted = columns.get(mark.removeprefix(_MARK)) if mark.startswith(_MARK) else None
        grid = table.findall(f"{_W}tblGrid/{_W}gridCol")
        if not wanted or len(grid) != len(wanted):
            continue
        whole = sum(float(one.get(f"{_W}w", "0")) for one in grid)
        share = whole / sum(column.width for column in wanted)
        widths = [str(round(column.width * share)) for column in wanted]
        for one, width in zip(grid, widths, strict=True):
            one.set(f"{_W}w", width)
        for row in table.findall(f"{_W}tr"):
            _lay_out_row(row, wanted, widths)


def _lay_out_row(row: Any, columns: Sequence[Column], widths: Sequence[str]) -> None:
    cells = row.findall(f"{_W}tc")
    heads = row.find(f"{_W}trPr/{_W}tblHeader") is not None
    if len(cells) != len(columns):
        return
    if not heads and sum(len(text.text or "") for text in row.iter(f"{_W}t")) <= _KEPT_TOGETHER:
        _keep_together(row)
    for cell, column, width in zip(cells, columns, widths, strict=True):
        properties = cell.find(f"{_W}tcPr")
        if properties is None:
            properties = etree.Element(f"{_W}tcPr")
            cell.insert(0, properties)
        wide = properties.find(f"{_W}tcW")
        if wide is None:
            wide = etree.Element(f"{_W}tcW")
            properties.insert(0, wide)
        wide.set(f"{_W}w", width)
        wide.set(f"{_W}type", "dxa")
        if column.align == "center" and not heads:
            for paragraph in cell.findall(f"{_W}p"):
                _centre(paragraph)


def _keep_together(row: Any) -> None:
    """Keep a row on one page; a long one must break, or what does not fit on a page would not be seen."""
    properties = row.find(f"{_W}trPr")
    if properties is None:
        properties = etree.Element(f"{_W}trPr")
        behind = row.find(f"{_W}tblPrEx")
        row.insert(0 if behind is None else 1, properties)
    if properties.find(f"{_W}cantSplit") is None:
        properties.append(etree.Element(f"{_W}cantSplit"))


def _centre(paragraph: Any) -> None:
    """Centre a paragraph, whatever it says of its alignment."""
    properties = paragraph.find(f"{_W}pPr")
    if properties is None:
        properties = etree.Element(f"{_W}pPr")
        paragraph.insert(0, properties)
    for standing in properties.findall(f"{_W}jc"):
        properties.remove(standing)
    behind = next((at for at, one in enumerate(properties) if one.tag in _BEHIND_ALIGNMENT), len(properties))
    properties.insert(behind, etree.Element(f"{_W}jc", {f"{_W}val": "center"}))
