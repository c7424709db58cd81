"""The editor's side of the kernel. Plugins add panels, pickers and blocks through the registry, never by import."""

from articles.admin import article, compliance, library, people, taxonomy

__all__ = ["article", "compliance", "library", "people", "taxonomy"]
