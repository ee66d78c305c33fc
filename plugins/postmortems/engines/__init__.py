"""Where a SiteTree is rendered."""
