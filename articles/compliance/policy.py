"""From what the checks found to what it means here: severity by site, overrides by article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from articles.models import CheckSetting, Override
from articles.models.compliance import LONGEST_ABOUT
from cms import plugins
from cms.contracts import Finding, Severity

RANK: Sequence[Severity] = ("info", "warning", "error")


def about(finding: Finding) -> str:
    """Return what an override of this finding is about; other words are another decision."""
    return " ".join((finding.quote or finding.message).split())[:LONGEST_ABOUT]


@dataclass(frozen=True, slots=True)
class Policy:
    """`settings` by check id; `overrides` by check id and `about`, each with the words of who let it pass."""

    settings: Mapping[str, CheckSetting]
    overrides: Mapping[tuple[str, str], str]

    def judged(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Return the findings as this site means them. A critical one stays what it is."""
        found = (self._judge(finding) for finding in findings)
        return tuple(finding for finding in found if finding is not None)

    def _judge(self, finding: Finding) -> Finding | None:
        if finding.critical:
            return finding
        setting = self.settings.get(finding.id)
        if setting is not None:
            if not setting.is_on:
                return None
            finding = replace(finding, severity=_severity(finding, setting))
        passed = self.overrides.get((finding.id, about(finding)), "")
        return replace(finding, overridden=passed) if passed else finding


def _severity(finding: Finding, setting: CheckSetting) -> Severity:
    """Return the site's severity. What a check says more mildly than it is shipped as is not raised."""
    if not setting.severity:
        return finding.severity
    wanted: Severity = setting.severity  # type: ignore[assignment]  # the choices of the field
    check = plugins.registry().checks.get(finding.id)
    if check is None or finding.severity == check.severity:
        return wanted
    return min(wanted, finding.severity, key=RANK.index)


def judged(findings: Iterable[Finding], article_id: int | None) -> tuple[Finding, ...]:
    """Judge findings by what the database says of the site and of the article, in at most two queries."""
    found = tuple(findings)
    if not found:
        return ()
    settings = {setting.check_id: setting for setting in CheckSetting.objects.all()}
    overrides: dict[tuple[str, str], str] = {}
    if article_id is not None:
        for row in Override.objects.filter(article=article_id, withdrawn_at__isnull=True):
            overrides[row.check_id, row.about] = row.said
    return Policy(settings, overrides).judged(found)
