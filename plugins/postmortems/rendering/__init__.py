"""How values look to a reader: formatting, labels, figures by name, and templates to HTML."""
