from __future__ import annotations

from django.urls import path

from chelate_glossary import views

app_name = "chelate_glossary"
urlpatterns = [path("", views.glossary, name="glossary")]
