"""What tests of reading may ask for."""

import pytest

from .making import Sheet


@pytest.fixture
def sheet():
    """An empty PDF to write on."""
    return Sheet()
