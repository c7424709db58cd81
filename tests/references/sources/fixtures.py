"""A local server that stands for all sources."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from tests.references.sources import payloads
from tests.support.http import LocalSite, Reply, local_site

__all__ = ["local_site"]
DOI = "10.1093/ajcn/68.2.447s"
WORK = "/crossref/works/10.1093%2Fajcn%2F68.2.447s"
TITLE = "Zinc and immune function: the biological basis of altered resistance to infection"
SOURCES = ("crossref", "pubmed", "idconv", "europepmc", "openalex")


def point_at(settings, site: LocalSite) -> None:
    """Let every source be a folder of the local site. What a test does not set up is a 404, as at the sources."""
    settings.REFERENCE_LOOKUPS = True
    settings.REFERENCE_SOURCES = {name: site.url(f"/{name}") for name in SOURCES}
    site["/europepmc/search"] = Reply(body='{"resultList": {"result": []}}')


def asked(site: LocalSite) -> list[str]:
    return [request.path.partition("?")[0] for request in site.asked]


@pytest.fixture
def sources(settings, local_site: LocalSite, monkeypatch) -> LocalSite:
    """All sources, of which Crossref knows one work."""
    cache.clear()
    point_at(settings, local_site)
    monkeypatch.setattr("references.sources.lookup.RETRIES", 0)
    local_site[WORK] = Reply(body=payloads.crossref())
    return local_site
