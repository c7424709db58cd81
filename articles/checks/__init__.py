"""The kernel's own publish checks: who stands behind a page, and what it recommends."""

from articles.checks import recommendations, trust

CHECKS = (*trust.CHECKS, *recommendations.CHECKS)

__all__ = ["CHECKS"]
