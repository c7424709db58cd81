"""Another plugin brings a network along."""

from datetime import date
from types import ModuleType

import pytest

from affiliates import networks
from affiliates.contracts import Network
from affiliates.models import Network as Row
from affiliates.targets import parse_target
from cms import plugins
from cms.apps import package_of
from cms.hookspecs import hookimpl, hookspec
from cms.plugins import PluginSpec

NORTH = Network(
    key="north",
    name="North Network",
    source="Its help pages",
    checked_on=date(2026, 11, 1),
    hosts=("north.example",),
    sub_id_carrier="query",
    sub_id_parameter="ref",
)


@pytest.fixture
def with_plugin(monkeypatch):
    """Return a function that loads the socket with a plugin whose hooks are these."""

    def load(**hooks):
        module = ModuleType("chelate_north.chelate_hooks")
        for name, value in hooks.items():
            setattr(module, name, hookimpl(value) if callable(value) else value)
        monkeypatch.setitem(plugins.importlib.sys.modules, "chelate_north", ModuleType("chelate_north"))
        monkeypatch.setitem(plugins.importlib.sys.modules, "chelate_north.chelate_hooks", module)
        ours = [spec for spec in plugins.registry().plugins if spec.name in {plugins.KERNEL, "affiliates"}]
        mine = PluginSpec("north", "chelate_north", "1.0")
        return plugins.load([*ours, mine], lambda spec: spec.app if spec is mine else package_of(spec))

    return load


@pytest.mark.django_db
def test_its_network_is_loaded_and_recognised(with_plugin):
    with plugins.use_registry(with_plugin(networks=lambda: [NORTH])):
        networks.sync()

    row = Row.objects.get(key="north")
    assert (row.hosts, row.source, row.routing) == (["north.example"], "Its help pages", "redirect")
    assert networks.recognise(parse_target("https://go.north.example/x"), networks.all_networks()) == row


@pytest.mark.django_db
def test_it_cannot_take_the_place_of_ours(with_plugin):
    thief = Network(
        key="amazon", name="Mine", source="x", checked_on=date(2026, 1, 1), hosts=("evil.example",)
    )

    with plugins.use_registry(with_plugin(networks=lambda: [thief])):
        networks.sync()

    assert Row.objects.get(key="amazon").name == "Amazon Associates"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fault", [{"path_pattern": "/c/("}, {"routing": "sideways"}, {"sub_id_alphabet": "0-9"}, {"name": ""}]
)
def test_a_network_that_would_break_links_is_left_out(with_plugin, fault):
    broken = Network(**{**{name: getattr(NORTH, name) for name in ("key", "name", "source", "checked_on",
                        "hosts", "sub_id_carrier", "sub_id_parameter")}, **fault})  # fmt: skip

    with plugins.use_registry(with_plugin(networks=lambda: [broken])):
        networks.sync()

    assert not Row.objects.filter(key="north").exists()


def test_what_is_no_network_is_reported(with_plugin):
    registry = with_plugin(networks=lambda: ["north"])

    assert "networks() returned str instead of Network" in str(registry.problems[-1])
    assert not registry.of("networks")


@pytest.mark.parametrize(
    ("opens", "words"),
    [({"embeds": str}, "which is there already"), ({"nonsense": str}, "are not specified")],
)
def test_hooks_that_cannot_be_opened_are_reported(with_plugin, opens, words):
    registry = with_plugin(OPENS=opens)

    assert words in str(registry.problems[-1])
    assert registry.embeds


def test_any_plugin_may_open_a_hook(with_plugin):
    def flavours():
        """Flavours of something."""

    registry = with_plugin(OPENS={"flavours": str}, specification=None)
    assert "are not specified" in str(registry.problems[-1])

    module = ModuleType("specified")
    module.flavours, module.OPENS = hookspec(flavours), {"flavours": str}
    loader = plugins._Loader(())
    loader.open_hooks(PluginSpec("north", "north", "1.0"), module)
    assert loader.types["flavours"] is str
    assert loader.problems == []
