"""A local server that stands for all sources."""

from __future__ import annotations

from tests.support.http import LocalSite, Reply

SOURCES = ("crossref", "pubmed", "idconv", "europepmc", "openalex")


def point_at(settings, site: LocalSite) -> None:
    """Let every source be a folder of the local site. What a test does not set up is a 404, as at the sources."""
    settings.REFERENCE_LOOKUPS = True
    settings.REFERENCE_SOURCES = {name: site.url(f"/{name}") for name in SOURCES}
    site["/europepmc/search"] = Reply(body='{"resultList": {"result": []}}')


def asked(site: LocalSite) -> list[str]:
    return [request.path.partition("?")[0] for request in site.asked]
