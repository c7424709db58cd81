"""The report as a person reads it: what was done, what was not understood, what to do next."""

from __future__ import annotations

from collections.abc import Iterator

from articles.intake.publication import ONLINE
from articles.intake.report import Entry, Report, Status
from cms.contracts import Finding

TAKEN_OUT = ("IMP02", "IMP03", "IMP04", "IMP06", "IMP07", "IMP08")
DONE = 2  # verbosity from which everything that was done is told


def write_report(report: Report, verbosity: int = 1) -> str:
    return "\n".join(_lines(report, verbosity)) + "\n"


def _lines(report: Report, verbosity: int) -> Iterator[str]:
    if report.is_dry_run:
        yield "Dry run: this is what would happen. Nothing was written.\n"
    for entry in report.entries:
        is_news = entry.status is not Status.UNCHANGED or entry.publication not in {"", ONLINE}
        if is_news or verbosity >= DONE:
            yield from _entry_lines(entry, verbosity)
            yield ""
    if report.ignored and verbosity >= DONE:
        names = ", ".join(path.name for path in report.ignored)
        yield f"Not read: {names}. Pictures come in with the texts that name them.\n"
    told = [f"{report.count(status)} {_WORDS[status]}" for status in Status if _is_told(report, status)]
    yield ", ".join(told) + "."
    yield from _next_steps(report)


_WORDS = {
    Status.CREATED: "created",
    Status.UPDATED: "updated",
    Status.UNCHANGED: "unchanged",
    Status.KEPT: "kept as an editor has them",
    Status.FAILED: "not readable",
}


def _is_told(report: Report, status: Status) -> bool:
    return status in {Status.CREATED, Status.UPDATED, Status.UNCHANGED} or report.count(status) > 0


def _entry_lines(entry: Entry, verbosity: int) -> Iterator[str]:
    yield f"{entry.status.value:<10}{entry.source}"
    if entry.status is Status.FAILED:
        yield from (f"  {finding.message} {finding.fix}" for finding in entry.findings)
        return
    yield f"  {entry.title}  (/articles/{entry.slug}/)"
    counts = [
        _count(entry.references, "reference"),
        _count(entry.pins, "pin"),
        _count(entry.callouts, "callout"),
        _count(entry.disclaimers, "disclaimer"),
    ]
    yield f"  {', '.join(counts)}"
    if entry.publication:
        yield f"  {entry.publication[:1].upper()}{entry.publication[1:]}"
    if entry.status is Status.UNCHANGED and verbosity < DONE:
        return
    yield from _section("Not understood", entry.not_understood)
    yield from _section("Taken out of the text", [_say(one) for one in entry.findings if one.id in TAKEN_OUT])
    if verbosity >= DONE:
        done = [one for one in entry.findings if one.severity == "info" and one.id not in TAKEN_OUT]
        yield from _section("Also", [_say(one) for one in done])
    serious = sorted((one for one in entry.findings if one.severity != "info"), key=lambda one: one.severity)
    yield from _section("Findings", [f"{one.severity} {one.id}: {_say(one)}" for one in serious])


def _section(title: str, items: list[str] | tuple[str, ...] | object) -> Iterator[str]:
    if isinstance(items, list | tuple) and items:
        yield f"  {title}:"
        yield from (f"    - {item}" for item in items)


def _say(finding: Finding) -> str:
    place = f"line {finding.line}: " if finding.line else ""
    return f"{place}{finding.message}" + (
        f" {finding.fix}" if finding.fix and finding.severity != "info" else ""
    )


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _next_steps(report: Report) -> Iterator[str]:
    written = [entry for entry in report.entries if entry.status in {Status.CREATED, Status.UPDATED}]
    steps = []
    if report.failed:
        steps.append(
            f"Repair the {_count(len(report.failed), 'file')} that could not be read; the others are done."
        )
    if any(entry.not_understood for entry in written):
        steps.append(
            "Look at what was not understood; it is in the text or in the front matter unless said otherwise."
        )
    if blocked := [entry for entry in written if entry.errors]:
        steps.append(
            f"Solve the error findings of {_count(len(blocked), 'article')}; they cannot be published before."
        )
    if report.is_dry_run:
        steps.append("Run it again without --dry-run.")
    elif written and not any(entry.publication for entry in report.entries):
        steps.append("Publish in the admin, or run it again with --publish.")
    if steps:
        yield "\nWhat to do next:"
        yield from (f"  - {step}" for step in steps)
