"""A third-party plugin, built into a wheel and installed beside Chelate: everything it brings works, then it leaves."""

from dataclasses import replace

import pytest

from tests.plugins.sites import copy_of

GLOSSARY = "chelate_glossary"
CREATE = (
    'create:chelate_glossary.Term {"slug": "phytate", "word": "Phytate", "meaning": "A salt <in> grain."}'
)
EXPLAIN = "post:Zinc binds to phytate.\n\n::term{phytate}\n"
TIRING = "post:" + "\n\n".join(["::term{phytate}"] * 3)
UNKNOWN = "post:::term{nowhere}"


@pytest.fixture(scope="session")
def site(glossary, empty_site, tmp_path_factory):
    copy = copy_of(empty_site, tmp_path_factory.mktemp("sample") / "site")
    return replace(copy, plugins=(glossary,))


@pytest.fixture(scope="session")
def answers(site):
    """What happens on a site with the plugin, in order."""
    steps = (
        "migrate",
        "check",
        CREATE,
        "registered",
        EXPLAIN,
        "count:chelate_glossary.TermUse",
        TIRING,
        UNKNOWN,
    )
    return site.travel(*steps, "get:/glossary/", "administer")


@pytest.fixture(scope="session")
def without(site, answers):
    """The same site with the plugin switched off. Asks for `answers` first: there must be something to lose."""
    steps = (
        "migrate",
        "check",
        "registered",
        "get:/articles/post-0/",
        "get:/glossary/",
        EXPLAIN,
        "administer",
    )
    return site.using(CHELATE_PLUGINS_OFF="glossary").travel(*steps)


def test_it_migrates_and_nothing_complains(answers):
    assert (answers["migrate"], answers["check"], answers["registered"]["problems"]) == ("ok", [], [])


def test_what_it_registers_is_there(answers):
    objects = answers["registered"]["objects"]

    assert "glossary" in answers["registered"]["plugins"]
    assert "term" in objects["embeds"]
    assert "GLO01" in objects["publish_checks"]
    assert "glossary:note" in objects["slots"]
    assert "glossary" in objects["events"]
    assert "glossary/|chelate_glossary.urls" in objects["urls"]


def test_its_embed_shows_a_record_of_its_model(answers):
    assert "<dt>Phytate</dt><dd>A salt &lt;in&gt; grain.</dd>" in answers[EXPLAIN]["html"]
    assert answers[EXPLAIN]["status"] == 200


def test_its_slot_is_on_the_page(answers):
    assert "Words explained here: 1" in answers[EXPLAIN]["html"]


def test_its_listener_writes_rows_in_the_publication(answers):
    assert answers["count:chelate_glossary.TermUse"] == 1


def test_its_check_speaks_up(answers):
    assert ["GLO01", "warning", "3 words are explained; more than two tire the reader."] in answers[TIRING][
        "findings"
    ]
    assert "GLO01" not in [identifier for identifier, *_ in answers[EXPLAIN]["findings"]]


def test_its_finding_is_an_error_like_any_other(answers):
    assert ["GLO02", "error", "The glossary has no word nowhere."] in answers[UNKNOWN]["findings"]


def test_its_page_is_mounted(answers):
    status, html = answers["get:/glossary/"]

    assert status == 200
    assert "<dt>Phytate</dt>" in html
    assert 'href="/static/cms/css/site.css"' in html


def test_the_admin_works_beside_it(answers):
    assert set(answers["administer"].values()) == {200}


def test_its_models_match_its_migrations(site):
    result = site.manage("makemigrations", "--check", "--dry-run", GLOSSARY)

    assert result.returncode == 0, result.stdout + result.stderr


def test_switched_off_it_is_gone(without):
    assert "glossary" not in without["registered"]["plugins"]
    assert (without["migrate"], without["check"]) == ("ok", [])
    assert without["get:/glossary/"][0] == 404
    assert set(without["administer"].values()) == {200}


def test_readers_keep_what_was_published_with_it(without):
    status, html = without["get:/articles/post-0/"]

    assert status == 200
    assert "A salt &lt;in&gt; grain." in html


def test_without_it_its_directive_is_an_error_and_never_shown_raw(without):
    assert "::term" not in without[EXPLAIN]["html"]
    assert "MD02" in [identifier for identifier, *_ in without[EXPLAIN]["findings"]]


def test_an_article_it_points_at_can_be_deleted_without_it(site, answers, tmp_path):
    copy = copy_of(site, tmp_path / "site").using(CHELATE_PLUGINS_OFF="glossary")

    assert copy.travel("delete_articles")["delete_articles"] == 0
