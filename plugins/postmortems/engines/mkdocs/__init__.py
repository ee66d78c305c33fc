"""The MkDocs plugin: the only room that knows MkDocs."""

from mkdocs.exceptions import PluginError

from postmortems.runtime.extras import MissingExtraError, require

try:
    require("site", "The plugin `postmortems`")
except MissingExtraError as error:
    raise PluginError(str(error)) from None
