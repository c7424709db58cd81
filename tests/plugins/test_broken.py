"""Third-party plugins that do everything wrong: the site stays up, and who is to blame is said."""

from dataclasses import replace

import pytest

from tests.plugins.packages import write_package
from tests.plugins.sites import copy_of

# Every function that the socket calls later raises.
CHAOS = """
    from dataclasses import dataclass

    from cms.contracts import ArticlePart, Check, Embed, Listener, Signal, Slot, Syntax, Urls
    from cms.hookspecs import hookimpl


    def fail(*args, **kwargs):
        raise RuntimeError("chaos")


    @dataclass(frozen=True)
    class Attrs:
        word: str = ""


    @hookimpl
    def markdown():
        return [Syntax("chaos", install=fail, resolve=fail, picker=fail)]


    @hookimpl
    def embeds():
        return [
            Embed("mute", Attrs, render=fail, to_text=fail),
            Embed("poem", Attrs, render=fail, to_text=lambda attrs, context: "A <poem>"),
            Embed("oracle", Attrs, render=lambda attrs, context: "<p>Yes</p>", to_text=fail, resolve=fail),
            Embed("evil", Attrs, render=lambda attrs, context: "<script>alert(1)</script>", to_text=fail),
        ]


    @hookimpl
    def publish_checks():
        return [Check("CHAOS1", "error", fail)]


    @hookimpl
    def article_parts():
        return [ArticlePart("chaos", ("chaos",), load=fail, export=fail, form=fail)]


    @hookimpl
    def slots():
        names = ["before_body", "before_paid_link", "after_body", "byline", "jsonld", "head", "footer", "feed_item",
                 "admin_dashboard", "admin_article"]
        return [Slot(f"chaos:{name}", name, fail) for name in names]


    @hookimpl
    def recommenders():
        return [Signal("chaos", 1.0, fit=fail, pairs=fail, explain=fail)]


    @hookimpl
    def events():
        return [Listener("chaos", published=fail, unpublished=fail)]


    @hookimpl
    def urls():
        return [Urls("chaos/", "chaos.urls")]
"""
DIRECTIVES = "post:One word.\n\n::mute\n\n::poem\n\n::oracle\n\n::evil\n\n::mute{a b c}\n"
READS = ("read", "administer", "edit", "publish_again", "withdraw", "write")


@pytest.fixture
def site_with(filled_site, tmp_path):
    """Return a function that copies the filled site and puts these folders on its path."""

    def build(*folders):
        return replace(copy_of(filled_site, tmp_path / "copy"), plugins=folders)

    return build


@pytest.fixture(scope="module")
def chaos(filled_site, tmp_path_factory):
    """Everything that editors and readers do on a site with the plugin from hell."""
    folder = tmp_path_factory.mktemp("chaos")
    write_package(folder, "chaos", "6.6", chelate_hooks=CHAOS, urls="raise RuntimeError('chaos')")
    site = replace(copy_of(filled_site, tmp_path_factory.mktemp("site") / "copy"), plugins=(folder,))
    return site.travel("check", DIRECTIVES, *READS)


def test_chaos_costs_readers_no_page(chaos):
    assert set(chaos["read"].values()) == {200}
    assert chaos[DIRECTIVES]["status"] == 200


def test_chaos_costs_editors_no_page(chaos):
    assert set(chaos["administer"].values()) == {200}


def test_editors_publish_despite_chaos(chaos):
    assert (chaos["edit"], chaos["publish_again"], chaos["withdraw"], chaos["write"]) == (2, True, 410, 200)


def test_a_failing_embed_is_an_error_at_its_line_and_its_text_for_readers(chaos):
    html, findings = chaos[DIRECTIVES]["html"], chaos[DIRECTIVES]["findings"]

    assert "<p>A &lt;poem&gt;</p>" in html
    assert "::" not in html
    assert ["MD03", "error", "::poem failed (RuntimeError: chaos)."] in findings
    assert ["MD03", "error", "::mute failed (RuntimeError: chaos)."] in findings


def test_a_failing_resolver_is_an_error(chaos):
    messages = [message for identifier, _, message in chaos[DIRECTIVES]["findings"] if identifier == "MD08"]

    assert "Looking up “chaos” failed (RuntimeError: chaos)." in messages
    assert "Looking up “embed:oracle” failed (RuntimeError: chaos)." in messages


def test_a_failing_baked_slot_is_an_error(chaos):
    messages = [message for _, _, message in chaos[DIRECTIVES]["findings"]]

    assert "The part “chaos:after_body” of the page failed (RuntimeError: chaos)." in messages


def test_a_failing_check_is_a_warning_and_blocks_nobody(chaos):
    found = ["CHAOS1", "warning", "Check CHAOS1 failed (RuntimeError: chaos)."]

    assert found in chaos[DIRECTIVES]["findings"]


def test_an_embed_cannot_smuggle_in_a_script(chaos):
    assert "script" not in chaos[DIRECTIVES]["html"]


def test_addresses_that_cannot_be_imported_are_named(chaos):
    assert chaos["check"] == [
        "Plugin chaos 6.6: its addresses in chaos.urls cannot be used (RuntimeError: chaos)."
    ]


def test_hooks_that_cannot_be_imported_cost_only_their_plugin(site_with, third_party):
    folder = third_party("bad", version="2.1", chelate_hooks="import a_lost_module")

    answers = site_with(folder).travel("check", "read", "administer")

    [message] = answers["check"]
    assert message.startswith("Plugin bad 2.1: its hooks cannot be imported (ModuleNotFoundError:")
    assert set(answers["read"].values()) == set(answers["administer"].values()) == {200}


def test_a_misspelt_hook_a_wrong_type_and_a_taken_id_are_named_at_once(site_with, third_party):
    hooks = """
        from cms.contracts import Check, Slot
        from cms.hookspecs import hookimpl

        @hookimpl
        def publish_check():
            return []

        @hookimpl
        def embeds():
            return [Slot("a", "head", str)]

        @hookimpl
        def publish_checks():
            return [Check("AFF01", "error", lambda snapshot: ())]
    """

    answers = site_with(third_party("clumsy", chelate_hooks=hooks)).travel("check", "read")

    assert sorted(answers["check"]) == [
        "Plugin clumsy 1.0: embeds() returned Slot instead of Embed.",
        "Plugin clumsy 1.0: publish_checks() names 'AFF01' again; disclaimers has it and keeps it.",
        "Plugin clumsy 1.0: there is no hook named publish_check.",
    ]
    assert set(answers["read"].values()) == {200}


@pytest.mark.parametrize(
    ("on_disk", "setting", "called"),
    [
        (["zebra", "apple", "mango"], "", ["apple", "mango", "zebra"]),
        (["mango", "zebra", "apple"], "zebra,mango", ["zebra", "mango", "apple"]),
    ],
)
def test_the_order_is_by_name_or_set_and_never_that_of_the_disk(
    site_with, third_party, on_disk, setting, called
):
    hooks = """
        from cms.contracts import Slot
        from cms.hookspecs import hookimpl

        @hookimpl
        def slots():
            return [Slot(__name__.split(".")[0], "head", lambda context: "")]
    """
    folders = [third_party(name, folder=f"site-{name}", chelate_hooks=hooks) for name in on_disk]

    site = site_with(*folders).using(CHELATE_PLUGINS=setting)

    found = site.travel("registered")["registered"]["objects"]["slots"]
    assert [name for name in found if name in called] == called


def test_broken_models_are_named_and_one_switch_brings_the_site_back(site_with, third_party):
    folder = third_party(
        "broken", version="3.0", models="raise ValueError('no such table')", chelate_hooks=""
    )
    site = site_with(folder)

    stopped = site.manage("check")

    assert stopped.returncode == 1
    assert "Plugin broken 3.0 stops Django: ValueError: no such table" in stopped.stderr
    assert "CHELATE_PLUGINS_OFF=broken" in stopped.stderr
    assert set(site.using(CHELATE_PLUGINS_OFF="broken").travel("read")["read"].values()) == {200}
