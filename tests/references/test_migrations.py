from importlib import import_module

import pytest
from django.apps import apps

from references.models import Acknowledgement
from tests.factories import ArticleFactory, UserFactory
from tests.references.factories import ReferenceFactory


@pytest.mark.django_db
def test_names_of_those_who_gave_a_reason_are_filled_in():
    work = ReferenceFactory(retracted=True)
    for by, name in ((UserFactory(username="edda"), ""), (UserFactory(username="ben"), "kept"), (None, "")):
        given = {"status": "retracted", "reason": "Known.", "by": by, "by_name": name}
        work.acknowledgements.create(article=ArticleFactory(), **given)

    import_module("references.migrations.0006_fill_acknowledgement_by_name").fill(apps, None)

    assert list(Acknowledgement.objects.order_by("pk").values_list("by_name", flat=True)) == [
        "edda",
        "kept",
        "",
    ]
