"""Smaller files of the library's pictures, as AVIF, WebP and the master's own format, made by the worker.

`encode` turns a master into files, `files` puts them into the storage, `making` decides when, `markup` names them in
the page.
"""
