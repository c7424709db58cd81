"""Counting clicks without knowing who clicks."""
