"""A reference to check, and what is stored of it afterwards."""

from references.models import Reference
from tests.references.factories import ReferenceFactory
from tests.references.sources.fixtures import DOI, TITLE


def make(title=TITLE, **csl):
    defaults = {"author": [{"family": "Shankar"}], "issued": {"date-parts": [[1998]]}, "DOI": DOI}
    return ReferenceFactory(csl={"type": "article-journal", "title": title, **defaults, **csl})


def again(reference):
    return Reference.objects.get(pk=reference.pk)
