"""What of a graph goes on one sheet of paper: boxes in columns and the lines between them.

In the middle the documents with the agencies they give tasks to; to the left what they cite and nothing is known to
have acted on; to the right what has been acted on, and beside it what did so. How much is told is a matter of `Detail`:
of a small graph everything, of a large one names, then lists, then the beginnings of lists.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from parcc_nlp.graph.drawing.families import FAMILIES, Family, family_of
from parcc_nlp.graph.drawing.labels import box_lines, one_line, wrapped
from parcc_nlp.graph.drawing.statuses import SIGNS, standing
from parcc_nlp.graph.drawing.wording import legible, shortened, word_or, words, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from parcc_nlp.graph.drawing.statuses import Statuses
    from parcc_nlp.graph.drawing.wording import Language
    from parcc_nlp.graph.legal_graph import LegalGraph
    from parcc_nlp.graph.values import Edge, EdgeKind, Node, NodeKind

__all__ = ["DETAILS", "Arrow", "Box", "Detail", "Line", "Picture", "condensed"]

Style = Literal["document", "instrument", "heading", "plain"]


class Line(NamedTuple):
    """A line of text in a box; `sign` is set before it in a letter that has it."""

    text: str
    sign: str = ""
    weight: Literal["bold", "normal", "small"] = "normal"


@dataclass(frozen=True, slots=True)
class Box:
    """A box: what is written in it, and the status that gives it its colour and border."""

    id: str
    style: Style
    lines: tuple[Line, ...]
    standing: str | None = None


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line between boxes. `inner` is the end nearer to the middle, whichever way the arrow points."""

    inner: str
    outer: str
    family: Family
    outwards: bool = True
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """Columns of boxes, each from top to bottom, the lines between them, and what stands above and below."""

    title: str
    subtitle: str
    note: str
    left: tuple[Box, ...]
    middle: tuple[Box, ...]
    right: tuple[Box, ...]
    far: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


@dataclass(frozen=True, slots=True)
class Detail:
    """How much is told.

    Which instruments with their `titles`; whether those of the left column with the number of acts on them (`counts`);
    whether what only changed an instrument has a box of its own (`all_acts`) or is counted; whether the left column is
    `listed` by status; how many `documents` may have boxes of their own; and at most how many items a list, acts an
    instrument, and names of agencies a role.
    """

    titles: Literal["all", "acted_on", "none"] = "none"
    counts: bool = False
    all_acts: bool = False
    listed: bool = False
    documents: int = 6
    most: int | None = None
    acts: int | None = None
    names: int | None = None


DETAILS: tuple[Detail, ...] = (
    Detail(titles="all", counts=True, all_acts=True),
    Detail(titles="all", counts=True),
    Detail(titles="acted_on", counts=True),
    Detail(titles="acted_on"),
    Detail(titles="acted_on", names=12),
    Detail(names=12),
    Detail(titles="acted_on", listed=True, acts=4),
    Detail(listed=True, acts=4, names=8),
    Detail(listed=True, documents=4, most=24, acts=3, names=6),
    Detail(listed=True, documents=2, most=12, acts=2, names=4),
    Detail(listed=True, documents=2, most=12, acts=1, names=4),
    Detail(listed=True, documents=1, most=9, acts=1, names=4),
    Detail(listed=True, documents=1, most=7, acts=1, names=3),
    Detail(listed=True, documents=1, most=4, acts=1, names=3),
)
"""From the most that can be told to the least."""

_NAME, _CLAUSE, _LIST, _LONG = 31, 26, 36, 46
"""Characters in a line: of a name, of what is written at a line, of small print, of a list."""
_TITLE_LINES = 5
_CHAIN = 3
"""How many replacements are followed, each replacing the one before."""
_ROLES = ("lead", "implement", "coordinate", "report_to")
_LOUDEST = ("expired", "partly_expired", "suspended", "not_yet", "amended", "not_known", "in_force")
_GROUPS: Mapping[Family, str] = {"basis": "group_basis", "cites": "group_cited"}
_COUNTED: tuple[NodeKind, ...] = ("target", "task")
_ACTS = frozenset({"ends", "changes"})
_STRONGEST: tuple[EdgeKind, ...] = ("replaces", "repeals", "suspends", "partially_repeals")


class _Sheet(NamedTuple):
    """What a picture is made of: the graph as it was on the day, and how it is told."""

    graph: LegalGraph
    on: str
    statuses: Statuses
    detail: Detail
    lang: Language
    centres: tuple[str, ...]


class _Act(NamedTuple):
    """What one instrument does to another, provisions of either counted with the whole."""

    source: str
    edges: tuple[Edge, ...]


class _Beside(NamedTuple):
    """An instrument beside the documents: how it is connected to them, and what ended or changed it."""

    node: Node
    family: Family
    outwards: bool
    ways: tuple[Edge, ...]
    acts: tuple[_Act, ...]
    others: tuple[_Act, ...]


def condensed(  # noqa: PLR0913 - a picture is settled by these six things
    graph: LegalGraph, centres: Sequence[str], *, on: str, statuses: Statuses, detail: Detail, lang: Language
) -> Picture:
    """Lay out what of a graph goes on a sheet.

    Parameters
    ----------
    graph
        The graph as it was on the day.
    centres
        Ids of what stands in the middle; one that is not there on the day is left out.
    on
        The day.
    statuses
        By day, the status of nodes.
    detail
        How much is told.
    lang
        Language of the words.
    """
    sheet = _Sheet(graph, on, statuses, detail, lang, tuple(one for one in centres if one in graph))
    beside = _beside(sheet)
    acted = sorted((one for one in beside if one.acts), key=_Loudness(sheet))
    plain = [one for one in beside if not one.acts]
    told = acted[: detail.most]
    middle, inner = _middle(sheet)
    left = (
        _lists(sheet, plain)
        if detail.listed
        else _column(sheet, plain, titles=detail.titles == "all", counts=detail.counts)
    )
    right = _column(sheet, told, titles=detail.titles != "none", counts=True)
    if len(told) < len(acted):
        right = (*right, _plain_box("more_acted", words("and_more", lang, count=len(acted) - len(told))))
    placed = {box.id for box in (*left, *middle, *right)}
    acts = list(_shown_acts(sheet, [*sheet.centres, *(one.node.id for one in told)]))
    far = dict.fromkeys(act.source for _, act in acts if act.source not in placed)
    return Picture(
        title=_title(sheet),
        subtitle=words("picture_day", lang, day=written(on)),
        note=words("picture_note", lang),
        left=left,
        middle=middle,
        right=right,
        far=tuple(_instrument_box(sheet, one, titles=detail.titles != "none", later=True) for one in far),
        arrows=tuple(
            dict.fromkeys(
                (
                    *(Arrow(middle[0].id, box.id, "assigns") for box in middle if box.id.startswith("role_")),
                    *_list_arrows(sheet, plain, inner),
                    *(arrow for one in (*plain, *told) for arrow in _ways(sheet, one, inner) if arrow.outer in placed),
                    *(_act_arrow(sheet, inner.get(target, target), act) for target, act in acts),
                )
            )
        ),
    )


def _beside(sheet: _Sheet) -> list[_Beside]:
    """Find the instruments that a line joins to a document in the middle, in the order of the text."""
    outwards: dict[str, list[Edge]] = {}
    inwards: dict[str, list[Edge]] = {}
    for centre in sheet.centres:
        for edge in sheet.graph.out_of(centre):
            _keep(outwards, sheet, edge.target, edge)
        for edge in sheet.graph.into(centre):
            if family_of(edge.kind) not in _ACTS:
                _keep(inwards, sheet, edge.source, edge)
    return [
        *(_beside_one(sheet, one, edges, outwards=True) for one, edges in outwards.items()),
        *(_beside_one(sheet, one, edges, outwards=False) for one, edges in inwards.items() if one not in outwards),
    ]


def _keep(found: dict[str, list[Edge]], sheet: _Sheet, end: str, edge: Edge) -> None:
    """Keep an edge by the instrument at its other end, provisions counted with the whole."""
    whole = end.partition("#")[0]
    if whole in sheet.graph and whole not in sheet.centres and sheet.graph.node(whole).kind == "instrument":
        found.setdefault(whole, []).append(edge)


def _beside_one(sheet: _Sheet, one: str, ways: Sequence[Edge], *, outwards: bool) -> _Beside:
    acts = _acts_on(sheet, one)
    boxed = _boxed(sheet, acts)
    others = tuple(act for act in acts if act not in boxed)
    return _Beside(sheet.graph.node(one), _family(ways), outwards, tuple(ways), boxed, others)


def _boxed(sheet: _Sheet, acts: Sequence[_Act]) -> tuple[_Act, ...]:
    """Give the acts that have a box of their own; the others are only counted."""
    wanted = acts if sheet.detail.all_acts else [act for act in acts if _family(act.edges) == "ends"]
    return tuple(wanted[: sheet.detail.acts])


def _acts_on(sheet: _Sheet, target: str) -> tuple[_Act, ...]:
    """Find what ended or changed an instrument, by the instrument that did, what ended it first."""
    by_source: dict[str, list[Edge]] = {}
    for edge in sheet.graph.into(target):
        if family_of(edge.kind) in _ACTS and edge.source not in sheet.centres:
            by_source.setdefault(edge.source, []).append(edge)
    acts = (_Act(source, tuple(edges)) for source, edges in by_source.items())
    return tuple(sorted(acts, key=_first_family))


def _family(edges: Iterable[Edge]) -> Family:
    """Give the family of several edges drawn as one line: that which comes first."""
    families = {family_of(edge.kind) for edge in edges}
    return next(family for family in FAMILIES if family in families)


def _first_family(act: _Act) -> int:
    return FAMILIES.index(_family(act.edges))


class _Loudness:
    """The order in which instruments are told: those that no longer hold first, of these those cited most."""

    __slots__ = ("_sheet",)

    def __init__(self, sheet: _Sheet) -> None:
        self._sheet = sheet

    def __call__(self, one: _Beside) -> tuple[int, int]:
        status = standing(one.node, self._sheet.on, self._sheet.statuses)
        return _LOUDEST.index(status) if status in _LOUDEST else len(_LOUDEST), -len(one.ways)


def _shown_acts(sheet: _Sheet, begin: Iterable[str]) -> Iterator[tuple[str, _Act]]:
    """Give what acted on some instruments and is drawn."""
    for target in begin:
        for act in _boxed(sheet, _acts_on(sheet, target)):
            yield target, act


def _later_ends(sheet: _Sheet, one: str) -> Iterator[Line]:
    """Tell what ended an instrument that ended another, and what ended that in turn."""
    seen, wave = {one}, [one]
    for _ in range(_CHAIN):
        acts = [act for target in wave for act in _acts_on(sheet, target) if _family(act.edges) == "ends"]
        wave = []
        for act in acts:
            if act.source in seen:
                continue
            seen.add(act.source)
            wave.append(act.source)
            ends = [edge for edge in act.edges if family_of(edge.kind) == "ends"]
            told = f"{'; '.join(_done(sheet, ends, 'by'))} {legible(sheet.graph.node(act.source).label)}"
            sign = SIGNS[standing(sheet.graph.node(act.source), sheet.on, sheet.statuses) or "not_known"]
            first, *rest = wrapped(told, _LIST, 3)
            yield Line(first, sign, "small")
            yield from (Line(line, weight="small") for line in rest)


def _done(sheet: _Sheet, edges: Iterable[Edge], direction: Literal["rel", "by"]) -> list[str]:
    """Word what was done, that of the same day together: "bãi bỏ một phần từ 19/02/2025", "thay thế từ 01/4/2025"."""
    verbs: dict[str | None, dict[str, None]] = {}
    for edge in sorted(edges, key=_day_of):
        verbs.setdefault(edge.since, {})[words(f"{direction}_{edge.kind}", sheet.lang)] = None
    made: list[str] = []
    for day, done in verbs.items():
        since = words("since_day", sheet.lang, day=written(day)) if day else ""
        parts = ("; ".join(done), since) if direction == "rel" else (since, "; ".join(done))
        made.append(" ".join(part for part in parts if part))
    return made


def _day_of(edge: Edge) -> str:
    return edge.since or ""


def _middle(sheet: _Sheet) -> tuple[tuple[Box, ...], dict[str, str]]:
    """Lay out the documents, their agencies by role, and the number of targets and tasks.

    Returns
    -------
    tuple
        The boxes, and for each document the box it stands in.
    """
    if not sheet.centres:
        return (_plain_box("nothing", words("empty_before", sheet.lang)),), {}
    if len(sheet.centres) <= sheet.detail.documents:
        documents = tuple(_document_box(sheet, one) for one in sheet.centres)
        inner = {one: one for one in sheet.centres}
    else:
        documents = (_document_list(sheet),)
        inner = dict.fromkeys(sheet.centres, documents[0].id)
    return (*documents, *_role_boxes(sheet), *_count_box(sheet)), inner


def _document_box(sheet: _Sheet, one: str) -> Box:
    node = sheet.graph.node(one)
    name, *rest = box_lines(node, width=_NAME, most=3)
    lines = [Line(name, "★", "bold"), *(Line(line, weight="bold") for line in rest)]
    lines += [Line(line, weight="small") for line in _signed(node, sheet.lang)]
    status = standing(node, sheet.on, sheet.statuses)
    if status:
        lines.append(Line(words(f"status_{status}", sheet.lang), SIGNS[status], "small"))
    most = _TITLE_LINES if sheet.detail.titles != "none" else 2
    lines += [Line(line, weight="small") for line in wrapped(str(node.get("title") or ""), _LIST, most)]
    return Box(one, "document", tuple(lines))


def _document_list(sheet: _Sheet) -> Box:
    shown = sheet.centres[: sheet.detail.most or len(sheet.centres)]
    lines = [Line(words("documents_count", sheet.lang, count=len(sheet.centres)), "★", "bold")]
    lines += [Line(one_line(sheet.graph.node(one), width=_LIST), weight="small") for one in shown]
    if len(shown) < len(sheet.centres):
        lines.append(Line(words("and_more", sheet.lang, count=len(sheet.centres) - len(shown)), weight="small"))
    return Box("documents", "document", tuple(lines))


def _role_boxes(sheet: _Sheet) -> Iterator[Box]:
    """Lay out the agencies by their role, those with most tasks first."""
    given: dict[str, Counter[str]] = {}
    for edge in sheet.graph.edges("assigns"):
        given.setdefault(str(edge.get("role") or ""), Counter())[edge.target] += 1
    for role in sorted(given, key=_role_order):
        most = given[role].most_common()
        shown = most[: sheet.detail.names]
        lines = [Line(f"{word_or(f'role_{role}', legible(role), sheet.lang)} ({len(most)})", weight="bold")]
        for agency, count in shown:
            name = shortened(legible(sheet.graph.node(agency).label), _LIST)
            lines.append(Line(f"{name} ({count})" if count > 1 else name, weight="small"))
        if len(shown) < len(most):
            lines.append(Line(words("and_more_agencies", sheet.lang, count=len(most) - len(shown)), weight="small"))
        yield Box(f"role_{role}", "plain", tuple(lines))


def _role_order(role: str) -> tuple[int, str]:
    return (_ROLES.index(role) if role in _ROLES else len(_ROLES), role)


def _count_box(sheet: _Sheet) -> Iterator[Box]:
    targets, tasks = (sum(1 for _ in sheet.graph.nodes(kind)) for kind in _COUNTED)
    if targets or tasks:
        yield _plain_box("counts", words("targets_and_tasks", sheet.lang, targets=targets, tasks=tasks))


def _plain_box(name: str, text: str) -> Box:
    return Box(name, "plain", (Line(text),))


def _column(sheet: _Sheet, beside: Sequence[_Beside], *, titles: bool, counts: bool) -> tuple[Box, ...]:
    """Lay out instruments one below the other, under the name of what they are to the documents."""
    made: list[Box] = []
    for family in FAMILIES:
        group = [one for one in beside if one.family == family]
        if group:
            side = "right" if group[0].acts else "left"
            heading = words(_GROUPS.get(family, "group_instruments"), sheet.lang)
            made.append(Box(f"heading_{side}_{family}", "heading", (Line(f"{heading} ({len(group)})"),)))
            made += (
                _instrument_box(sheet, one.node.id, titles=titles, others=one.others if counts else ()) for one in group
            )
    return tuple(made)


def _instrument_box(sheet: _Sheet, one: str, *, titles: bool, others: Sequence[_Act] = (), later: bool = False) -> Box:
    node = sheet.graph.node(one)
    status = standing(node, sheet.on, sheet.statuses)
    name, *rest = box_lines(node, width=_NAME, most=3)
    lines = [Line(name, SIGNS[status] if status else "", "bold"), *(Line(line, weight="bold") for line in rest)]
    title = legible(str(node.get("title") or ""))
    if titles and title and title not in node.label:
        lines += [Line(line, weight="small") for line in wrapped(title, _LIST, 1)]
    if others:
        key = "more_ends" if any(_family(act.edges) == "ends" for act in others) else "changed_by"
        lines.append(Line(words(key, sheet.lang, count=len(others)), weight="small"))
    if later:
        lines += _later_ends(sheet, one)
    return Box(one, "instrument", tuple(lines), status)


def _lists(sheet: _Sheet, beside: Sequence[_Beside]) -> tuple[Box, ...]:
    """Lay out instruments as one list a status."""
    made: list[Box] = []
    for status in _LOUDEST:
        group = [one for one in beside if standing(one.node, sheet.on, sheet.statuses) == status]
        shown = group[: sheet.detail.most]
        if group:
            head = f"{words(f'status_{status}', sheet.lang)} ({len(group)})"
            lines = [Line(head[:1].upper() + head[1:], SIGNS[status], "bold")]
            lines += [Line(_item(sheet, one), weight="small") for one in shown]
            if len(shown) < len(group):
                lines.append(Line(words("and_more", sheet.lang, count=len(group) - len(shown)), weight="small"))
            made.append(Box(f"list_{status}", "instrument", tuple(lines), status))
    return tuple(made)


def _item(sheet: _Sheet, one: _Beside) -> str:
    """Name an instrument of a list; a legal basis is told as such."""
    mark = f" ({words('rel_based_on', sheet.lang)})" if one.family == "basis" else ""
    return one_line(one.node, width=_LONG - len(mark)) + mark


def _list_arrows(sheet: _Sheet, plain: Sequence[_Beside], inner: Mapping[str, str]) -> Iterator[Arrow]:
    """Draw one line from each document to each list with something that it cites."""
    if not sheet.detail.listed:
        return
    for one in plain:
        status = standing(one.node, sheet.on, sheet.statuses)
        for centre in _centres_of_ways(one, inner):
            yield Arrow(inner[centre], f"list_{status}", "cites", one.outwards)


def _ways(sheet: _Sheet, one: _Beside, inner: Mapping[str, str]) -> Iterator[Arrow]:
    """Draw the lines between an instrument and the documents, with the provisions that they name."""
    for centre in _centres_of_ways(one, inner):
        edges = [edge for edge in one.ways if centre in {edge.source, edge.target}]
        ends = dict.fromkeys(edge.target for edge in edges if "#" in edge.target)
        named = ", ".join(legible(sheet.graph.node(end).label) for end in ends)
        lines = wrapped(named, _CLAUSE, 2) if named else ()
        yield Arrow(inner[centre], one.node.id, _family(edges), one.outwards, lines)


def _centres_of_ways(one: _Beside, inner: Mapping[str, str]) -> tuple[str, ...]:
    ends = (edge.source if one.outwards else edge.target for edge in one.ways)
    return tuple(dict.fromkeys(end for end in ends if end in inner))


def _act_arrow(sheet: _Sheet, target: str, act: _Act) -> Arrow:
    """Draw what an instrument did to another: the words for it, from when, and by which clause."""
    strongest = min(act.edges, key=_strength)
    clause = str(strongest.get("clause") or "") if sheet.detail.titles != "none" else ""
    done = (line for told in _done(sheet, act.edges, "rel") for line in wrapped(told, _CLAUSE, 3))
    return Arrow(target, act.source, _family(act.edges), outwards=False, lines=(*done, *wrapped(clause, _CLAUSE, 2)))


def _strength(edge: Edge) -> tuple[int, str]:
    """Order what was done to an instrument: what ended the whole before what ended a part or changed it."""
    return (_STRONGEST.index(edge.kind) if edge.kind in _STRONGEST else len(_STRONGEST), edge.since or "")


def _title(sheet: _Sheet) -> str:
    if len(sheet.centres) == 1:
        return words("title_one", sheet.lang, name=legible(sheet.graph.node(sheet.centres[0]).label))
    return (
        words("title_many", sheet.lang, count=len(sheet.centres)) if sheet.centres else words("title_none", sheet.lang)
    )


def _signed(node: Node, lang: Language) -> tuple[str, ...]:
    issued = node.get("issued")
    return (f"{words('fact_issued', lang)} {written(issued)}",) if isinstance(issued, str) else ()
