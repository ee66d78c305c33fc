"""An example of a package with plug-ins: a rule, a page, an export and an importer."""
