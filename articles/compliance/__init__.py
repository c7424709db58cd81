"""What a site makes of findings: settings of checks, overrides, what stands on live pages, evidence for others."""
