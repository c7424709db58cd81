"""The compiler: Markdown and front matter in, an immutable Document out.

`compile_markdown` touches no database; `compile_article` asks the plugins' resolvers first.
"""

from articles.compile.pipeline import compile_article, compile_markdown, make_source, source_of

__all__ = ["compile_article", "compile_markdown", "make_source", "source_of"]
