"""Writes the pipeline as a model directory that ``spacy.load`` reads, and the accuracy table of its model card.

Run as ``python -m parcc_nlp.extract.assemble models/vi_parcc``. Beside the directory may stand

- ``accuracy.json``: what the project's scorer printed with ``--json``; its figures go into ``meta.json``;
- ``README.md``: the model card; the table between its two marks is written anew from the same figures.

The same package and spaCy version always write the same bytes.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parcc_nlp.errors import PipelineError
from parcc_nlp.extract.pipeline import build_pipeline

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["accuracy_table", "assemble", "performance"]

_DESCRIPTION = (
    "Reads Vietnamese legal and administrative documents: metadata (NĐ 30/2020/NĐ-CP), structure with Akoma Ntoso "
    "eIds, every mention of another legal or Party document, quantified targets, agencies, and who must do what. "
    "A pipeline of rules, with no trained weights."
)
_TABLE_BEGINS = "<!-- accuracy: begins (written by `make model`, do not edit) -->"
_TABLE_ENDS = "<!-- accuracy: ends -->"
_NOT_MEASURED = "not measured yet"
_CITATION_FIELDS = ("issued", "issuer", "pinpoints", "relation", "doc_type")
_METADATA_FIELDS = ("doc_type", "number", "issued", "issuer", "title", "effective", "signer")


def assemble(path: str | Path) -> Path:
    """Write the pipeline to a model directory, in place of one that stands there.

    Parameters
    ----------
    path
        The directory, for example ``models/vi_parcc``. ``accuracy.json`` and ``README.md`` are looked for beside it
        (see the module).

    Returns
    -------
    Path
        The directory written.

    Raises
    ------
    PipelineError
        E403 when something that is no model directory stands at `path`: it is left as it is. E404 when
        ``accuracy.json`` is not the output of the scorer. E405 when ``README.md`` has no place for the table.

    Examples
    --------
    >>> import spacy, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     nlp = spacy.load(assemble(Path(folder) / "vi_parcc"))
    >>> nlp.pipe_names[:3]
    ['parcc_metadata', 'parcc_structure', 'parcc_citations']
    """
    target = Path(path)
    if target.exists() and not (target / "meta.json").is_file():
        raise PipelineError("E403", path=str(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    measured = performance(_report(target.parent / "accuracy.json"))
    _fill_card(target.parent / "README.md", measured)
    nlp = build_pipeline()
    nlp.meta.update(_meta(measured))
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        fresh = Path(folder) / target.name
        nlp.to_disk(fresh)
        if target.exists():
            shutil.rmtree(target)
        fresh.rename(target)
    return target


def performance(report: Mapping[str, Any] | None) -> dict[str, Any]:
    """Take the figures of this pipeline from a report of the scorer.

    Parameters
    ----------
    report
        What the scorer prints with ``--json``; None where nothing was measured.

    Returns
    -------
    dict
        Figures as they stand under ``performance`` in ``meta.json``, each between 0 and 1 (counts apart); None where
        nothing was measured. Keys are spaCy's for spans (``spans_citations_p``, ``_r``, ``_f``), then one a field.

    Examples
    --------
    >>> performance(None)["spans_citations_f"] is None
    True
    """
    known: Mapping[str, Any] = report or {}
    citations = known.get("layers", {}).get("citations", {})
    targets = known.get("layers", {}).get("targets", {})
    fields = citations.get("fields", {})
    metadata = known.get("metadata", {})
    return {
        "documents": known.get("documents"),
        "citations": citations.get("gold"),
        "spans_not_matching_text": known.get("bad_spans"),
        "spans_citations_p": citations.get("precision"),
        "spans_citations_r": citations.get("recall"),
        "spans_citations_f": citations.get("f1"),
        **{f"citation_{name}": fields.get(name) for name in _CITATION_FIELDS},
        "targets": targets.get("gold"),
        "spans_targets_p": targets.get("precision"),
        "spans_targets_r": targets.get("recall"),
        "spans_targets_f": targets.get("f1"),
        **{f"metadata_{name}": metadata.get(name) for name in _METADATA_FIELDS},
    }


def accuracy_table(measured: Mapping[str, Any]) -> str:
    """Write figures as the Markdown table of the model card.

    Examples
    --------
    >>> print(accuracy_table({"documents": 9, "spans_citations_f": 0.991, "metadata_title": None}))
    | figure | value |
    | --- | --- |
    | `documents` | 9 |
    | `spans_citations_f` | 0.991 |
    | `metadata_title` | not measured yet |
    """
    rows = [f"| `{name}` | {_shown(value)} |" for name, value in measured.items()]
    return "\n".join(["| figure | value |", "| --- | --- |", *rows])


def _shown(value: float | None) -> str:
    """Print a figure: counts whole, shares with three decimals."""
    if value is None:
        return _NOT_MEASURED
    return str(value) if isinstance(value, int) else f"{value:.3f}"


def _meta(measured: Mapping[str, Any]) -> dict[str, Any]:
    """Say what the model is, in the fields of spaCy's meta.json."""
    own = version("parcc_nlp")
    major, minor, *_ = own.split(".")
    return {
        "name": "parcc",
        "version": own,
        "description": _DESCRIPTION,
        "author": "parcc_nlp",
        "license": "Apache-2.0",
        "requirements": [f"parcc_nlp>={own},<{major}.{int(minor) + 1}"],
        "sources": [],
        "performance": dict(measured),
    }


def _report(path: Path) -> dict[str, Any] | None:
    """Read what the scorer printed; None where there is no such file."""
    if not path.is_file():
        return None
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise PipelineError("E404", path=str(path)) from error
    if not isinstance(report, dict) or "layers" not in report:
        raise PipelineError("E404", path=str(path))
    return report


def _fill_card(path: Path, measured: Mapping[str, Any]) -> None:
    """Write the accuracy table into the model card, where there is one."""
    if not path.is_file():
        return
    card = path.read_text(encoding="utf-8")
    before, begins, rest = card.partition(_TABLE_BEGINS)
    _, ends, after = rest.partition(_TABLE_ENDS)
    if not (begins and ends):
        raise PipelineError("E405", path=str(path), begins=_TABLE_BEGINS, ends=_TABLE_ENDS)
    path.write_text(f"{before}{begins}\n\n{accuracy_table(measured)}\n\n{ends}{after}", encoding="utf-8")


if __name__ == "__main__":
    import sys

    import typer

    def _command(path: Path) -> None:
        """Dựng mô hình spaCy vào thư mục PATH, ví dụ models/vi_parcc."""
        try:
            typer.echo(assemble(path))
        except PipelineError as error:
            typer.echo(str(error), err=True)
            sys.exit(3)

    typer.run(_command)
