"""Pandoc's citations in Markdown: `[@key, p. 3]`, `[see @a; -@b]`, `@key [p. 2]`."""

from references.syntax.rules import SYNTAX

__all__ = ["SYNTAX"]
