"""Factories of the disclaimers plugin. The default is a health notice in use, shown where an article names it."""

from __future__ import annotations

from typing import Any

import factory
from factory.django import DjangoModelFactory

from disclaimers.models import Disclaimer
from disclaimers.services import add_version


class DisclaimerFactory(DjangoModelFactory):
    class Meta:
        model = Disclaimer
        skip_postgeneration_save = True

    class Params:
        disclosure = factory.Trait(
            family="disclosure",
            kind="affiliate_disclosure",
            slot="before_paid_link",
            when={"has_affiliate_link": True},
        )
        health = factory.Trait(kind="health_information", when={"is_health_article": True})

    slug = factory.Sequence(lambda n: f"house-notice-{n}")
    family = "notice"
    kind = "house_notice"
    title = factory.Sequence(lambda n: f"House notice {n}")
    source = "House rules"
    source_status = "verified"

    @factory.post_generation
    def text(self, create: bool, extracted: Any, **_: Any) -> None:
        if create:
            add_version(self, extracted or f"Text of {self.title}.", heading="Please note")
