from __future__ import annotations

from django.urls import re_path

from references import files

app_name = "references"
urlpatterns = [
    re_path(
        r"^articles/(?P<slug>[-\w]+)/references\.(?P<extension>bib|ris)$", files.download, name="download"
    )
]
