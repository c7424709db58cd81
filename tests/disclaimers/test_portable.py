import pytest
import yaml

from disclaimers import portable, services
from disclaimers.models import Disclaimer, DisclaimerVersion
from disclaimers.sync import sync
from tests.disclaimers.factories import DisclaimerFactory

pytestmark = pytest.mark.django_db
TEXT = "Important Note: This is for informational purposes only."


def forget():
    Disclaimer.objects.update(current=None)
    DisclaimerVersion.objects.all().delete()
    Disclaimer.objects.all().delete()


def test_texts_become_names():
    loaded = portable.load_article({"disclaimers": [TEXT, "Photos by Ana."]})

    assert len(loaded["disclaimers"]) == 2
    assert Disclaimer.objects.filter(slug__in=loaded["disclaimers"], origin="imported").count() == 2


def test_a_second_import_makes_no_second_record():
    first = portable.load_article({"disclaimers": [TEXT]})
    count = Disclaimer.objects.count()

    assert portable.load_article({"disclaimers": [TEXT.upper()]}) == first
    assert Disclaimer.objects.count() == count


def test_names_stay_names_even_if_unknown():
    loaded = portable.load_article({"disclaimers": ["health-info-general", "not-here-yet"]})

    assert loaded == {"disclaimers": ["health-info-general", "not-here-yet"]}


def test_a_text_twice_is_named_once():
    assert len(portable.load_article({"disclaimers": [TEXT, TEXT]})["disclaimers"]) == 1


def test_a_text_takes_the_language_of_its_article():
    [slug] = portable.load_article({"disclaimers": ["Kein ärztlicher Rat."], "language": "de"})["disclaimers"]

    assert Disclaimer.objects.get(slug=slug).locale == "de"


@pytest.mark.parametrize(
    "value", [{}, {"disclaimers": []}, {"disclaimers": None}, {"disclaimers": [" "]}, {"disclaimers": True}]
)
def test_nothing_carried_gives_nothing(value):
    assert portable.load_article(value) == {}


def test_export_is_the_inverse_of_load():
    loaded = portable.load_article({"disclaimers": [TEXT]})

    assert portable.export_article(loaded) == loaded
    assert portable.load_article(portable.export_article(loaded)) == loaded


def test_records_travel_to_another_site(tmp_path):
    [slug] = portable.load_article({"disclaimers": [TEXT]})["disclaimers"]
    portable.dump(tmp_path)
    forget()
    sync()

    portable.load(tmp_path)

    disclaimer = Disclaimer.objects.get(slug=slug)
    assert (disclaimer.kind, disclaimer.current.heading) == ("health_information", "Important Note")
    assert disclaimer.text == "This is for informational purposes only."


def test_a_customised_shipped_text_travels(tmp_path):
    services.change_text(Disclaimer.objects.get(slug="health-info-general"), "Ask first.")
    portable.dump(tmp_path)
    forget()
    sync()

    portable.load(tmp_path)

    assert Disclaimer.objects.get(slug="health-info-general").text == "Ask first."


def test_loading_on_the_same_site_changes_nothing(tmp_path):
    DisclaimerFactory(slug="house", text="Ours.")
    portable.dump(tmp_path)
    services.change_text(Disclaimer.objects.get(slug="house"), "Newer words.")
    versions = DisclaimerVersion.objects.count()

    portable.load(tmp_path)

    assert DisclaimerVersion.objects.count() == versions
    assert Disclaimer.objects.get(slug="house").text == "Newer words."


def test_two_dumps_are_equal(tmp_path):
    portable.dump(tmp_path)
    first = (tmp_path / "disclaimers.yaml").read_text()
    portable.load(tmp_path)
    portable.dump(tmp_path)

    assert (tmp_path / "disclaimers.yaml").read_text() == first


def test_an_undecidable_rule_is_refused(tmp_path):
    row = {"slug": "future", "text": "Words.", "when": {"full_moon": True}}
    (tmp_path / "disclaimers.yaml").write_text(yaml.safe_dump([row]))

    with pytest.raises(ValueError, match="future: There is no predicate named full_moon"):
        portable.load(tmp_path)


@pytest.mark.parametrize("content", [None, "", "[]"])
def test_a_folder_without_records_is_no_error(tmp_path, content):
    if content is not None:
        (tmp_path / "disclaimers.yaml").write_text(content)
    before = Disclaimer.objects.count()

    portable.load(tmp_path)

    assert Disclaimer.objects.count() == before
