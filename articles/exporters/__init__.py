"""A site's content as a folder of Markdown files and records, which importing again leaves unchanged."""

from articles.exporters.folder import FolderNotEmpty
from articles.exporters.service import Exported, UnknownArticles, export_folder

__all__ = ["Exported", "FolderNotEmpty", "UnknownArticles", "export_folder"]
