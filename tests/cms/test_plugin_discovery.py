"""Which plugins there are and in which order, before anything of them is imported."""

from importlib import metadata
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms import plugins
from cms.plugins import PluginSpec

FIRST_PARTY = ["affiliates", "claims", "disclaimers", "references"]


def entry(name, app=None, version="1.0"):
    return SimpleNamespace(name=name, value=app or f"pkg_{name}", dist=SimpleNamespace(version=version))


@pytest.fixture
def installed(monkeypatch):
    """Return a function that makes these entry points the installed ones."""

    def install(*entries):
        monkeypatch.setattr(metadata, "entry_points", lambda *, group: list(entries))

    return install


def names(specs):
    return [spec.name for spec in specs]


def test_first_party_plugins_need_no_metadata(installed):
    installed()

    assert names(plugins.discover()) == FIRST_PARTY


@given(st.permutations(["zebra", "apple", "mango", "banana"]))
def test_the_order_on_disk_does_not_matter(order):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(metadata, "entry_points", lambda *, group: [entry(name) for name in order])
        found = names(plugins.discover())

    assert found == sorted([*FIRST_PARTY, "zebra", "apple", "mango", "banana"])


def test_an_explicit_order_goes_first(installed):
    installed(entry("zebra"), entry("apple"))

    assert names(plugins.discover(["zebra", "references"]))[:3] == ["zebra", "references", "affiliates"]


def test_what_is_switched_off_is_left_out(installed):
    installed(entry("zebra"), entry("apple"))

    assert names(plugins.discover(off=["zebra", "claims"])) == [
        "affiliates",
        "apple",
        "disclaimers",
        "references",
    ]


def test_safe_mode_leaves_third_parties_out(installed):
    installed(entry("zebra"))

    assert names(plugins.discover(safe_mode=True)) == FIRST_PARTY


def test_a_third_party_cannot_take_the_name_of_a_first_party_plugin(installed):
    installed(entry("claims", "impostor"))

    [claims] = [spec for spec in plugins.discover() if spec.name == "claims"]
    assert (claims.app, claims.is_first_party) == ("claims", True)


def test_a_name_that_two_packages_want_is_reported(installed):
    installed(entry("shop", "pkg_b"), entry("shop", "pkg_a"), entry("claims", "impostor"))

    assert [str(found) for found in plugins.shadowed()] == [
        "Plugin claims 1.0: another plugin has that name; impostor is not loaded.",
        "Plugin shop 1.0: another plugin has that name; pkg_b is not loaded.",
    ]


def test_an_app_that_is_named_twice_is_installed_once(installed):
    installed(entry("shop", "pkg_shop"), entry("store", "pkg_shop"))

    assert plugins.plugin_apps().count("pkg_shop") == 1


def test_a_package_without_metadata_about_itself_has_no_version(installed):
    installed(SimpleNamespace(name="shop", value="pkg_shop", dist=None))

    assert plugins.discover()[-1] == PluginSpec("shop", "pkg_shop", "")


def test_an_app_is_found_by_its_package_or_its_config():
    from cms.apps import package_of

    assert package_of(PluginSpec("claims", "claims")) == "claims"
    assert package_of(PluginSpec("claims", "claims.apps.ClaimsConfig")) == "claims"
    with pytest.raises(LookupError, match="its app nowhere is not in INSTALLED_APPS"):
        package_of(PluginSpec("nowhere", "nowhere"))


@pytest.mark.parametrize("hook", plugins.HOOK_TYPES)
def test_every_hook_has_a_specification_and_back(hook):
    from cms import hookspecs

    specified = {name for name in vars(hookspecs) if getattr(getattr(hookspecs, name), "chelate_spec", None)}
    assert hook in specified
    assert specified == set(plugins.HOOK_TYPES)
