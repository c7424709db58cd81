import pytest
from django.test import Client


@pytest.fixture
def client_of():
    """Return a maker of browsers that nobody knows."""
    return Client
