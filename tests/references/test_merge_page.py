"""Two references are compared and made one."""

import pytest
from django.contrib.auth.models import Group

from references.models import Reference
from tests.factories import UserFactory
from tests.references.factories import ReferenceFactory
from tests.references.library_pages import at, editor, make
from tests.references.sources.fixtures import TITLE

__all__ = ["editor"]
pytestmark = pytest.mark.django_db


def test_authors_do_not_merge(client):
    user = UserFactory()
    user.groups.add(Group.objects.get(name="Author"))
    client.force_login(user)

    assert client.get(at("merge", make().pk)).status_code == 403


def test_merging_compares_first(editor):
    kept = make(TITLE)
    other = ReferenceFactory(citekey="cats1998b", csl__DOI=None, csl__volume="68")

    compared = editor.post(at("merge", kept.pk), {"other": "[@Cats1998b]"}).content.decode()

    assert "Merge cats1998b into cats1998" in compared
    assert "Their titles differ." in compared
    assert other.title in compared
    assert Reference.objects.count() == 2


def test_the_same_title_raises_no_alarm(editor):
    kept = make(TITLE)
    ReferenceFactory(citekey="cats1998b", csl__DOI=None, csl__title=TITLE)

    assert (
        "Their titles differ."
        not in editor.post(at("merge", kept.pk), {"other": "cats1998b"}).content.decode()
    )


def test_merging_is_a_second_step(editor):
    kept = make(TITLE)
    ReferenceFactory(citekey="cats1998b", csl__DOI=None)

    html = editor.post(
        at("merge", kept.pk), {"other": "cats1998b", "merge": "1"}, follow=True
    ).content.decode()

    assert "Merged. [@cats1998b] goes on to work." in html
    assert Reference.objects.get() == kept


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ("nokey", "There is no reference with this key."),
        ("cats1998", "Choose two references."),
        ("dogs", "They are two works"),
    ],
)
def test_what_cannot_be_merged_is_told(editor, other, words):
    kept = make(TITLE)
    ReferenceFactory(citekey="dogs", csl__DOI="10.1234/dogs")

    html = editor.post(at("merge", kept.pk), {"other": other, "merge": "1"}).content.decode()

    assert words in html
    assert Reference.objects.count() == 2


def test_works_that_look_alike_are_offered(editor):
    kept = ReferenceFactory(citekey="liu2021", csl__title="Zinc in cats and dogs of the world")
    ReferenceFactory(citekey="liu2021b", csl__title="Zinc in cats and dogs of the world: a review")
    ReferenceFactory(citekey="far2000", csl__author=[{"family": "Far"}], csl__title="Iron")

    html = editor.get(at("merge", kept.pk)).content.decode()

    assert "?other=liu2021b" in html
    assert "far2000" not in html
