from dataclasses import dataclass, replace
from types import MappingProxyType

import pytest

from cms import plugins
from cms.contracts import NETWORKS, PLACEMENTS, Embed, PlacementUse


@dataclass(frozen=True)
class ShopAttrs:
    network: str = "shop"
    title: str = ""


def sell(attrs, context):
    context.mark_paid()
    context.record(NETWORKS, attrs.network)
    key, index = context.block.key, context.block.index
    context.record(PLACEMENTS, PlacementUse("self", 1, "zinc", key, index, 1, "link", attrs.title))
    return '<p><a class="paid" href="https://shop.example/" rel="sponsored nofollow noopener">Zinc</a></p>'


@pytest.fixture
def shop():
    """Register `::shop{network}`, a paid link, in place of whatever the affiliates plugin has."""
    now = plugins.registry()
    embed = Embed("shop", ShopAttrs, render=sell, to_text=lambda attrs, context: "Zinc")
    objects = {**now.objects, "embeds": MappingProxyType({"shop": embed})}
    with plugins.use_registry(replace(now, objects=MappingProxyType(objects))):
        yield
