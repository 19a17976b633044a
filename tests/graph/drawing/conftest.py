"""The graphs that are drawn."""

import pytest

from .plans import plan, told


@pytest.fixture
def graph():
    """Plan → law (basis, replaced from 01/3/2025), decree (cited with its Điều 5), an unknown directive; tasks, targets."""
    return plan()


@pytest.fixture
def statuses():
    """Status on the day of signing and later, as a registry would give it."""
    return told()
