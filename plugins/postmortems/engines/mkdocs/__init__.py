"""The MkDocs plugin: the only room that knows MkDocs."""
