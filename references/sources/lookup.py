"""Whom to ask about which identifier, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from articles.nesting import read_json
from references import csl
from references.identifiers import Identifiers
from references.sources import bookshelf, client, crossref, europepmc, openalex, pubmed
from references.sources.client import Answer
from references.sources.records import Record

RETRIES = 2
CANDIDATES = 5
NAMES = {
    "crossref": "Crossref",
    "pubmed": "PubMed",
    "bookshelf": "NCBI Bookshelf",
    "europepmc": "Europe PMC",
    "openalex": "OpenAlex",
    "idconv": "the PMC ID converter",
}


@dataclass(frozen=True, slots=True)
class Reply:
    """What one source said about one identifier ("doi", "pmid" …). `is_identity`: it decides what the number means."""

    source: str
    identifier: str
    state: client.State
    record: Record | None = None
    why: str = ""
    is_identity: bool = True


@dataclass(frozen=True, slots=True)
class Findings:
    """All replies about one work, in the order of asking."""

    replies: tuple[Reply, ...]

    @property
    def records(self) -> tuple[Record, ...]:
        return tuple(reply.record for reply in self.replies if reply.record)

    @property
    def why(self) -> str:
        """What an editor is told where nothing was found."""
        silent = dict.fromkeys(
            f"{NAMES[r.source]}: {r.why}" for r in self.replies if r.state == "unreachable"
        )
        return " ".join(silent)

    def of(self, identifier: str) -> tuple[Reply, ...]:
        return tuple(reply for reply in self.replies if reply.identifier == identifier and reply.is_identity)


def look_up(numbers: Identifiers, *, is_thorough: bool = False, fresh: bool = False) -> Findings:
    """Ask about every identifier that a source knows. `is_thorough` asks those, too, who only count and warn."""
    asked = Asking(fresh, retries=RETRIES if is_thorough else 0)  # an editor waits for the answer
    return Findings(tuple(asked.all(numbers, is_thorough=is_thorough)))


def search(item: Mapping[str, Any], *, fresh: bool = False) -> Findings:
    """Look for a work that has no identifier, by its words. A hit is a candidate; no hit says nothing."""
    words = " ".join(
        filter(None, [str(item.get("title", "")), csl.first_author(item), str(csl.year(item) or "")])
    )
    parameters = {"query.bibliographic": words[:300], "rows": str(CANDIDATES)}
    answer = client.ask("crossref", "/works", parameters, fresh=fresh, retries=RETRIES)
    reply = _reply("crossref", "title", answer, _first_work)
    if reply.state != "answered":
        return Findings((reply,))
    works = answer.json()["message"]["items"]
    return Findings(tuple(replace(reply, record=crossref.read(work)) for work in works if work.get("DOI")))


def _first_work(text: str) -> Record | None:
    works = read_json(text)["message"]["items"]
    return next((crossref.read(work) for work in works if work.get("DOI")), None)


@dataclass(frozen=True, slots=True)
class Asking:
    fresh: bool
    retries: int

    def all(self, numbers: Identifiers, *, is_thorough: bool) -> Iterator[Reply]:
        if numbers.doi:
            yield from self.doi(numbers.doi, is_thorough=is_thorough)
        if numbers.pmid:
            yield self.pmid(numbers.pmid)
        if numbers.pmcid:
            yield from self.pmcid(numbers.pmcid, known_pmid=numbers.pmid)
        if numbers.nbk:
            yield self.nbk(numbers.nbk)
        if numbers.arxiv and not numbers.doi:
            yield replace(self._openalex(f"10.48550/arxiv.{numbers.arxiv}"), identifier="arxiv")

    def doi(self, doi: str, *, is_thorough: bool) -> Iterator[Reply]:
        """Crossref decides; a DOI of another agency is not unknown because Crossref does not have it."""
        own = self._one("crossref", "doi", crossref.path(doi), crossref.read)
        yield own
        if is_thorough:
            found = self._searched("doi", europepmc.query(doi=doi))
            yield replace(found, is_identity=False)
        if is_thorough or own.state == "absent":
            yield replace(self._openalex(doi), is_identity=own.state == "absent")

    def pmid(self, pmid: str) -> Reply:
        parameters = {"db": "pubmed", "id": pmid, "retmode": "xml"}
        answer = self._ask("pubmed", "/efetch.fcgi", parameters)
        if answer.state == "unreachable" and answer.status == 400:  # a number that PubMed has never given
            answer = replace(answer, state="absent")
        return _reply("pubmed", "pmid", answer, lambda text: next(iter(pubmed.read(text)), None))

    def pmcid(self, pmcid: str, *, known_pmid: str) -> Iterator[Reply]:
        """The converter says which PubMed record it is; what PubMed does not have, Europe PMC may."""
        answer = self._ask("idconv", "", {"ids": pmcid, "format": "json"})
        converted = _converted(answer)
        if converted is None and answer.state != "answered":
            yield Reply("idconv", "pmcid", answer.state, why=answer.why)
        pmid = str((converted or {}).get("pmid") or "")
        if pmid and pmid != known_pmid:
            yield replace(self.pmid(pmid), identifier="pmcid")
        elif not pmid:
            yield self._searched("pmcid", europepmc.query(pmcid=pmcid))

    def nbk(self, nbk: str) -> Reply:
        answer = self._ask(
            "pubmed", "/esearch.fcgi", {"db": "books", "term": nbk, "retmode": "json", "retmax": "20"}
        )
        if answer.state == "answered":
            ids = _ids(answer)
            if ids is None:
                return Reply("bookshelf", "nbk", "unreachable", why="It sent something that is no list.")
            if not ids:
                return Reply("bookshelf", "nbk", "absent")
            answer = self._ask(
                "pubmed", "/esummary.fcgi", {"db": "books", "id": ",".join(ids), "retmode": "json"}
            )
        return _reply("bookshelf", "nbk", answer, lambda text: bookshelf.read(read_json(text), nbk))

    def _openalex(self, doi: str) -> Reply:
        return self._one("openalex", "doi", openalex.path(doi), openalex.read)

    def _searched(self, identifier: str, query: dict[str, str]) -> Reply:
        answer = self._ask("europepmc", "/search", query)
        return _reply(
            "europepmc", identifier, answer, lambda text: next(iter(europepmc.read(read_json(text))), None)
        )

    def _one(self, source: str, identifier: str, path: str, read: Callable[[Any], Record]) -> Reply:
        return _reply(source, identifier, self._ask(source, path), lambda text: read(read_json(text)))

    def _ask(self, source: str, path: str, parameters: dict[str, str] | None = None) -> Answer:
        return client.ask(source, path, parameters, fresh=self.fresh, retries=self.retries)


def _reply(source: str, identifier: str, answer: Answer, read: Callable[[str], Record | None]) -> Reply:
    """Read an answer. What cannot be read is no verdict on the work."""
    if answer.state != "answered":
        return Reply(source, identifier, answer.state, why=answer.why)
    try:
        record = read(answer.text)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        return Reply(source, identifier, "unreachable", why=f"It sent something that cannot be read: {error}")
    if record is None or not record.item:
        return Reply(source, identifier, "absent")
    return Reply(source, identifier, "answered", replace(record, http_status=answer.status))


def _ids(answer: Answer) -> list[str] | None:
    try:
        found = answer.json()["esearchresult"]["idlist"]
    except (ValueError, TypeError, KeyError):
        return None
    return [str(item) for item in found] if isinstance(found, list) else None


def _converted(answer: Answer) -> dict[str, Any] | None:
    """Return the converter's record, None for an error of any kind."""
    if answer.state != "answered":
        return None
    try:
        [record, *_] = answer.json()["records"]
    except (ValueError, TypeError, KeyError):
        return None
    return record if isinstance(record, dict) and record.get("status") != "error" else None
