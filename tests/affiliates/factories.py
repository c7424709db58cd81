"""Factories of the affiliates plugin: by default a live link of a redirect network with one target."""

from __future__ import annotations

from typing import Any

import factory
from factory.django import DjangoModelFactory

from affiliates import models, networks
from affiliates.subids import new_public_id
from tests.factories import ArticleFactory

AMAZON_TAG = "chelate-20"


def network(key: str = "awin") -> models.Network:
    """A shipped network; tests that empty the tables lose what the migration loaded."""
    return next(found for found in networks.all_networks() if found.key == key)


class ProgramFactory(DjangoModelFactory):
    class Meta:
        model = models.Program

    slug = factory.Sequence(lambda n: f"northmoor-{n}")
    network = factory.LazyFunction(network)
    merchant = "Northmoor Nutrition"


class LinkFactory(DjangoModelFactory):
    class Meta:
        model = models.AffiliateLink
        skip_postgeneration_save = True

    class Params:
        amazon = factory.Trait(
            network=factory.LazyFunction(lambda: network("amazon")),
            store_name="Amazon",
            url=f"https://www.amazon.com/dp/B0DEMO?tag={AMAZON_TAG}",
        )
        ebay = factory.Trait(
            network=factory.LazyFunction(lambda: network("ebay")),
            store_name="eBay",
            url="https://www.ebay.com/itm/1?mkevt=1&campid=5",
        )

    slug = factory.Sequence(lambda n: f"zinc-{n}")
    network = factory.LazyFunction(network)
    title = "Zinc citrate"
    store_name = "Northmoor"
    url = "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&ued=https%3A%2F%2Fnorthmoor.example%2Fzinc"

    @classmethod
    def _create(
        cls, model_class: type[models.AffiliateLink], *args: Any, **kwargs: Any
    ) -> models.AffiliateLink:
        url = kwargs.pop("url")
        link = super()._create(model_class, *args, **kwargs)
        if url:
            models.LinkTarget.objects.create(link=link, url=url)
        return link


class ProductFactory(DjangoModelFactory):
    class Meta:
        model = models.Product

    slug = factory.Sequence(lambda n: f"zinc-tablets-{n}")
    name = "Zinc Citrate 10"
    brand = "Northmoor"
    form = "Tablets"
    amount_per_serving = "10 mg of zinc"
    facts = ["Below the daily limit"]
    link = factory.SubFactory(LinkFactory)


class PlacementFactory(DjangoModelFactory):
    class Meta:
        model = models.Placement

    public_id = factory.LazyFunction(new_public_id)
    article = factory.SubFactory(ArticleFactory)
    link = factory.SubFactory(LinkFactory)
    kind = models.Placement.Kind.INLINE
    block_key = "abc"
    block_index = 2
    ordinal = 1
    first_edition = 1
    last_edition = 3
