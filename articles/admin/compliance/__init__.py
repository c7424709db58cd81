"""Compliance in the admin: what stands on live pages, the checks of this site, the audit log."""

from articles.admin.compliance import audit, checks, pages

__all__ = ["audit", "checks", "pages"]
