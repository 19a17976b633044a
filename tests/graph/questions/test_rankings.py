"""Most cited, orphaned, unknown, oldest."""

import pytest

from parcc_nlp.graph.questions.rankings import most_cited, oldest_in_force, orphans, unknown_instruments
from parcc_nlp.model import Status


def ranked(found):
    return [(one.instrument.id, one.documents, one.mentions) for one in found]


@pytest.fixture
def graph(draw):
    return draw(
        "law issued=2015-01-01",
        "decree issued=2010-01-01",
        "letter known=no",
        "plan issued=2025-01-01",
        "plan based_on law document=plan start=1",
        "plan cites law document=plan start=50",
        "plan cites law#dieu_5 document=plan start=50",
        "law#dieu_5 part_of law",
        "report cites law document=report start=3",
        "report cites decree document=report start=9",
        "report cites letter document=report start=12",
        "report cites report start=20",
        "new replaces decree",
    )


def test_the_most_cited_by_documents_and_places(graph):
    assert ranked(most_cited(graph)) == [("law", 2, 3), ("decree", 1, 1), ("letter", 1, 1)]
    assert ranked(most_cited(graph, most=1)) == [("law", 2, 3)]
    assert len(most_cited(graph, most=None)) == 3


def test_the_unknown(graph):
    assert ranked(unknown_instruments(graph)) == [("letter", 1, 1)]


def test_the_orphaned_by_date(graph):
    assert [node.id for node in orphans(graph)] == ["plan", "new", "report"]
    assert [node.id for node in orphans(graph, read=True)] == ["plan", "report"]


class Knows:
    """A registry in which one instrument is in force and one is not."""

    def __init__(self, **statuses):
        self.statuses, self.asked = statuses, []

    def status(self, instrument, /, *, on):
        self.asked.append(instrument.id)
        return Status(None, None, None, None, None, on, self.statuses.get(instrument.id, "not_known"), "stated")


def test_the_oldest_that_are_still_in_force(graph):
    registry = Knows(decree="expired", law="partly_expired")
    found = oldest_in_force(graph, registry=registry, on="2026-11-23")
    assert [(one.instrument.id, one.documents, one.status.status) for one in found] == [("law", 2, "partly_expired")]


def test_the_registry_is_asked_from_the_oldest_until_there_are_enough(graph):
    registry = Knows(decree="in_force", law="in_force")
    oldest_in_force(graph, registry=registry, on="2026-11-23", most=1)
    assert registry.asked == ["decree"]
