"""Column mappings and tracking IDs in an export: all of them back on an empty site, and nothing new the second time."""

from datetime import date

import pytest
import yaml
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult
from hypothesis import given, settings
from hypothesis import strategies as st

from affiliates.earnings import portable, presets
from affiliates.earnings.errors import RulesError
from affiliates.earnings.rules import signature
from affiliates.earnings.tables import read_head
from affiliates.earnings.tasks import reattribute
from affiliates.models import EarningsMapping, TagPool
from articles.models import Article, Revision, SlugClaim, Topic
from cms import plugins
from tests.affiliates.earnings.reports import AWIN, amazon, day_sums, put_amazon, text_of
from tests.affiliates.factories import network
from tests.factories import ArticleFactory, TopicFactory

pytestmark = pytest.mark.django_db
RULES = {
    "columns": {"event_at": "Datum", "commission": "Provision", "sub_id": ["Ref"]},
    "mode": "state",
    "decimal": ",",
    "dates": ["%d.%m.%Y", "iso"],
    "zone": "Europe/Berlin",
    "currency": "EUR",
    "statuses": {"bestätigt": "approved"},
}


def mapping(name="Shop", key="awin", **values):
    values = {"rules": RULES, "header_signature": "a" * 64, **values}
    return EarningsMapping.objects.create(network=network(key), name=name, **values)


def tag(tracking_id="zinc-20", **values):
    return TagPool.objects.create(network=network("amazon"), tracking_id=tracking_id, **values)


def everything():
    return (
        list(
            EarningsMapping.objects.order_by("saved_at", "pk").values_list(
                "network__key", "name", "report_kind", "header_signature", "rules"
            )
        ),
        list(
            TagPool.objects.order_by("pk").values_list(
                "network__key", "tracking_id", "marketplace", "article__slug", "topic__slug", "valid_from",
                "valid_until", "notes",
            )
        ),
    )  # fmt: skip


def written(folder):
    path = folder / "earnings.yaml"
    return path.read_text() if path.exists() else ""


def test_it_is_reachable_and_comes_after_the_articles():
    found = plugins.registry().portables["affiliates-earnings"]

    assert found is portable.EARNINGS
    assert found.names_articles


def test_a_site_without_any_writes_no_file(tmp_path):
    portable.dump(tmp_path)

    assert written(tmp_path) == ""
    portable.load(tmp_path)
    assert everything() == ([], [])


def fill():
    mapping()
    mapping(
        "Klicks",
        report_kind="clicks",
        rules={"report": "clicks", "columns": {"event_at": "A", "clicks": "B"}},
    )
    article = ArticleFactory(slug="zinc", topic=TopicFactory(slug="minerals"))
    tag("site-20")
    tag("zinc-20", article=article, marketplace="amazon.de", valid_from=date(2026, 1, 1))
    tag("zinc-20", article=article, valid_until=date(2025, 12, 31), notes="The old one: 50 %")
    tag("minerals-20", topic=article.topic)
    return article


def test_export_import_on_an_empty_site_and_export_again_are_the_same(tmp_path):
    fill()
    before = everything()
    call_command("export_content", str(tmp_path / "one"), verbosity=0)
    EarningsMapping.objects.all().delete()
    TagPool.objects.all().delete()
    SlugClaim.objects.all().delete()
    Article.objects.update(head=None)
    Revision.objects.all().delete()
    Article.objects.all().delete()
    Topic.objects.all().delete()

    call_command("import_content", str(tmp_path / "one"), verbosity=0)
    call_command("export_content", str(tmp_path / "two"), verbosity=0)

    assert everything() == before
    assert written(tmp_path / "one") == written(tmp_path / "two") != ""


def test_importing_again_changes_nothing(tmp_path):
    fill()
    portable.dump(tmp_path)
    saved = list(EarningsMapping.objects.values_list("pk", "saved_at"))

    portable.load(tmp_path)
    portable.load(tmp_path)

    assert list(EarningsMapping.objects.values_list("pk", "saved_at")) == saved
    assert TagPool.objects.count() == 4


def test_a_dry_run_of_an_import_leaves_nothing(tmp_path):
    fill()
    call_command("export_content", str(tmp_path), verbosity=0)
    TagPool.objects.all().delete()
    EarningsMapping.objects.all().delete()

    call_command("import_content", str(tmp_path), "--dry-run", verbosity=0)

    assert everything() == ([], [])


def test_of_two_mappings_of_the_same_columns_the_newer_still_wins(tmp_path):
    header = signature(AWIN)
    newer, older = mapping("A newer name", header_signature=header), mapping("Z", header_signature=header)
    newer.save()  # saved last
    portable.dump(tmp_path)
    EarningsMapping.objects.all().delete()

    portable.load(tmp_path)

    chosen = presets.choose(network(), read_head(text_of(AWIN, []).encode()))
    assert chosen["name"] == newer.name != older.name


def test_a_mapping_that_changed_is_brought_to_what_the_file_says(tmp_path):
    mapping()
    portable.dump(tmp_path)
    EarningsMapping.objects.update(rules={**RULES, "currency": "USD"})

    portable.load(tmp_path)

    assert EarningsMapping.objects.get().rules == RULES


def test_a_note_that_changed_is_brought_to_what_the_file_says(tmp_path):
    tag(notes="new")
    portable.dump(tmp_path)
    TagPool.objects.update(notes="old")

    portable.load(tmp_path)

    assert TagPool.objects.get().notes == "new"


@pytest.mark.parametrize("field", ["article", "topic"])
def test_a_tracking_id_whose_article_is_missing_does_not_become_the_sites(tmp_path, field):
    tag("site-20")
    tag(**{field: ArticleFactory(slug="gone") if field == "article" else TopicFactory(slug="gone")})
    portable.dump(tmp_path)
    TagPool.objects.all().delete()
    Article.objects.all().update(slug="other", source_id="other")
    Topic.objects.all().update(slug="other")

    portable.load(tmp_path)

    assert [found.tracking_id for found in TagPool.objects.all()] == ["site-20"]


def test_an_article_that_was_written_anew_is_found_by_its_address(tmp_path):
    first = ArticleFactory(slug="zinc")
    tag(article=first)
    portable.dump(tmp_path)
    TagPool.objects.all().delete()
    first.slug, first.source_id = "old-zinc", "elsewhere"
    first.save()
    second = ArticleFactory(slug="zinc")

    portable.load(tmp_path)

    assert TagPool.objects.get().article == second


def test_a_network_that_this_site_does_not_know_is_passed_over(tmp_path):
    mapping()
    tag()
    portable.dump(tmp_path)
    text = written(tmp_path).replace("network: amazon", "network: nobodys")
    (tmp_path / "earnings.yaml").write_text(text)
    TagPool.objects.all().delete()
    EarningsMapping.objects.all().delete()

    portable.load(tmp_path)

    assert (EarningsMapping.objects.count(), TagPool.objects.count()) == (1, 0)


def test_rules_that_cannot_be_used_are_refused_and_nothing_is_loaded(tmp_path):
    document = {
        "mappings": [
            {"network": "awin", "name": "Good", "report": "earnings", "rules": RULES},
            {"network": "awin", "name": "Bad", "report": "earnings", "rules": {"columns": {"colour": "X"}}},
        ]
    }
    (tmp_path / "earnings.yaml").write_text(yaml.safe_dump(document))

    with pytest.raises(RulesError, match="colour"):
        portable.load(tmp_path)

    assert not EarningsMapping.objects.exists()


def test_earnings_that_are_in_already_follow_a_tracking_id_that_is_imported(tmp_path):
    article = ArticleFactory(slug="zinc")
    tag("chelate-20", article=article)
    portable.dump(tmp_path)
    TagPool.objects.all().delete()
    put_amazon(amazon("B1", "1.00"))
    assert day_sums()[0][1] is None

    portable.load(tmp_path)
    (queued,) = DBTaskResult.objects.filter(task_path=reattribute.module_path)
    reattribute.func(*queued.args_kwargs["args"])

    assert day_sums() == [("2026-03-05", article.pk, "USD", "1.00", "0.00", 1)]


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
some_days = st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(words, st.sampled_from(["", "amazon.de"]), some_days, st.just("") | words),
        max_size=5,
        unique_by=lambda row: row[:3],
    ),
    st.dictionaries(
        words, st.dictionaries(words, st.sampled_from(["approved", "paid"]), max_size=3), max_size=3
    ),
)
def test_whatever_people_type_comes_back(tmp_path_factory, rows, mappings):
    EarningsMapping.objects.all().delete()
    TagPool.objects.all().delete()
    for name, marketplace, day, notes in rows:
        if name.strip():
            tag(name, marketplace=marketplace, valid_from=day, notes=notes)
    for name, statuses in mappings.items():
        mapping(name, rules={**RULES, "statuses": statuses})
    before, folder = everything(), tmp_path_factory.mktemp("export")
    portable.dump(folder)
    EarningsMapping.objects.all().delete()
    TagPool.objects.all().delete()

    portable.load(folder)

    assert everything() == before


def test_a_file_that_is_nested_too_deep_is_refused_with_its_line(tmp_path):
    (tmp_path / "earnings.yaml").write_text(f"mappings:\n- rules: {'[' * 2_000}{']' * 2_000}\n")

    with pytest.raises(ValueError, match=r"nested deeper than 50 levels.*line 2"):
        portable.load(tmp_path)
