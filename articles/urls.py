from __future__ import annotations

from django.urls import path

from articles import feeds, sitemaps, views

app_name = "articles"
urlpatterns = [
    path("", views.home, name="home"),
    path("articles/<slug:slug>/", views.detail, name="detail"),
    path("topics/<slug:slug>/", views.topic, name="topic"),
    path("authors/<slug:slug>/", views.author, name="author"),
    path("search/", views.search, name="search"),
    path("preview/<str:token>/", views.preview, name="preview"),
    path("feeds/rss.xml", feeds.rss, name="rss"),
    path("feeds/atom.xml", feeds.atom, name="atom"),
    path("feeds/feed.json", feeds.json_feed, name="json-feed"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
]
