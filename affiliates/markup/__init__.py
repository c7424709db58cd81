"""What the plugin adds to Markdown: `[text](aff:slug)`, `::product{slug}`, `::compare{slug slug}`, the end call."""
