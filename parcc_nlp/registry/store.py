"""The registry's rows, read when they are asked for: shipped data, what an office added, what was known on a day.

A store lies over one or several layers (`parcc_nlp.registry.layers`). It decides which of several sources is believed
(`parcc_nlp.registry.precedence`) and keeps what it has read; it never changes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from parcc_nlp.model import Contradiction, Instrument
from parcc_nlp.registry.build import loose_key
from parcc_nlp.registry.identity import legal_class, number_key, number_parts
from parcc_nlp.registry.names import LAW_TYPES, name_key
from parcc_nlp.registry.parts import write_parts
from parcc_nlp.registry.precedence import DATES, Told, Weighed, is_known, rank_of, settled, weighed
from parcc_nlp.registry.wording import source_of, source_of_edge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.model import Confidence
    from parcc_nlp.registry.identity import LegalClass
    from parcc_nlp.registry.layers import Layer
    from parcc_nlp.registry.tables import Edge, FieldRow, Living, Reorganisation

__all__ = ["FIELDS", "Store"]

FIELDS = ("doc_type", "title", "issuer", "issued", "effective", "expires")
"""The fields of an instrument that several sources may tell."""
_KEPT_VIEWS = 16


class _Row:
    """What the layers hold of one instrument, weighed."""

    __slots__ = ("contradictions", "instrument", "legal_class", "perhaps_ended", "signed_between", "surveyed")

    def __init__(
        self, cells: tuple[Any, ...], instrument: Instrument, contradictions: tuple[Contradiction, ...]
    ) -> None:
        self.instrument = instrument
        self.contradictions = contradictions
        self.legal_class: LegalClass | None = cells[12]
        self.perhaps_ended: str | None = cells[13]
        self.surveyed = cells[14] == "1"
        self.signed_between: tuple[str | None, str | None] = (cells[15], cells[16])


class Store:
    """What is known of instruments, by id, by number, by name and by the ends of relations."""

    def __init__(
        self, layers: tuple[Layer, ...], *, known_on: str | None = None, apart_from: tuple[str, str] | None = None
    ) -> None:
        self.layers = layers
        self.known_on = known_on
        self.apart_from = apart_from
        """Number and signing date of a document whose căn cứ lines are no evidence here."""
        self.version = ", ".join(layer.version for layer in layers if layer.version)
        self._data_date = layers[0].date
        self._additions = tuple(layer for layer in layers if layer.has_additions)
        self._rows: dict[str, _Row | None] = {}
        self._edges: dict[str, tuple[tuple[Edge, ...], tuple[Edge, ...], tuple[tuple[Edge, Edge], ...]]] = {}
        self._sources: dict[str, tuple[Edge, ...]] = {}
        self._living: dict[str, tuple[Living, ...]] = {}
        self._words: dict[str, FieldRow | None] = {}
        self._numbers: dict[str, tuple[str, ...]] = {}
        self._loose: dict[str, tuple[str, ...]] = {}
        self._differences: dict[str, tuple[Contradiction, ...]] = {}
        self._views: dict[str, Store] = {}
        self._reorganisations: tuple[Reorganisation, ...] | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (self.layers, self.known_on, self.apart_from)

    def at(self, known_on: str | None) -> Store:
        """Give what was known on a day; all that is known for None."""
        if known_on == self.known_on:
            return self
        key = known_on or ""
        view = self._views.get(key)
        if view is None:
            if len(self._views) >= _KEPT_VIEWS:
                self._views.clear()
            view = self._views[key] = Store(self.layers, known_on=known_on, apart_from=self.apart_from)
        return view

    def without_uses_by(self, number: str, issued: str) -> Store:
        """Give the same data without what the căn cứ lines of one document show.

        Who asks whether a document rests on what is in force must not be answered that this document rests on it.
        """
        if not any(layer.has_uses_by(number, issued) for layer in self._additions):
            return self
        view = Store(self.layers, known_on=self.known_on, apart_from=(number, issued))
        # What does not rest on uses is read once for both.
        view._rows, view._edges, view._sources = self._rows, self._edges, self._sources
        view._numbers, view._loose, view._words = self._numbers, self._loose, self._words
        return view

    @property
    def date(self) -> str:
        """The day up to which the data reach."""
        return self._data_date if self.known_on is None else min(self._data_date, self.known_on)

    def reach(self, identity: str) -> str:
        """Give the day up to which the data reach for one instrument: a text read later tells of a later day."""
        if not self._additions:
            return self.date
        learned = [edge.learned for edge in self.into(identity) if edge.origin == "officer"]
        learned += [self._told_on(edge) for edge in self.into(identity) if edge.origin == "text"]
        learned += [row.learned for row in self.told(identity) if row.origin in {"officer", "text"}]
        return max([self.date, *learned])

    # Instruments

    def instrument(self, identity: str) -> Instrument | None:
        """Give the instrument with this id, as it is known."""
        row = self._row(identity)
        return row.instrument if row else None

    def instruments(self) -> Iterator[Instrument]:
        """Give every instrument, in the order of ids."""
        found = {cells[0]: cells for layer in reversed(self.layers) for cells in layer.instruments()}
        for identity in sorted(found):
            if identity not in self._rows:
                self._rows[identity] = self._made(found[identity])
            row = self._rows[identity]
            if row is not None:
                yield row.instrument

    def __len__(self) -> int:
        if self.known_on is not None:
            return sum(1 for _ in self.instruments())
        return len({identity for layer in self.layers for identity in layer.ids()})

    def bearers(self, number: str) -> tuple[str, ...]:
        """List the instruments of a number, compared exactly."""
        return self.of_key(number_key(number))

    def of_key(self, key: str) -> tuple[str, ...]:
        """List the instruments of a number's key."""
        found = self._numbers.get(key)
        if found is None:
            ids = sorted({identity for layer in self.layers for identity in layer.by_number(key)})
            found = self._numbers[key] = tuple(identity for identity in ids if self._row(identity))
        return found

    def of_loose_key(self, key: str) -> tuple[str, ...]:
        """List the instruments of a number's key, blind to its separators."""
        loose = loose_key(key)
        found = self._loose.get(loose)
        if found is None:
            ids = sorted({identity for layer in self.layers for identity in layer.by_loose(loose)})
            found = self._loose[loose] = tuple(identity for identity in ids if self._row(identity))
        return found

    def laws_of(self, key: str) -> list[str]:
        """List the laws, codes and ordinances of exactly this name."""
        ids = sorted({identity for layer in self.layers for identity in layer.by_name(key)})
        return [identity for identity in ids if self._bears_name(identity, key)]

    def law_names(self) -> set[str]:
        """List the keys of all names of laws."""
        return {key for layer in self.layers for key in layer.names()}

    def _bears_name(self, identity: str, key: str) -> bool:
        instrument = self.instrument(identity)
        return bool(
            instrument
            and instrument.title
            and instrument.doc_type in LAW_TYPES
            and (not self._additions or name_key(instrument.title) == key)
        )

    def legal_class(self, identity: str) -> LegalClass | None:
        """Give the legal class of an instrument (normative, administrative, party, consolidated)."""
        row = self._row(identity)
        return row.legal_class if row else None

    def perhaps_ended(self, identity: str) -> str | None:
        """Give the day from which an instrument may have ended, by a date that nobody read in a clause."""
        row = self._row(identity)
        return row.perhaps_ended if row else None

    def signed_between(self, identity: str) -> tuple[str | None, str | None]:
        """Bound the signing date of an instrument by those of the neighbouring numbers of its series."""
        row = self._row(identity)
        return row.signed_between if row else (None, None)

    def is_surveyed(self, identity: str) -> bool:
        """Say whether somebody looked in 2025-2026 texts for what ended this instrument."""
        row = self._row(identity)
        return row is not None and row.surveyed

    # Relations

    def into(self, identity: str) -> tuple[Edge, ...]:
        """List what is verified to be done to an instrument, as far as it is known and believed."""
        return self._weighed_edges(identity)[0]

    def leads_into(self, identity: str) -> tuple[Edge, ...]:
        """List what is only said to be done to an instrument, and decides nothing."""
        return self._weighed_edges(identity)[1]

    def out_of(self, identity: str) -> tuple[Edge, ...]:
        """List what is verified that an instrument does to others."""
        found = self._sources.get(identity)
        if found is None:
            targets = {edge.target for layer in self.layers for edge in layer.out_of(identity)}
            found = self._sources[identity] = tuple(
                edge for target in sorted(targets) for edge in self.into(target) if edge.source == identity
            )
        return found

    def all_into(self, identity: str) -> tuple[Edge, ...]:
        """List every row on what is done to an instrument: leads, contradicted and withdrawn ones, too."""
        return tuple(edge for layer in self.layers for edge in layer.into(identity))

    def living(self, identity: str) -> tuple[Living, ...]:
        """List the days on which sources show an instrument in force.

        That one document rests on it may be a slip: of the uses an office found, the last day counts on which at least
        two documents had been signed, as in the shipped data.
        """
        found = self._living.get(identity)
        if found is None:
            rows = [
                row
                for layer in self.layers
                for row in layer.living(identity)
                if is_known(row.learned, row.withdrawn, self.known_on) and not self._is_apart(row)
            ]
            found = self._living[identity] = tuple(row for row in rows if _counts(row, rows))
        return found

    def _is_apart(self, row: Living) -> bool:
        """Say whether a use was found in the document that is left out; the shipped data rest on two documents each."""
        return row.kind == "basis" and row.origin != "shipped" and (row.source, row.date) == self.apart_from

    # What sources tell

    def told(self, identity: str) -> tuple[FieldRow, ...]:
        """List what was added on the fields of an instrument, as far as it is known."""
        return tuple(
            row
            for layer in self._additions
            for row in layer.fields(identity)
            if is_known(row.learned, row.withdrawn, self.known_on)
        )

    def word_on(self, identity: str) -> FieldRow | None:
        """Give an officer's last word on whether an instrument is in force."""
        if not self._additions:
            return None
        if identity not in self._words:
            told = [row for row in self.told(identity) if row.origin == "officer"]
            words = [row for row in told if row.field == "status"]
            # The day of its end is a word on the instrument, too.
            words += [
                row._replace(value="expired", since=row.value) for row in told if row.field == "expires" and row.value
            ]
            self._words[identity] = max(words, key=_when_said, default=None)
        return self._words[identity]

    def contradictions(self, identity: str) -> tuple[Contradiction, ...]:
        """List where sources differ on an instrument: its fields, what is done to it and what it does."""
        found = self._differences.get(identity)
        if found is None:
            found = self._differences[identity] = self._all_differences(identity)
        return found

    def _all_differences(self, identity: str) -> tuple[Contradiction, ...]:
        row = self._row(identity)
        if row is None:
            return ()
        found = list(row.contradictions)
        found += [self._relation_contradiction(identity, *pair) for pair in self._weighed_edges(identity)[2]]
        for target in sorted({edge.target for layer in self._additions for edge in layer.out_of(identity)}):
            found += [
                self._relation_contradiction(identity, *pair)
                for pair in self._weighed_edges(target)[2]
                if pair[0].source == identity
            ]
        for layer in self.layers:
            for clash in layer.clashes(identity):
                if is_known(clash.learned, None, self.known_on):
                    found.append(Contradiction(identity, *clash[1:6]))
            for one in layer.disagreements(identity):
                kept, kept_from = one.kept, one.kept_from or ""
                found.append(Contradiction(identity, one.field, kept, kept_from, one.other, one.other_from or ""))
        return tuple(sorted(set(found), key=_contradiction_order))

    def reorganisations(self) -> tuple[Reorganisation, ...]:
        """List the agencies and units renamed, merged, ended."""
        if self._reorganisations is None:
            self._reorganisations = tuple(row for layer in self.layers for row in layer.reorganisations())
        return self._reorganisations

    # Inside

    def _row(self, identity: str) -> _Row | None:
        if identity in self._rows:
            return self._rows[identity]
        cells = next((found for layer in self.layers if (found := layer.instrument(identity))), None)
        row = self._rows[identity] = self._made(cells) if cells else None
        return row

    def _made(self, cells: tuple[Any, ...]) -> _Row | None:
        """Make an instrument of its row and of what was added on its fields."""
        origin, name, learned = cells[17:20]
        if not is_known(learned, None, self.known_on):
            return None
        plain = Instrument(*cells[:12])
        told = self.told(plain.id) if self._additions else ()
        shifted = self._shifted(plain.id)
        if not told and shifted is None:
            return _Row(cells, plain, ())
        own = rank_of(origin, plain.confidence)
        source = source_of(origin, name or plain.source, None)
        contradictions: list[Contradiction] = []
        values: dict[str, Any] = {}
        for field in FIELDS:
            sources = [Told(getattr(plain, field), own, source, learned)]
            sources += [
                Told(row.value, rank_of(row.origin, row.confidence), _named(row), row.learned)
                for row in told
                if row.field == field and _may_tell(row, cells)
            ]
            result = weighed(field, sources)
            if field == "effective" and shifted is not None:
                result = _moved(result, sources, shifted)
            values[field] = result.value
            contradictions += _contradictions(plain.id, field, result)
        trusted: Confidence = "verified" if any(row.field == "confidence" for row in told) else plain.confidence
        made = replace(plain, confidence=trusted, **values)
        row = _Row(cells, made, tuple(contradictions))
        row.legal_class = legal_class(made.number, made.doc_type)
        return row

    def _shifted(self, identity: str) -> Edge | None:
        """Give the relation by which another act moved the day an instrument takes effect, where an office added it.

        The shipped data have applied theirs; they are obeyed here where a text's own date would speak against them.
        """
        if not self._additions:
            return None
        moves = [edge for edge in self.into(identity) if edge.kind == "date_shift" and edge.effective]
        return max(moves, key=_when_moved, default=None)

    def _told_on(self, edge: Edge) -> str:
        """Give the day of which an acting text tells: that of its signing, not the one on which somebody read it."""
        source = self.instrument(edge.source)
        return min(edge.learned, source.issued or "") if source else ""

    def _weighed_edges(self, identity: str) -> tuple[tuple[Edge, ...], tuple[Edge, ...], tuple[tuple[Edge, Edge], ...]]:
        found = self._edges.get(identity)
        if found is None:
            known = [
                edge
                for layer in self.layers
                for edge in layer.into(identity)
                if is_known(edge.learned, edge.withdrawn, self.known_on)
            ]
            standing, contradicting = settled(known)
            found = self._edges[identity] = (
                tuple(edge for edge in standing if not edge.lead),
                tuple(edge for edge in standing if edge.lead),
                tuple(contradicting),
            )
        return found

    def _relation_contradiction(self, identity: str, kept: Edge, other: Edge) -> Contradiction:
        facing = kept.target if kept.source == identity else kept.source
        instrument = self.instrument(facing)
        number = (instrument.number if instrument else None) or facing
        by = f"{kept.kind} {number}" if kept.source == identity else f"{kept.kind} ← {number}"
        return Contradiction(identity, by, _told_by(kept), source_of_edge(kept), _told_by(other), source_of_edge(other))


def _contradiction_order(one: Contradiction) -> tuple[str, ...]:
    return one.field, one.kept or "", one.kept_from, one.other or "", one.other_from


def _told_by(edge: Edge) -> str | None:
    """Say what a relation tells: its day and the provisions it touches; nothing where it is only a lead."""
    if edge.lead:
        return None
    return " ".join(word for word in (edge.effective, write_parts(edge.parts)) if word) or None


def _restored(layers: tuple[Layer, ...], known_on: str | None, apart_from: tuple[str, str] | None) -> Store:
    return Store(layers, known_on=known_on, apart_from=apart_from)


def _named(row: FieldRow) -> str:
    return source_of(row.origin, row.name, row.place)


def _may_tell(row: FieldRow, cells: tuple[Any, ...]) -> bool:
    """Say whether a source may tell a field at all.

    What nobody verified tells none. A document that merely cites an instrument tells its identity only, and no date of
    signing that the neighbouring numbers of its series do not allow.
    """
    if row.confidence == "unverified":
        return False
    if row.field == "issued" and row.value is not None and row.origin != "officer":
        # The year of the number is that of signing; another is a slip.
        year = number_parts(cells[1]).year if cells[1] else None
        if year is not None and not row.value.startswith(str(year)):
            return False
    if row.origin != "citation" or row.field not in DATES:
        return True
    first, last = cells[15] or "", cells[16] or "9999"
    return row.field == "issued" and row.value is not None and first <= row.value <= last


def _moved(result: Weighed, sources: list[Told], shifted: Edge) -> Weighed:
    """Obey an act that moved a day, unless an officer has spoken."""
    officer = rank_of("officer", "")
    if any(one.rank == officer for one in sources) or result.value == shifted.effective:
        return result
    others = [one for one in sources if one.value is not None and one.value != shifted.effective]
    return Weighed(shifted.effective, source_of_edge(shifted), tuple(others))


def _contradictions(identity: str, field: str, result: Weighed) -> list[Contradiction]:
    return [
        Contradiction(identity, field, result.value, result.source, other.value, other.source)
        for other in result.others
    ]


def _counts(row: Living, rows: list[Living]) -> bool:
    """Say whether a day counts: a statement does, a use where another document was signed that day or later."""
    if row.kind == "statement" or row.origin in {"shipped", "officer"}:
        return True
    return any(other.source != row.source and other.date >= row.date for other in rows)


def _when_said(row: FieldRow) -> tuple[str, str]:
    return row.learned, row.id


def _when_moved(edge: Edge) -> tuple[str, str]:
    return edge.learned, cast("str", edge.effective)
