"""Works of the library. The default is an ordinary journal article with every column filled."""

from __future__ import annotations

from typing import Any

import factory
from factory.django import DjangoModelFactory

from references.models import Citation, Reference
from tests.factories import EditionFactory


class ReferenceFactory(DjangoModelFactory):
    """`csl__title="…"` replaces one key of the item; `csl={…}` the whole."""

    class Meta:
        model = Reference

    class Params:
        retracted = factory.Trait(editorial_status=Reference.EditorialStatus.RETRACTED)

    citekey = factory.Sequence(lambda n: f"siebrecht2013-{n}")
    study_type = Reference.StudyType.REVIEW
    csl = factory.Dict(
        {
            "type": "article-journal",
            "title": factory.Sequence(lambda n: f"Magnesium bisglycinate as safe form {n}"),
            "author": [{"family": "Siebrecht", "given": "Stefan"}],
            "container-title": "OM & Ernährung",
            "issued": {"date-parts": [[2013]]},
            "volume": "144",
            "page": "2-16",
            "DOI": factory.Sequence(lambda n: f"10.1234/om.{n}"),
        }
    )

    @classmethod
    def _adjust_kwargs(cls, **kwargs: Any) -> dict[str, Any]:
        kwargs["csl"] = {
            name.replace("_", "-"): value for name, value in kwargs["csl"].items() if value is not None
        }
        return kwargs


class CitationFactory(DjangoModelFactory):
    class Meta:
        model = Citation

    edition = factory.SubFactory(EditionFactory)
    reference = factory.SubFactory(ReferenceFactory)
    position = 1
    number = 1
