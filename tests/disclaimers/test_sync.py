from dataclasses import replace

import pytest
from django.core.management import call_command

from articles.publishing import publish
from cms.contracts import Source
from disclaimers import advice, rules, services
from disclaimers.models import Disclaimer
from disclaimers.shipped import DataError, amazon_sentences, parse, shipped
from disclaimers.sync import sync, sync_after_migrate
from tests.disclaimers.factories import DisclaimerFactory
from tests.factories import ArticleFactory

ROW = """
- id: a
  family: notice
  kind: house
  title: House
  jurisdiction: ["*"]
  locale: en
  when: {is_health_article: true}
  slot: after_body
  priority: 50
  text: House rules.
  verbatim: false
  source: House
  source_status: verified
"""


def test_the_data_file_names_a_source_and_its_status_for_every_text():
    assert len(shipped()) == 49
    assert all(record.source and record.source_status for record in shipped())


BY_HAND = {
    "amazon-content-as-is",
    "emergency",
    "eu-1924-art10",
    "fda-not-approved",
    "group-surgery",
    "privacy-click-note",
}


def test_every_rule_of_the_data_file_can_be_decided():
    assert [record.id for record in shipped() if rules.rule_problems(record.when)] == []


def test_only_these_texts_wait_for_an_article_to_name_them():
    assert {record.id for record in shipped() if not record.when} == BY_HAND


def test_every_nutrient_of_the_word_list_has_its_interactions():
    rule_of = {record.kind: record.when for record in shipped()}

    for name in advice.terms()["nutrients"]:
        assert rule_of[f"interaction_{name}"] == {"recommends_supplement": name}


def test_every_group_of_the_word_list_has_its_warning():
    assert {f"group_{name}" for name in advice.terms()["groups"]} <= {record.kind for record in shipped()}


def test_no_shipped_text_has_a_blank_to_fill_in():
    assert [record.id for record in shipped() if "{" in record.text or "[" in record.text] == []


def test_prescribed_texts_are_marked():
    verbatim = {record.kind for record in shipped() if record.verbatim}

    assert verbatim == {"network_statement", "structure_function_disclaimer", "content_disclaimer"}


@pytest.mark.shared
def test_prescribed_texts_are_those_of_the_facts_file(shared_dir):
    import yaml

    facts = yaml.safe_load((shared_dir / "facts" / "disclaimers.yaml").read_text())["disclaimers"]
    texts = {row["id"]: (row["text"], row["source"], row["jurisdiction"]) for row in facts}

    for record in shipped():
        if record.verbatim:
            assert texts[record.id] == (record.text, record.source, record.jurisdiction)


def test_amazon_accepts_its_sentence_in_every_shipped_language():
    assert len(amazon_sentences()) == 8
    assert rules.normalised("As an Amazon Associate I earn from qualifying purchases.") in amazon_sentences()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("is_health_article: true", "full_moon: true"), "a: There is no predicate named full_moon."),
        (("after_body", "in_the_sky"), "a: unknown family or slot."),
        (("source: House", 'source: ""'), "a: text, source and source_status are required."),
        (("priority", "prority"), "a: .*unexpected keyword argument 'prority'"),
    ],
)
def test_a_wrong_data_file_is_refused(change, message):
    with pytest.raises(DataError, match=message):
        parse(ROW.replace(*change))


def test_an_id_twice_is_refused():
    with pytest.raises(DataError, match="same id"):
        parse(ROW + ROW)


@pytest.mark.django_db
def test_a_migrated_database_has_the_shipped_texts():
    found = Disclaimer.objects.filter(origin="shipped").select_related("current")

    assert {disclaimer.slug: disclaimer.text for disclaimer in found} == {r.id: r.text for r in shipped()}


@pytest.mark.django_db
def test_a_second_sync_changes_nothing():
    assert sync() == []


@pytest.mark.django_db
def test_a_new_release_brings_new_texts_and_rules():
    new = [replace(shipped()[0], text="New words."), replace(shipped()[1], priority=7)]

    changed = sync(new)

    assert changed == [new[0].id, new[1].id]
    assert Disclaimer.objects.get(slug=new[0].id).current.number == 2
    assert Disclaimer.objects.get(slug=new[1].id).priority == 7


@pytest.mark.django_db
@pytest.mark.parametrize("column", [{"is_active": False}, {"priority": 1}])
def test_an_editors_rule_is_never_overwritten(column):
    record = shipped()[0]
    disclaimer = Disclaimer.objects.get(slug=record.id)
    for name, value in column.items():
        setattr(disclaimer, name, value)
    services.save_rule(disclaimer)

    changed = sync([replace(record, text="New words.", priority=99)])

    assert changed == []
    assert Disclaimer.objects.filter(slug=record.id, **column).exists()


@pytest.mark.django_db
def test_an_editors_text_is_never_overwritten():
    record = shipped()[0]
    services.change_text(Disclaimer.objects.get(slug=record.id), "Our own words.")

    sync([replace(record, text="New words.")])

    assert Disclaimer.objects.get(slug=record.id).text == "Our own words."


@pytest.mark.django_db
def test_an_editors_record_of_the_same_name_is_left_alone():
    DisclaimerFactory(slug="new-in-release", text="Ours.")

    changed = sync([replace(shipped()[0], id="new-in-release")])

    assert changed == []
    assert Disclaimer.objects.get(slug="new-in-release").text == "Ours."


@pytest.mark.django_db
def test_a_fresh_site_starts_with_an_empty_queue(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        sync([replace(shipped()[0], id="brand-new")])

    assert callbacks == []


@pytest.mark.django_db(transaction=True)
def test_a_new_release_reaches_readers(run_tasks):
    article = ArticleFactory(text="Zinc is a mineral.")
    publish(article)
    run_tasks()
    health = next(record for record in shipped() if record.kind == "health_information")
    sync([replace(health, text="Ask your doctor.")])

    run_tasks()

    assert "Ask your doctor." in article.editions.live().get().html


@pytest.mark.django_db(transaction=True)
def test_a_flushed_database_gets_the_texts_back():
    call_command("flush", interactive=False, verbosity=0)

    assert Disclaimer.objects.count() == len(shipped())


def test_migrating_back_to_nothing_is_no_error():
    class Gone:
        def get_model(self, *_):
            raise LookupError

    sync_after_migrate(apps=Gone())

    assert Source("").front_matter == {}
