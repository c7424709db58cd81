import pytest

from articles.jurisdictions import touches


@pytest.mark.parametrize(
    ("jurisdictions", "code", "expected"),
    [
        (["*"], "US", True),
        (["US"], "US", True),
        (["US"], "UK", False),
        (["UK"], "GB", True),
        (["US"], "US-CA", True),
        (["US-CA"], "US", False),
        (["EU"], "DE", True),
        (["EU"], "UK", False),
        (["EU"], "CH", False),
        (["DE", "AT"], "EU", True),
        (["US", "UK"], "EU", False),
        (["DE"], "FR", False),
        ([], "US", False),
    ],
)
def test_jurisdictions_touch(jurisdictions, code, expected):
    assert touches(jurisdictions, code) is expected
