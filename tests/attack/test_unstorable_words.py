"""A character that PostgreSQL refuses costs nobody a note: it is left out, on both databases."""

import pytest
from django.urls import reverse

from affiliates.models import Report
from articles.models import AuditEvent, Image
from claims.models import Contradiction, Dismissal
from tests.articles.admin.test_upload import png
from tests.claims.contradictions.test_store import published
from tests.factories import ArticleFactory, UserFactory

pytestmark = pytest.mark.django_db
WORDS, STORED = "Two\x00words", "Two words"


@pytest.fixture
def owner(client):
    client.force_login(UserFactory(superuser=True))
    return client


def test_a_note_of_a_review(owner):
    article = ArticleFactory()

    owner.post(reverse("admin:articles_article_review", args=[article.pk]), {"step": "submit", "note": WORDS})

    assert AuditEvent.objects.get(kind="submitted").reason == STORED


def test_the_description_of_a_picture(owner):
    owner.post(reverse("admin:articles_article_upload"), {"file": png(), "alt": WORDS})

    assert Image.objects.get().alt == STORED


def test_the_name_of_a_saved_view(owner):
    owner.post(reverse("admin:affiliates_report_keep"), {"name": WORDS, "page": "overview", "query": ""})

    assert Report.objects.get().name == STORED


def test_why_a_contradiction_may_stand(owner):
    published("Take 100 mg of magnesium a day.")
    published("Take 300 mg of magnesium a day.")
    found = Contradiction.objects.get()

    owner.post(reverse("admin:claims_contradiction_dismiss", args=[found.pk]), {"reason": WORDS})

    assert Dismissal.objects.get().reason == STORED


def test_a_nutrient_that_is_none(owner):
    answer = owner.get(reverse("admin:claims_contradiction_changelist"), {"nutrient": "\x00"})

    assert answer.status_code == 200
