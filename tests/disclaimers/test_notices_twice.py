"""A page may show notices in two places; only a landmark needs a name, and two must not share one."""

import pytest

from articles import publishing
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


def test_two_groups_of_notices_are_no_landmarks_of_one_name():
    text = ":::statistic\nZinc is in 300 enzymes.\n:::\n\nA zinc supplement of 10 mg a day supports immune health."

    edition = publishing.publish(ArticleFactory(text=text), override="The statistic is made up.")

    assert edition.html.count('<section class="notices">') == 2
    assert 'aria-label="Notices"' not in edition.html
