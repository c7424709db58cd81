"""Publish checks of links. What they share: a link is paid when a network's host, path or parameter says so."""

from affiliates.checks import addresses, amazon, privacy, wording

CHECKS = (*addresses.CHECKS, *amazon.CHECKS, *wording.CHECKS, *privacy.CHECKS)

__all__ = ["CHECKS"]
