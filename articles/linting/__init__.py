"""Checking content files without publishing or keeping anything. docs/editors.md describes it for editors."""

from articles.linting.run import Result, lint_paths
from articles.linting.said import Said

__all__ = ["Result", "Said", "lint_paths"]
