"""spaCy components, one a layer: metadata, structure, citations, targets, agencies, responsibilities, effects.

Each is a registered factory, found by spaCy as soon as this package is installed, and works alone in anyone's pipeline
and with any tokenizer:

>>> import spacy
>>> nlp = spacy.blank("xx")
>>> _ = nlp.add_pipe("parcc_citations")
>>> doc = nlp("Thực hiện Nghị định số 63/2010/NĐ-CP ngày 08/6/2010 của Chính phủ.")
>>> [span._.citation.number for span in doc.spans["citations"]]
['63/2010/NĐ-CP']

The finding itself is done on plain text (`parcc_nlp.extract.metadata`, `structure`, `citations` and so on); a component
gives it ``doc.text`` and lays the answer on the tokens. spaCy imports this module whenever it makes a pipeline, so
nothing of ours is imported before a component runs.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, ClassVar, Self, get_args
from weakref import WeakKeyDictionary

import srsly
from spacy import util
from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc, Span

from parcc_nlp.model import (
    AgencyMention,
    Citation,
    CitationRelation,
    Effect,
    Metadata,
    Period,
    Pinpoint,
    Responsibility,
    Section,
    SectionKind,
    Target,
)
from parcc_nlp.model import Span as Stretch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from parcc_nlp.text.normalise import NormalisedText

__all__ = [
    "AgencyFinder",
    "CitationFinder",
    "EffectFinder",
    "MetadataFinder",
    "ResponsibilityFinder",
    "StructureFinder",
    "TargetFinder",
    "make_agencies",
    "make_citations",
    "make_effects",
    "make_metadata",
    "make_responsibilities",
    "make_structure",
    "make_targets",
    "register_extensions",
]

_CITATION_ID = "ref_"
_TARGET_ID = "target_"
_AGENCY_ID = "agency_"
_TASK_ID = "task_"
_EFFECT_ID = "effect_"
# Making the text of a Doc anew costs as much as finding its metadata; an entry goes when its Doc goes.
_SOURCES: WeakKeyDictionary[Doc, NormalisedText] = WeakKeyDictionary()


def register_extensions() -> None:
    """Register ``doc._.parcc_metadata`` and its like for the other layers, and the span attributes.

    Making any of the components does this. Call it to read annotations of stored documents where no pipeline is made.
    ``span._.citation``, ``span._.section``, ``span._.target``, ``span._.agency``, ``span._.responsibility`` and
    ``span._.effect`` are left alone where the user has attributes of these names.

    Examples
    --------
    >>> from spacy.tokens import Doc
    >>> register_extensions()
    >>> Doc.has_extension("parcc_citations")
    True
    """
    Doc.set_extension("parcc_metadata", getter=_get_metadata, setter=_set_metadata, force=True)
    Doc.set_extension("parcc_structure", getter=_get_structure, setter=_set_structure, force=True)
    Doc.set_extension("parcc_citations", getter=_get_citations, setter=_set_citations, force=True)
    Doc.set_extension("parcc_targets", getter=_get_targets, setter=_set_targets, force=True)
    Doc.set_extension("parcc_agencies", getter=_get_agencies, setter=_set_agencies, force=True)
    Doc.set_extension("parcc_responsibilities", getter=_get_responsibilities, setter=_set_responsibilities, force=True)
    Doc.set_extension("parcc_effects", getter=_get_effects, setter=_set_effects, force=True)
    Doc.set_extension("parcc_relations", getter=_get_relations, setter=_set_relations, force=True)
    of_spans = (
        ("citation", _citation_of),
        ("section", _section_of),
        ("target", _target_of),
        ("agency", _agency_of),
        ("responsibility", _responsibility_of),
        ("effect", _effect_of),
    )
    for name, getter in of_spans:
        if not Span.has_extension(name):
            Span.set_extension(name, getter=getter)


class _Layer(Pipe):
    """What the components share: calling, and storing their settings."""

    def __init__(self, name: str, *, settings: dict[str, Any], scorer: Callable[..., Any] | None) -> None:
        self.name = name
        self.cfg = settings
        self.scorer = scorer
        register_extensions()

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> Any:
        """Find the layer in a document, without changing the document."""
        raise NotImplementedError

    def set_annotations(self, doc: Doc, found: Any) -> None:
        """Write what was found to the document."""
        raise NotImplementedError

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Write the settings as bytes."""
        return util.to_bytes({"cfg": self._settings_bytes}, exclude)

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Self:
        """Take the settings from bytes that `to_bytes` wrote."""
        util.from_bytes(data, {"cfg": self._take_settings_bytes}, exclude)
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the settings to a folder."""
        util.to_disk(path, {"cfg": self._write_settings}, exclude)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Self:
        """Take the settings from a folder that `to_disk` wrote."""
        util.from_disk(path, {"cfg": self._read_settings}, exclude)
        return self

    def _settings_bytes(self) -> bytes:
        """Write the settings as JSON."""
        return bytes(srsly.json_dumps(self.cfg, sort_keys=True), "utf-8")

    def _take_settings_bytes(self, data: bytes) -> None:
        """Take settings written as JSON."""
        self.cfg.update(srsly.json_loads(data))

    def _write_settings(self, path: Path) -> None:
        """Write the settings to one file."""
        path.write_bytes(self._settings_bytes() + b"\n")

    def _read_settings(self, path: Path) -> None:
        """Take the settings from one file."""
        self._take_settings_bytes(path.read_bytes())


class _SpanLayer(_Layer):
    """What the components that write spans share: one span an item, numbered or named, under one key."""

    layer: ClassVar[str]
    """What of ``doc._`` it assigns: the layer behind ``parcc_``."""
    span_labels: ClassVar[tuple[str, ...]]
    id_prefix: ClassVar[str] = ""

    def __init__(self, name: str, *, spans_key: str | None, scorer: Callable[..., Any] | None) -> None:
        super().__init__(name, settings={"spans_key": spans_key}, scorer=scorer)

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels that its spans can have."""
        return self.span_labels

    def set_annotations(self, doc: Doc, found: tuple[Any, ...]) -> None:
        """Assign the layer's attribute of ``doc._`` and the spans."""
        doc._.set(f"parcc_{self.layer}", found)
        if self.cfg["spans_key"] is not None:
            spans = (
                _span(doc, item.start, item.end, label=self.label(item), span_id=self.span_id(item, number))
                for number, item in enumerate(found, start=1)
            )
            doc.spans[self.cfg["spans_key"]] = list(_present(spans))

    def label(self, item: Any) -> str:
        """Name the kind of an item."""
        raise NotImplementedError

    def span_id(self, item: Any, number: int) -> str:  # noqa: ARG002 - a layer may take a name from the item instead
        """Name an item by its place among the items, counted from 1."""
        return f"{self.id_prefix}{number}"


class MetadataFinder(_Layer):
    """Find what a document says of itself: type, number, date, issuer, title, signer (NĐ 30/2020/NĐ-CP, Điều 8).

    Assigns ``doc._.parcc_metadata``, a `parcc_nlp.model.Metadata`; None until the component has run.

    Parameters
    ----------
    name
        Name of the component in its pipeline.
    """

    def __init__(self, name: str = "parcc_metadata") -> None:
        super().__init__(name, settings={}, scorer=None)

    def match(self, doc: Doc) -> Metadata:
        """Find the metadata of a document."""
        return _find_metadata(_source(doc))

    def set_annotations(self, doc: Doc, found: Metadata) -> None:
        """Assign ``doc._.parcc_metadata``."""
        doc._.parcc_metadata = found


class StructureFinder(_SpanLayer):
    """Find the structural units of a document: Chương, Điều, khoản, điểm, the levels of plans, phụ lục.

    Assigns ``doc._.parcc_structure``, a tuple of `parcc_nlp.model.Section` in document order, and ``doc.spans``: one
    span a unit, its kind as label, its ``eid`` as span id, and the unit itself as ``span._.section``.

    Parameters
    ----------
    name
        Name of the component in its pipeline.
    spans_key
        Key of ``doc.spans``; None to write no spans.
    scorer
        Scoring method.
    """

    layer = "structure"
    span_labels = get_args(SectionKind)

    def __init__(
        self,
        name: str = "parcc_structure",
        *,
        spans_key: str | None = "structure",
        scorer: Callable[..., Any] | None = None,
    ) -> None:
        super().__init__(name, spans_key=spans_key, scorer=scorer)

    def match(self, doc: Doc) -> tuple[Section, ...]:
        """Find the structural units of a document."""
        return _find_structure(_source(doc))

    def label(self, item: Section) -> str:
        """Name the kind of an item."""
        return item.kind

    def span_id(self, item: Section, number: int) -> str:  # noqa: ARG002 - a unit has a name of its own
        """Name a unit by its eId."""
        return item.eid


class CitationFinder(_SpanLayer):
    """Find every mention of another legal or Party document, or of a formal standard.

    Assigns ``doc._.parcc_citations``, a tuple of `parcc_nlp.model.Citation` in document order, and ``doc.spans``: one
    span a citation, its relation as label (``cites``, ``basis``, ...), ``ref_1``, ``ref_2``, ... as span id, and the
    citation itself as ``span._.citation``. Where tokens do not end where a citation ends, the span covers every token
    touched; the offsets of the citation stay exact.

    Metadata are taken from ``doc._.parcc_metadata`` where that component has run, and found here where it has not, so
    that a document's mention of itself is told apart either way.

    Parameters
    ----------
    name
        Name of the component in its pipeline.
    spans_key
        Key of ``doc.spans``; None to write no spans.
    scorer
        Scoring method.
    """

    layer = "citations"
    span_labels = get_args(CitationRelation)
    id_prefix = _CITATION_ID

    def __init__(
        self,
        name: str = "parcc_citations",
        *,
        spans_key: str | None = "citations",
        scorer: Callable[..., Any] | None = None,
    ) -> None:
        super().__init__(name, spans_key=spans_key, scorer=scorer)

    def match(self, doc: Doc) -> tuple[Citation, ...]:
        """Find the citations of a document."""
        return _find_citations(_source(doc), metadata=doc._.parcc_metadata)

    def label(self, item: Citation) -> str:
        """Name the kind of an item."""
        return item.relation


class TargetFinder(_SpanLayer):
    """Find the quantified goals a document commits to reach or keep.

    Assigns ``doc._.parcc_targets``, a tuple of `parcc_nlp.model.Target` in document order, and ``doc.spans``: one span
    a value, its modality as label (``committed``, ``aspired``), ``target_1``, ``target_2``, ... as span id, and the
    target itself as ``span._.target``.

    Metadata and structure are taken from ``doc._`` where those components have run, and found here where they have
    not: the headings over a figure decide whether it is a goal.

    Parameters
    ----------
    name
        Name of the component in its pipeline.
    spans_key
        Key of ``doc.spans``; None to write no spans.
    scorer
        Scoring method.
    """

    layer = "targets"
    span_labels = ("committed", "aspired")
    id_prefix = _TARGET_ID

    def __init__(
        self,
        name: str = "parcc_targets",
        *,
        spans_key: str | None = "targets",
        scorer: Callable[..., Any] | None = None,
    ) -> None:
        super().__init__(name, spans_key=spans_key, scorer=scorer)

    def match(self, doc: Doc) -> tuple[Target, ...]:
        """Find the targets of a document."""
        return _find_targets(_source(doc), metadata=doc._.parcc_metadata, structure=doc._.parcc_structure)

    def label(self, item: Target) -> str:
        """Name the kind of an item."""
        return item.modality


class AgencyFinder(_SpanLayer):
    """Find the bodies a document names: agencies, collectives of agencies, heads standing for their body.

    Assigns ``doc._.parcc_agencies``, a tuple of `parcc_nlp.model.AgencyMention` in document order, and ``doc.spans``:
    one span a mention, its level as label (``central``, ``province``, ``district``, ``commune``, or ``agency`` where it
    is not known), ``agency_1``, ``agency_2``, ... as span id, and the mention itself as ``span._.agency``.

    Parameters
    ----------
    name
        Name of the component in its pipeline.
    spans_key
        Key of ``doc.spans``; None to write no spans.
    scorer
        Scoring method.
    """

    layer = "agencies"
    span_labels = ("central", "province", "district", "commune", "agency")
    id_prefix = _AGENCY_ID

    def __init__(
        self,
        name: str = "parcc_agencies",
        *,
        spans_key: str | None = "agencies",
        scorer: Callable[..., Any] | None = None,
    ) -> None:
        super().__init__(name, spans_key=spans_key, scorer=scorer)

    def match(self, doc: Doc) -> tuple[AgencyMention, ...]:
        """Find the agencies of a document."""
        return _find_agencies(_source(doc), metadata=doc._.parcc_metadata)

    def label(self, item: AgencyMention) -> str:
        """Name the kind of an item."""
        return item.level or "agency"


class ResponsibilityFinder(_SpanLayer):
    """Find the assignments a document makes: who leads, coordinates, implements, and to whom one reports.

    Assigns ``doc._.parcc_responsibilities``, a tuple of `parcc_nlp.model.Responsibility` in document order, and
    ``doc.spans``: one span an assignment over its words, its role as label, ``task_1``, ``task_2``, ... as span id, and
    the assignment itself as ``span._.responsibility``. What several bodies do together has a span for each of them.

    Metadata, structure and agencies are taken from ``doc._`` where those components have run, and found here where
    they have not.

    Parameters
    ----------
    name
        Name of the component in its pipeline.
    spans_key
        Key of ``doc.spans``; None to write no spans.
    scorer
        Scoring method.
    """

    layer = "responsibilities"
    span_labels = ("lead", "coordinate", "implement", "report_to")
    id_prefix = _TASK_ID

    def __init__(
        self,
        name: str = "parcc_responsibilities",
        *,
        spans_key: str | None = "responsibilities",
        scorer: Callable[..., Any] | None = None,
    ) -> None:
        super().__init__(name, spans_key=spans_key, scorer=scorer)

    def match(self, doc: Doc) -> tuple[Responsibility, ...]:
        """Find the assignments of a document."""
        return _find_responsibilities(
            _source(doc),
            metadata=doc._.parcc_metadata,
            structure=doc._.parcc_structure,
            agencies=doc._.parcc_agencies,
        )

    def label(self, item: Responsibility) -> str:
        """Name the kind of an item."""
        return item.role


class EffectFinder(_SpanLayer):
    """Find what a document does to others: replaces, repeals, amends, suspends, corrects, wholly or by part.

    Assigns ``doc._.parcc_effects``, a tuple of `parcc_nlp.model.Effect` in document order, and ``doc.spans``: one span
    a clause and document over the clause, the relation as label, ``effect_1``, ``effect_2``, ... as span id, and the
    effect itself as ``span._.effect``. What the document says of others without changing them (guides, continues,
    extends, consolidates, moves a date) is ``doc._.parcc_relations``.

    Metadata, structure and citations are taken from ``doc._`` where those components have run, and found here where
    they have not.

    Parameters
    ----------
    name
        Name of the component in its pipeline.
    spans_key
        Key of ``doc.spans``; None to write no spans.
    scorer
        Scoring method.
    """

    layer = "effects"
    span_labels = ("replaces", "repeals", "amends", "suspends", "corrects")
    id_prefix = _EFFECT_ID

    def __init__(
        self,
        name: str = "parcc_effects",
        *,
        spans_key: str | None = "effects",
        scorer: Callable[..., Any] | None = None,
    ) -> None:
        super().__init__(name, spans_key=spans_key, scorer=scorer)

    def match(self, doc: Doc) -> tuple[tuple[Effect, ...], tuple[Effect, ...]]:
        """Find the effects of a document, and what it says of others without changing them."""
        return _find_effects(
            _source(doc),
            metadata=doc._.parcc_metadata,
            structure=doc._.parcc_structure,
            citations=doc._.parcc_citations,
        )

    def set_annotations(self, doc: Doc, found: tuple[tuple[Effect, ...], tuple[Effect, ...]]) -> None:
        """Assign both attributes of ``doc._`` and the spans of the effects."""
        effects, relations = found
        super().set_annotations(doc, effects)
        doc._.parcc_relations = relations

    def label(self, item: Effect) -> str:
        """Name the kind of an item."""
        return item.relation


@Language.factory("parcc_metadata", assigns=["doc._.parcc_metadata"])
def make_metadata(nlp: Language, name: str) -> MetadataFinder:  # noqa: ARG001  spaCy calls every factory with nlp
    """Make the component ``parcc_metadata``.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.blank("xx")
    >>> _ = nlp.add_pipe("parcc_metadata")
    >>> nlp("")._.parcc_metadata.number is None
    True
    """
    return MetadataFinder(name)


@Language.factory(
    "parcc_structure",
    assigns=["doc._.parcc_structure", "doc.spans", "span._.section"],
    default_config={
        "spans_key": "structure",
        "scorer": {"@scorers": "spacy.overlapping_labeled_spans_scorer.v1", "spans_key": "structure"},
    },
    default_score_weights={"spans_structure_f": 1.0, "spans_structure_p": 0.0, "spans_structure_r": 0.0},
)
def make_structure(
    nlp: Language,  # noqa: ARG001  spaCy calls every factory with nlp
    name: str,
    spans_key: str | None,
    scorer: Callable[..., Any] | None,
) -> StructureFinder:
    """Make the component ``parcc_structure``.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.blank("xx")
    >>> _ = nlp.add_pipe("parcc_structure")
    >>> nlp("")._.parcc_structure
    ()
    """
    return StructureFinder(name, spans_key=spans_key, scorer=scorer)


@Language.factory(
    "parcc_citations",
    assigns=["doc._.parcc_citations", "doc.spans", "span._.citation"],
    default_config={
        "spans_key": "citations",
        "scorer": {"@scorers": "spacy.overlapping_labeled_spans_scorer.v1", "spans_key": "citations"},
    },
    default_score_weights={"spans_citations_f": 1.0, "spans_citations_p": 0.0, "spans_citations_r": 0.0},
)
def make_citations(
    nlp: Language,  # noqa: ARG001  spaCy calls every factory with nlp
    name: str,
    spans_key: str | None,
    scorer: Callable[..., Any] | None,
) -> CitationFinder:
    """Make the component ``parcc_citations``.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.blank("xx")
    >>> _ = nlp.add_pipe("parcc_citations", config={"spans_key": "văn bản"})
    >>> doc = nlp("theo Nghị quyết số 76/NQ-CP")
    >>> [span.text for span in doc.spans["văn bản"]]
    ['Nghị quyết số 76/NQ-CP']
    """
    return CitationFinder(name, spans_key=spans_key, scorer=scorer)


@Language.factory(
    "parcc_targets",
    assigns=["doc._.parcc_targets", "doc.spans", "span._.target"],
    default_config={
        "spans_key": "targets",
        "scorer": {"@scorers": "spacy.overlapping_labeled_spans_scorer.v1", "spans_key": "targets"},
    },
    default_score_weights={"spans_targets_f": 1.0, "spans_targets_p": 0.0, "spans_targets_r": 0.0},
)
def make_targets(
    nlp: Language,  # noqa: ARG001  spaCy calls every factory with nlp
    name: str,
    spans_key: str | None,
    scorer: Callable[..., Any] | None,
) -> TargetFinder:
    """Make the component ``parcc_targets``.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.blank("xx")
    >>> _ = nlp.add_pipe("parcc_targets")
    >>> doc = nlp("Phấn đấu đến năm 2030 đạt ít nhất 50% số xã không có ma túy.")
    >>> [(span.text, span._.target.deadline) for span in doc.spans["targets"]]
    [('50%', '2030')]
    """
    return TargetFinder(name, spans_key=spans_key, scorer=scorer)


@Language.factory(
    "parcc_agencies",
    assigns=["doc._.parcc_agencies", "doc.spans", "span._.agency"],
    default_config={
        "spans_key": "agencies",
        "scorer": {"@scorers": "spacy.overlapping_labeled_spans_scorer.v1", "spans_key": "agencies"},
    },
    default_score_weights={"spans_agencies_f": 1.0, "spans_agencies_p": 0.0, "spans_agencies_r": 0.0},
)
def make_agencies(
    nlp: Language,  # noqa: ARG001  spaCy calls every factory with nlp
    name: str,
    spans_key: str | None,
    scorer: Callable[..., Any] | None,
) -> AgencyFinder:
    """Make the component ``parcc_agencies``.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.blank("xx")
    >>> _ = nlp.add_pipe("parcc_agencies")
    >>> doc = nlp("Giao Sở Tư pháp phối hợp với các sở, ban, ngành cấp tỉnh.")
    >>> [span.text for span in doc.spans["agencies"]]
    ['Sở Tư pháp', 'các sở, ban, ngành cấp tỉnh']
    """
    return AgencyFinder(name, spans_key=spans_key, scorer=scorer)


@Language.factory(
    "parcc_responsibilities",
    assigns=["doc._.parcc_responsibilities", "doc.spans", "span._.responsibility"],
    default_config={
        "spans_key": "responsibilities",
        "scorer": {"@scorers": "spacy.overlapping_labeled_spans_scorer.v1", "spans_key": "responsibilities"},
    },
    default_score_weights={
        "spans_responsibilities_f": 1.0,
        "spans_responsibilities_p": 0.0,
        "spans_responsibilities_r": 0.0,
    },
)
def make_responsibilities(
    nlp: Language,  # noqa: ARG001  spaCy calls every factory with nlp
    name: str,
    spans_key: str | None,
    scorer: Callable[..., Any] | None,
) -> ResponsibilityFinder:
    """Make the component ``parcc_responsibilities``.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.blank("xx")
    >>> _ = nlp.add_pipe("parcc_responsibilities")
    >>> doc = nlp("1. Giao Sở Tư pháp chủ trì, phối hợp với Sở Nội vụ xây dựng Kế hoạch.")
    >>> [(span.label_, span._.responsibility.agency) for span in doc.spans["responsibilities"]]
    [('lead', 'Sở Tư pháp'), ('coordinate', 'Sở Nội vụ')]
    """
    return ResponsibilityFinder(name, spans_key=spans_key, scorer=scorer)


@Language.factory(
    "parcc_effects",
    assigns=["doc._.parcc_effects", "doc._.parcc_relations", "doc.spans", "span._.effect"],
    default_config={
        "spans_key": "effects",
        "scorer": {"@scorers": "spacy.overlapping_labeled_spans_scorer.v1", "spans_key": "effects"},
    },
    default_score_weights={"spans_effects_f": 1.0, "spans_effects_p": 0.0, "spans_effects_r": 0.0},
)
def make_effects(
    nlp: Language,  # noqa: ARG001  spaCy calls every factory with nlp
    name: str,
    spans_key: str | None,
    scorer: Callable[..., Any] | None,
) -> EffectFinder:
    """Make the component ``parcc_effects``.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.blank("xx")
    >>> _ = nlp.add_pipe("parcc_effects")
    >>> doc = nlp("Điều 2. Thông tư này thay thế Thông tư số 73/2017/TT-BTC; bãi bỏ Điều 4 Thông tư số 5/2019/TT-BTC.")
    >>> [(span.label_, span._.effect.target) for span in doc.spans["effects"]]
    [('replaces', '73/2017/TT-BTC'), ('repeals', '5/2019/TT-BTC')]
    """
    return EffectFinder(name, spans_key=spans_key, scorer=scorer)


def _source(doc: Doc) -> NormalisedText:
    """Give the clean text of a document, made once for all components it passes through."""
    from parcc_nlp.text.normalise import normalise  # noqa: PLC0415  see the top

    source = _SOURCES.get(doc)
    if source is None:
        source = normalise(doc.text)
        if len(doc):  # an empty Doc may still be filled (`Doc.from_bytes`), any other keeps its text
            _SOURCES[doc] = source
    return source


def _find_metadata(source: NormalisedText) -> Metadata:
    """Find the metadata of a text."""
    from parcc_nlp.extract.metadata import find_metadata  # noqa: PLC0415  see the top

    return find_metadata(source)


def _find_structure(source: NormalisedText) -> tuple[Section, ...]:
    """Find the structure of a text."""
    from parcc_nlp.extract.structure import find_structure  # noqa: PLC0415  see the top

    return find_structure(source)


def _find_citations(source: NormalisedText, *, metadata: Metadata | None) -> tuple[Citation, ...]:
    """Find the citations of a text, with the short names that the text itself defines."""
    from parcc_nlp.extract.aliases import find_aliases  # noqa: PLC0415  see the top
    from parcc_nlp.extract.citations import find_citations  # noqa: PLC0415  see the top

    return find_citations(
        source,
        metadata=_find_metadata(source) if metadata is None else metadata,
        aliases=find_aliases(source),
    )


def _find_targets(
    source: NormalisedText, *, metadata: Metadata | None, structure: tuple[Section, ...] | None
) -> tuple[Target, ...]:
    """Find the targets of a text."""
    from parcc_nlp.extract.targets import find_targets  # noqa: PLC0415  see the top

    return find_targets(
        source,
        metadata=_find_metadata(source) if metadata is None else metadata,
        structure=_find_structure(source) if structure is None else structure,
    )


def _find_agencies(source: NormalisedText, *, metadata: Metadata | None) -> tuple[AgencyMention, ...]:
    """Find the agencies of a text, with the short names that the text itself defines."""
    from parcc_nlp.extract.agencies import find_agencies  # noqa: PLC0415  see the top
    from parcc_nlp.extract.aliases import find_aliases  # noqa: PLC0415  see the top

    return find_agencies(
        source,
        metadata=_find_metadata(source) if metadata is None else metadata,
        aliases=find_aliases(source),
    )


def _find_responsibilities(
    source: NormalisedText,
    *,
    metadata: Metadata | None,
    structure: tuple[Section, ...] | None,
    agencies: tuple[AgencyMention, ...] | None,
) -> tuple[Responsibility, ...]:
    """Find the assignments of a text."""
    from parcc_nlp.extract.responsibilities import find_responsibilities  # noqa: PLC0415  see the top

    metadata = _find_metadata(source) if metadata is None else metadata
    return find_responsibilities(
        source,
        metadata=metadata,
        structure=_find_structure(source) if structure is None else structure,
        agencies=_find_agencies(source, metadata=metadata) if agencies is None else agencies,
    )


def _find_effects(
    source: NormalisedText,
    *,
    metadata: Metadata | None,
    structure: tuple[Section, ...] | None,
    citations: tuple[Citation, ...] | None,
) -> tuple[tuple[Effect, ...], tuple[Effect, ...]]:
    """Find what a document does to others, and what it says of them without changing them."""
    from parcc_nlp.extract.effects import find_effects  # noqa: PLC0415  see the top

    metadata = _find_metadata(source) if metadata is None else metadata
    found = find_effects(
        source,
        metadata=metadata,
        structure=_find_structure(source) if structure is None else structure,
        citations=_find_citations(source, metadata=metadata) if citations is None else citations,
    )
    return found.effects, found.relations


def _span(doc: Doc, start: int, end: int, *, label: str, span_id: str) -> Span | None:
    """Lay a stretch of the text on the tokens it touches; None for an empty stretch, which touches none."""
    if start >= end:
        return None
    return doc.char_span(start, end, label=label, span_id=span_id, alignment_mode="expand")


def _present(spans: Iterable[Span | None]) -> Iterator[Span]:
    """Leave out what could not be laid on tokens."""
    return (span for span in spans if span is not None)


# A Doc crosses process borders and goes to disk through msgpack, which knows no dataclass: what is stored are plain
# dicts and lists, and the values are made again when they are asked for.
def _set_metadata(doc: Doc, value: Metadata) -> None:
    """Store ``doc._.parcc_metadata``."""
    doc.user_data["parcc_metadata"] = asdict(value)


def _get_metadata(doc: Doc) -> Metadata | None:
    """Read ``doc._.parcc_metadata``."""
    stored = doc.user_data.get("parcc_metadata")
    return None if stored is None else _as_metadata(stored)


def _set_structure(doc: Doc, value: Iterable[Section]) -> None:
    """Store ``doc._.parcc_structure``, with the place of every eid."""
    units = [asdict(unit) for unit in value]
    doc.user_data["parcc_structure"] = {
        "units": units,
        "places": {unit["eid"]: place for place, unit in enumerate(units)},
    }


def _get_structure(doc: Doc) -> tuple[Section, ...] | None:
    """Read ``doc._.parcc_structure``."""
    stored = doc.user_data.get("parcc_structure")
    return None if stored is None else tuple(Section(**unit) for unit in stored["units"])


def _set_citations(doc: Doc, value: Iterable[Citation]) -> None:
    """Store ``doc._.parcc_citations``."""
    doc.user_data["parcc_citations"] = [asdict(citation) for citation in value]


def _get_citations(doc: Doc) -> tuple[Citation, ...] | None:
    """Read ``doc._.parcc_citations``."""
    stored = doc.user_data.get("parcc_citations")
    return None if stored is None else tuple(_as_citation(citation) for citation in stored)


def _set_targets(doc: Doc, value: Iterable[Target]) -> None:
    """Store ``doc._.parcc_targets``."""
    doc.user_data["parcc_targets"] = [asdict(target) for target in value]


def _get_targets(doc: Doc) -> tuple[Target, ...] | None:
    """Read ``doc._.parcc_targets``."""
    stored = doc.user_data.get("parcc_targets")
    return None if stored is None else tuple(_as_target(target) for target in stored)


def _set_agencies(doc: Doc, value: Iterable[AgencyMention]) -> None:
    """Store ``doc._.parcc_agencies``."""
    doc.user_data["parcc_agencies"] = [asdict(agency) for agency in value]


def _get_agencies(doc: Doc) -> tuple[AgencyMention, ...] | None:
    """Read ``doc._.parcc_agencies``."""
    stored = doc.user_data.get("parcc_agencies")
    return None if stored is None else tuple(AgencyMention(**agency) for agency in stored)


def _set_responsibilities(doc: Doc, value: Iterable[Responsibility]) -> None:
    """Store ``doc._.parcc_responsibilities``."""
    doc.user_data["parcc_responsibilities"] = [asdict(task) for task in value]


def _get_responsibilities(doc: Doc) -> tuple[Responsibility, ...] | None:
    """Read ``doc._.parcc_responsibilities``."""
    stored = doc.user_data.get("parcc_responsibilities")
    return None if stored is None else tuple(Responsibility(**task) for task in stored)


def _set_effects(doc: Doc, value: Iterable[Effect]) -> None:
    """Store ``doc._.parcc_effects``."""
    doc.user_data["parcc_effects"] = [asdict(effect) for effect in value]


def _get_effects(doc: Doc) -> tuple[Effect, ...] | None:
    """Read ``doc._.parcc_effects``."""
    stored = doc.user_data.get("parcc_effects")
    return None if stored is None else tuple(_as_effect(effect) for effect in stored)


def _set_relations(doc: Doc, value: Iterable[Effect]) -> None:
    """Store ``doc._.parcc_relations``."""
    doc.user_data["parcc_relations"] = [asdict(effect) for effect in value]


def _get_relations(doc: Doc) -> tuple[Effect, ...] | None:
    """Read ``doc._.parcc_relations``."""
    stored = doc.user_data.get("parcc_relations")
    return None if stored is None else tuple(_as_effect(effect) for effect in stored)


def _citation_of(span: Span) -> Citation | None:
    """Read ``span._.citation``: the citation that a span of ``doc.spans`` stands for; None for any other span."""
    stored = span.doc.user_data.get("parcc_citations", ())
    number = span.id_.removeprefix(_CITATION_ID)
    if number == span.id_ or not number.isdecimal() or not 0 < int(number) <= len(stored):
        return None
    return _as_citation(stored[int(number) - 1])


def _target_of(span: Span) -> Target | None:
    """Read ``span._.target``: the target that a span of ``doc.spans`` stands for; None for any other span."""
    stored = span.doc.user_data.get("parcc_targets", ())
    number = span.id_.removeprefix(_TARGET_ID)
    if number == span.id_ or not number.isdecimal() or not 0 < int(number) <= len(stored):
        return None
    return _as_target(stored[int(number) - 1])


def _agency_of(span: Span) -> AgencyMention | None:
    """Read ``span._.agency``: the mention that a span of ``doc.spans`` stands for; None for any other span."""
    stored = _stored_of(span, "parcc_agencies", _AGENCY_ID)
    return None if stored is None else AgencyMention(**stored)


def _responsibility_of(span: Span) -> Responsibility | None:
    """Read ``span._.responsibility``: the assignment that a span stands for; None for any other span."""
    stored = _stored_of(span, "parcc_responsibilities", _TASK_ID)
    return None if stored is None else Responsibility(**stored)


def _effect_of(span: Span) -> Effect | None:
    """Read ``span._.effect``: the effect that a span stands for; None for any other span."""
    stored = _stored_of(span, "parcc_effects", _EFFECT_ID)
    return None if stored is None else _as_effect(stored)


def _stored_of(span: Span, layer: str, prefix: str) -> dict[str, Any] | None:
    """Give what is stored of the value whose number a span's id carries."""
    stored: list[dict[str, Any]] = span.doc.user_data.get(layer, [])
    number = span.id_.removeprefix(prefix)
    if number == span.id_ or not number.isdecimal() or not 0 < int(number) <= len(stored):
        return None
    return stored[int(number) - 1]


def _section_of(span: Span) -> Section | None:
    """Read ``span._.section``: the unit that a span of ``doc.spans`` stands for; None for any other span."""
    stored = span.doc.user_data.get("parcc_structure")
    if stored is None or span.id_ not in stored["places"]:
        return None
    return Section(**stored["units"][stored["places"][span.id_]])


def _as_metadata(stored: dict[str, Any]) -> Metadata:
    """Make metadata of what was stored."""
    period = stored["period"]
    return Metadata(
        **{**stored, "recipients": tuple(stored["recipients"]), "period": None if period is None else Period(**period)}
    )


def _as_citation(stored: dict[str, Any]) -> Citation:
    """Make a citation of what was stored."""
    return Citation(
        **{
            **stored,
            "pinpoints": tuple(Pinpoint(**pinpoint) for pinpoint in stored["pinpoints"]),
            "candidates": tuple(stored["candidates"]),
        }
    )


def _as_effect(stored: dict[str, Any]) -> Effect:
    """Make an effect of what was stored."""
    return Effect(**{**stored, "parts": tuple(Pinpoint(**part) for part in stored["parts"])})


def _as_target(stored: dict[str, Any]) -> Target:
    """Make a target of what was stored."""
    sentence = stored["sentence"]
    return Target(
        **{
            **stored,
            "sentence": None if sentence is None else Stretch(**sentence),
            "responsible": tuple(stored["responsible"]),
            "part_of": None if stored["part_of"] is None else Stretch(**stored["part_of"]),
        }
    )
