"""Publish checks of claim language: ids, severities and messages as docs list them."""

from claims.checks.run import CHECKS

__all__ = ["CHECKS"]
