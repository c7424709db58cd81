"""Claims in the admin: contradictions between live articles, the intake limits in use, the words of editors."""

from claims.admin import contradictions, terms

__all__ = ["contradictions", "terms"]
