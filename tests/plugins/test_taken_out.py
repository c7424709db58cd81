"""Each first-party plugin taken out: on an empty database, and on one that was filled while it was on."""

import pytest

from cms.plugins import FIRST_PARTY
from tests.plugins.sites import copy_of, new_site

STEPS = ("migrate", "check", "read", "administer", "edit", "publish_again", "write", "withdraw", "delete")
AFTERWARDS = ("migrate", "check", "administer", "read_iron")


@pytest.fixture(scope="session", params=FIRST_PARTY)
def plugin(request):
    return request.param


@pytest.fixture(scope="session")
def without(plugin, filled_site, tmp_path_factory):
    """Everything that editors and readers do on a filled site from which one plugin was taken, and when it is back."""
    site = copy_of(filled_site, tmp_path_factory.mktemp(f"without-{plugin}") / "site")
    answers = site.using(CHELATE_PLUGINS_OFF=plugin).travel(*STEPS)
    return {**answers, "back": site.travel(*AFTERWARDS)}


def test_an_empty_site_starts_without_it(plugin, tmp_path):
    site = new_site(tmp_path / "site").using(CHELATE_PLUGINS_OFF=plugin)

    answers = site.travel("migrate", "check", "write")

    assert answers == {"migrate": "ok", "check": [], "write": 200}


def test_a_filled_site_migrates_and_has_no_complaint(without):
    assert (without["migrate"], without["check"]) == ("ok", [])


def test_readers_get_every_page(without):
    assert set(without["read"].values()) == {200}


def test_the_admin_opens_every_list_and_form(without):
    assert set(without["administer"].values()) == {200}


def test_an_editor_edits_and_publishes(without):
    assert (without["edit"], without["publish_again"]) == (2, True)


def test_a_new_article_goes_online(without):
    assert without["write"] == 200


def test_an_article_is_withdrawn(without):
    assert without["withdraw"] == 410


def test_the_article_and_the_login_of_its_editor_are_deleted(without):
    assert without["delete"] == [0, 0]


def test_nothing_is_broken_when_it_is_back(without):
    back = without["back"]

    assert (back["migrate"], back["check"], back["read_iron"]) == ("ok", [], 200)
    assert set(back["administer"].values()) == {200}


def test_content_shows_what_the_plugins_made(filled_site):
    """The other tests mean something only if the article uses all four."""
    html = filled_site.travel("page")["page"]

    assert 'class="callout callout--statistic"' in html
    assert "c-ref-wessels2017" in html
    assert 'class="disclosure"' in html
    assert 'class="notice' in html
    assert 'rel="sponsored' in html
