"""What the admin's templates say of findings."""

from __future__ import annotations

from django import template

from articles.compliance import policy
from cms.contracts import Finding

register = template.Library()


@register.filter
def about(finding: Finding) -> str:
    """Return what an override of this finding is about."""
    return policy.about(finding)
