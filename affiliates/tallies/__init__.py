"""Sums for reports: by day, week and four weeks, for one dimension at a time. Reports never read a click."""
