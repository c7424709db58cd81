"""PubMed's records, as efetch sends them: https://www.nlm.nih.gov/bsd/licensee/elements_descriptions.html"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from references.identifiers import find_doi
from references.models.states import EditorialStatus as Status
from references.sources import studies, xml
from references.sources.records import Notice, Record

ID = "pubmed"
RECORDS = ("PubmedArticle", "PubmedBookArticle")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
RELATIONS: Mapping[str, Status] = {
    "retractionin": Status.RETRACTED,
    "partialretractionin": Status.RETRACTED,
    "retractedandrepublishedin": Status.RETRACTED,
    "expressionofconcernin": Status.CONCERN,
    "erratumin": Status.CORRECTED,
    "correctedandrepublishedin": Status.CORRECTED,
    "updatein": Status.SUPERSEDED,
    "retractionof": Status.NOTICE,
    "partialretractionof": Status.NOTICE,
    "expressionofconcernfor": Status.NOTICE,
    "erratumfor": Status.NOTICE,
}  # a comment says nothing against a work, and an update of a preprint is a paper
TYPES: Mapping[str, Status] = {
    "retracted publication": Status.RETRACTED,
    "retraction of publication": Status.NOTICE,
    "retraction notice": Status.NOTICE,
    "expression of concern": Status.NOTICE,
    "published erratum": Status.NOTICE,
}


def read(text: str) -> list[Record]:
    """Read every record of an answer, in order; an answer that knows none gives none. Raises xml.InvalidXml."""
    root = xml.parse(text)
    records = [root] if root.tag in RECORDS else [child for child in root if child.tag in RECORDS]
    return [_record(record, text) for record in records]


def notices_of(types: Sequence[str], relations: Sequence[tuple[str, str, str]]) -> tuple[Notice, ...]:
    """Return what publication types and relations ("Retraction in", words, PMID) say. A relation says more."""
    found = [
        Notice(status, _spaced(kind), doi=find_doi(words), pmid=pmid)
        for kind, words, pmid in relations
        if (status := RELATIONS.get(re.sub(r"[^a-z]", "", kind.lower())))
    ]
    seen = {notice.status for notice in found}
    named = ((kind, TYPES.get(kind.lower())) for kind in types)
    found += [Notice(status, kind) for kind, status in named if status and status not in seen]
    return tuple(found)


def _spaced(kind: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind).capitalize()


def untranslated(title: str) -> str:
    """Return a title without its full stop and the brackets of a translation."""
    title = title.strip().removesuffix(".")
    return title[1:-1].removesuffix(".") if title.startswith("[") and title.endswith("]") else title


def _record(record: Element, text: str) -> Record:
    is_book = record.tag == "PubmedBookArticle"
    body = record.find("BookDocument") if is_book else record.find("MedlineCitation")
    body = record if body is None else body
    item = _book(body) if is_book else _article(body)
    item = {name: value for name, value in (item | _numbers(record, body)).items() if value}
    types = [(kind.text or "").strip() for kind in record.iter("PublicationType")]
    relations = [
        (
            entry.get("RefType", ""),
            xml.marked(entry.find("RefSource")),
            (entry.findtext("PMID") or "").strip(),
        )
        for entry in record.iter("CommentsCorrections")
    ]
    subjects = [(subject.text or "") for subject in record.iter("DescriptorName")]
    return Record(
        source=ID,
        source_id=item.get("PMID", ""),
        item=item,
        notices=notices_of(types, relations),
        study_type=studies.study_type(types, subjects),
        raw=text,
    )


def _article(body: Element) -> dict[str, Any]:
    article = body.find("Article")
    if article is None:
        return {}
    issue = article.find("Journal/JournalIssue")
    return {
        "type": "article-journal",
        "title": untranslated(xml.marked(article.find("ArticleTitle"))),
        "author": _people(article.find("AuthorList")),
        "container-title": xml.marked(article.find("Journal/Title")),
        "container-title-short": xml.marked(article.find("Journal/ISOAbbreviation")),
        "volume": _text(issue, "Volume"),
        "issue": _text(issue, "Issue"),
        "page": _pages(article),
        "issued": _date(issue.find("PubDate") if issue is not None else None),
        "ISSN": _text(article, "Journal/ISSN"),
        "language": _text(article, "Language"),
    }


def _book(body: Element) -> dict[str, Any]:
    book = body.find("Book")
    chapter = untranslated(xml.marked(body.find("ArticleTitle")))
    title = untranslated(xml.marked(book.find("BookTitle") if book is not None else None))
    people = {entry.get("Type", "authors"): _people(entry) for entry in body.iter("AuthorList")}
    return {
        "type": "chapter" if chapter else "book",
        "title": chapter or title,
        "container-title": title if chapter else "",
        "author": people.get("authors"),
        "editor": people.get("editors"),
        "publisher": _text(book, "Publisher/PublisherName"),
        "publisher-place": _text(book, "Publisher/PublisherLocation"),
        "page": _pages(body),
        "issued": _date(book.find("PubDate") if book is not None else None),
        "ISBN": _text(book, "Isbn"),
        "language": _text(body, "Language"),
    }


def _numbers(record: Element, body: Element) -> dict[str, Any]:
    lists = [
        *record.findall("PubmedData/ArticleIdList"),
        *record.findall("PubmedBookData/ArticleIdList"),
        *body.findall("ArticleIdList"),
    ]
    known = {
        entry.get("IdType", ""): (entry.text or "").strip()
        for ids in lists
        for entry in ids.findall("ArticleId")
    }
    places = [entry for entry in body.iter("ELocationID") if entry.get("EIdType") == "doi"]
    found = {
        "PMID": _text(body, "PMID") or known.get("pubmed", ""),
        "DOI": known.get("doi") or next(((place.text or "").strip() for place in places), ""),
        "PMCID": known.get("pmc", "").partition(".")[0],
    }
    return found | ({"custom": {"nbk": known["bookaccession"]}} if "bookaccession" in known else {})


def _people(names: Element | None) -> list[dict[str, str]]:
    return [person for person in map(_person, names.findall("Author")) if person] if names is not None else []


def _person(author: Element) -> dict[str, str]:
    if group := xml.marked(author.find("CollectiveName")):
        return {"literal": group}
    given = _text(author, "ForeName") or _text(author, "Initials")
    name = {"family": _text(author, "LastName"), "given": given, "suffix": _text(author, "Suffix")}
    return {part: value for part, value in name.items() if value}


def _pages(body: Element) -> str:
    pages = _text(body, "Pagination/MedlinePgn")
    first, last = _text(body, "Pagination/StartPage"), _text(body, "Pagination/EndPage")
    return pages or "-".join(filter(None, [first, last]))


def _date(entry: Element | None) -> dict[str, Any]:
    parts = list(_date_parts(entry)) if entry is not None else []
    return {"date-parts": [parts]} if parts else {}


def _date_parts(entry: Element) -> Iterator[int]:
    """Yield year, month, day as far as they are numbers. "1998 Dec-1999 Jan" is 1998."""
    year = re.search(r"[0-9]{4}", _text(entry, "Year") or _text(entry, "MedlineDate"))
    if year is None:
        return
    yield int(year[0])
    month = _text(entry, "Month").lower()[:3]
    number = int(month) if month.isdecimal() else MONTHS.index(month) + 1 if month in MONTHS else 0
    if not number:
        return
    yield number
    if (day := _text(entry, "Day")).isdecimal():
        yield int(day)


def _text(element: Element | None, path: str) -> str:
    return " ".join((element.findtext(path) or "").split()) if element is not None else ""
