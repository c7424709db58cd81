"""What this plugin registers with the socket."""

from __future__ import annotations

from collections.abc import Sequence

from cms.contracts import ArticlePart, Check, Portable, Slot, Syntax
from cms.hookspecs import hookimpl
from disclaimers import given, placing, portable
from disclaimers.checks import CHECKS
from disclaimers.forms import CarriedForm


@hookimpl
def markdown() -> Sequence[Syntax]:
    # No Markdown of its own: the records of every page come through the one way that plugins have to look things up.
    return [Syntax(placing.KIND, install=lambda md: None, resolve=placing.resolve)]


@hookimpl
def slots() -> Sequence[Slot]:
    return [
        given.SLOT,
        Slot("disclaimers:disclosure", "before_paid_link", placing.before_paid_link),
        Slot("disclaimers:before-references", "after_body", placing.before_references, order=-100),
        Slot("disclaimers:notices", "after_body", placing.after_body, order=100),
    ]


@hookimpl
def publish_checks() -> Sequence[Check]:
    return CHECKS


@hookimpl
def article_parts() -> Sequence[ArticlePart]:
    return [
        ArticlePart(
            "disclaimers",
            (placing.FRONT_MATTER_KEY,),
            load=portable.load_article,
            export=portable.export_article,
            form=CarriedForm,
        ),
        given.PART,
    ]


@hookimpl
def portables() -> Sequence[Portable]:
    return [Portable("disclaimers", dump=portable.dump, load=portable.load)]
