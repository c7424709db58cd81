"""Small answers in the shape in which the sources send them."""

from __future__ import annotations

import json
from typing import Any


def crossref(doi: str = "10.1093/ajcn/68.2.447s", **changes: Any) -> str:
    work = {
        "indexed": {"date-parts": [[2026, 7, 3]]},
        "publisher": "Elsevier BV",
        "short-container-title": ["Am J Clin Nutr"],
        "issued": {"date-parts": [[1998, 8]]},
        "DOI": doi,
        "type": "journal-article",
        "page": "447S-463S",
        "is-referenced-by-count": 1992,
        "title": ["Zinc and immune function: the biological basis of altered resistance to infection"],
        "volume": "68",
        "author": [
            {"given": "AH", "family": "Shankar", "sequence": "first", "affiliation": [], "ORCID": "x"},
            {"given": "AS", "family": "Prasad", "sequence": "additional", "affiliation": []},
        ],
        "container-title": ["The American Journal of Clinical Nutrition"],
        "ISSN": ["0002-9165", "1938-3207"],
        "subtitle": [],
        "reference": [{"key": "1"}],
    }
    return json.dumps({"status": "ok", "message-type": "work", "message": work | changes})


def update(kind: str, doi: str, *, on: tuple[int, ...] = (2010, 2, 6), label: str = "") -> dict[str, Any]:
    return {
        "DOI": doi,
        "type": kind,
        "label": label or kind.replace("_", " ").capitalize(),
        "source": "publisher",
        "updated": {"date-parts": [list(on)]},
    }


ARTICLE = """<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle//EN" "https://dtd.nlm.nih.gov/pubmed_250101.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">{pmid}</PMID>
<Article PubModel="Print"><Journal><ISSN IssnType="Print">0140-6736</ISSN><JournalIssue CitedMedium="Print">
<Volume>379</Volume><Issue>9822</Issue><PubDate><Year>{year}</Year><Month>Mar</Month><Day>31</Day></PubDate>
</JournalIssue><Title>Lancet (London, England)</Title><ISOAbbreviation>Lancet</ISOAbbreviation></Journal>
<ArticleTitle>{title}</ArticleTitle><Pagination><StartPage>1256</StartPage><EndPage>1268</EndPage>
<MedlinePgn>1256-68</MedlinePgn></Pagination>
<AuthorList CompleteYN="Y"><Author><LastName>{family}</LastName><ForeName>Margaret P</ForeName></Author></AuthorList>
<Language>eng</Language><PublicationTypeList>{types}</PublicationTypeList></Article>{extra}</MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="pubmed">{pmid}</ArticleId>
<ArticleId IdType="doi">{doi}</ArticleId><ArticleId IdType="pmc">PMC1.2</ArticleId></ArticleIdList></PubmedData>
</PubmedArticle></PubmedArticleSet>"""
NO_ARTICLE = '<?xml version="1.0" ?>\n<PubmedArticleSet>\n</PubmedArticleSet>'


def pubmed(
    pmid: str = "22381456",
    title: str = "Selenium and human health.",
    *,
    year: int = 2012,
    family: str = "Rayman",
    doi: str = "10.1016/S0140-6736(11)61452-9",
    types: tuple[str, ...] = ("Journal Article", "Review"),
    extra: str = "",
) -> str:
    kinds = "".join(f'<PublicationType UI="D0">{kind}</PublicationType>' for kind in types)
    return ARTICLE.format(pmid=pmid, title=title, year=year, family=family, doi=doi, types=kinds, extra=extra)


def relation(kind: str, words: str = "Lancet. 2010;375:445. doi: 10.1016/S0140-6736(10)60175-4.") -> str:
    return (
        f'<CommentsCorrectionsList><CommentsCorrections RefType="{kind}"><RefSource>{words}</RefSource>'
        '<PMID Version="1">20137807</PMID></CommentsCorrections></CommentsCorrectionsList>'
    )


def europepmc(*results: dict[str, Any]) -> str:
    return json.dumps({"version": "6.9", "hitCount": len(results), "resultList": {"result": list(results)}})


def europepmc_result(**changes: Any) -> dict[str, Any]:
    return {
        "id": "9701160",
        "source": "MED",
        "pmid": "9701160",
        "doi": "10.1093/ajcn/68.2.447s",
        "title": "Zinc and immune function: the biological basis of altered resistance to infection.",
        "authorList": {"author": [{"fullName": "Shankar AH", "firstName": "A H", "lastName": "Shankar"}]},
        "journalInfo": {
            "volume": "68",
            "issue": "2 Suppl",
            "yearOfPublication": 1998,
            "monthOfPublication": 8,
            "journal": {"title": "The American journal of clinical nutrition", "issn": "0002-9165"},
        },
        "pubYear": "1998",
        "pageInfo": "447S-463S",
        "language": "eng",
        "pubTypeList": {"pubType": ["Review", "Journal Article"]},
        "citedByCount": 611,
    } | changes


def openalex(doi: str = "10.1093/ajcn/68.2.447s", **changes: Any) -> str:
    work = {
        "id": "https://openalex.org/W2117847125",
        "doi": f"https://doi.org/{doi}",
        "display_name": "Zinc and immune function: the biological basis of altered resistance to infection",
        "publication_year": 1998,
        "publication_date": "1998-08-01",
        "ids": {"pmid": "https://pubmed.ncbi.nlm.nih.gov/9701160"},
        "primary_location": {"source": {"display_name": "American Journal of Clinical Nutrition"}},
        "type": "article",
        "authorships": [{"author": {"display_name": "Anuraj H. Shankar"}}],
        "cited_by_count": 1311,
        "biblio": {"volume": "68", "issue": "2", "first_page": "447S", "last_page": "463S"},
        "is_retracted": False,
    }
    return json.dumps(work | changes)


def converted(requested: str, **record: Any) -> str:
    return json.dumps({"status": "ok", "records": [{"requested-id": requested, **record}]})


def searched(*ids: str) -> str:
    return json.dumps({"header": {"type": "esearch"}, "esearchresult": {"count": "1", "idlist": list(ids)}})


def summary(nbk: str = "NBK507250", title: str = "Magnesium and stress", **changes: Any) -> str:
    info = (
        "<MainRecord><Contributors>Magdalena D. Cuciureanu, Robert Vink.</Contributors></MainRecord>"
        '<Parents><Parent role="document" type="book">'
        "<Title>Magnesium in the Central Nervous System</Title></Parent></Parents>"
    )
    chapter = {
        "uid": "2821126",
        "title": title,
        "pubdate": "2011/00/00 00:00",
        "rtype": "chapter",
        "book": "magnesiumcns",
        "accessionid": nbk,
        "chapteraccessionid": nbk,
        "bookaccessionid": "NBK507264",
        "bookinfo": info,
    }
    section = chapter | {"uid": "2821127", "rtype": "section", "title": "Abstract"}
    result = {"uids": ["2821127", "2821126"], "2821127": section, "2821126": chapter | changes}
    return json.dumps({"header": {"type": "esummary"}, "result": result})
