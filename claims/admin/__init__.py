"""Claims in the admin: contradictions between live articles and the intake limits in use."""

from claims.admin import contradictions

__all__ = ["contradictions"]
