"""What words alone tell: does a line end a sentence, does it read like a title, are two wordings the same?"""

from __future__ import annotations

import re
import unicodedata

MINOR_WORDS = frozenset(
    "a an and as at but by en for from if in into is nor of off on onto or over per so than the to up upon via vs"
    " with within without yet mg mcg iu g".split()
)
MOST_WORDS, MOST_CHARACTERS = 18, 140
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
_WRAPPERS = "\"'“”‘’()[]{}*_,:;"
_CLAUSE_BREAK = re.compile(r"\s*[—–;:]\s*|\s+-\s+")
_MARKUP = re.compile(r"\*+|__+|`+|!?\[([^\[\]]*)\](?:\([^()]*\))?")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*(?=\s|$)")


def fold(text: str) -> str:
    """Return the wording for comparison: no case, no punctuation, no typographic variants."""
    plain = unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold()
    return " ".join(re.findall(r"[^\W_]+", plain))


def ends_sentence(text: str) -> bool:
    return text.rstrip().rstrip("\"'”’)*_").endswith((".", "!", "?", "…"))


def is_title(text: str, *, allow_question: bool = True) -> bool:
    """Return whether a line reads like a title: short, no final punctuation, every weighty word with a capital.

    Sentence case is not taken for a title: one cannot tell it from a short sentence.
    """
    text = text.strip()
    words = text.split()
    if not words or len(words) > MOST_WORDS or len(text) > MOST_CHARACTERS or "://" in text or "|" in text:
        return False
    if text[-1] in ".!…:;,-–—" or (text[-1] == "?" and not (allow_question and len(words) > 2)):
        return False
    if words[0] == "By" or not (text[0].isupper() or text[0].isdigit()):
        return False
    return any(map(str.isupper, text)) and all(map(_is_title_word, words))


def _is_title_word(word: str) -> bool:
    core = word.strip(_WRAPPERS)
    return not core[:1].islower() or core.rstrip(".").casefold() in MINOR_WORDS or any(map(str.isupper, core))


def shorten(text: str, most: int) -> str:
    """Return at most `most` characters, cut between words."""
    if len(text) <= most:
        return text
    end = text.rfind(" ", 1, most)
    return f"{text[: end if end > 0 else most - 1].rstrip()}…"


def first_sentence(text: str) -> str:
    """Return the first sentence without its final stop."""
    text = " ".join(text.split())
    end = _SENTENCE_END.search(text)
    return text[: end.start()] if end else text


def title_from(text: str, most: int = 80) -> str:
    """Propose a title: the first sentence, cut at a dash or colon if that leaves enough, then at a comma or word."""
    sentence = first_sentence(_MARKUP.sub(r"\1", text)).strip(_WRAPPERS + "#->`|~= ")
    if len(sentence) > most:
        breaks = (found.start() for found in _CLAUSE_BREAK.finditer(sentence, 20))
        commas = (found.start() for found in re.finditer(",", sentence[:most]) if found.start() >= 20)
        cut = max((place for place in breaks if place <= most), default=0) or max(commas, default=0)
        sentence = sentence[:cut] if cut else sentence
    return shorten(sentence, most)


def quote(text: str, most: int = 80) -> str:
    """Return the words in quotation marks, shortened, for a message."""
    return f"“{shorten(' '.join(text.split()), most)}”"
