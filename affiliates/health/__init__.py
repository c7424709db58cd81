"""Where links really lead: asked in the background, politely, and never taken for a verdict when nobody answered."""
