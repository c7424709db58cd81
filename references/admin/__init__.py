"""The library in the admin."""

from references.admin.works import ReferenceAdmin

__all__ = ["ReferenceAdmin"]
