"""The words of the interface, in the language that a knowledge base chose; in the code they are English.

Code writes `_("Incidents")` and templates `{% trans %}Incidents{% endtrans %}`; the catalogues in `locales/`, one
file a translation, are gettext's. `use_language(...)` sets the language for what is done within it.
"""

from postmortems.texts.catalogue import LANGUAGES, Texts, Wording, known_messages, load_texts
from postmortems.texts.language import N_, _, gettext, ngettext, spoken_language, use_language

__all__ = [
    "LANGUAGES",
    "N_",
    "Texts",
    "Wording",
    "_",
    "gettext",
    "known_messages",
    "load_texts",
    "ngettext",
    "spoken_language",
    "use_language",
]
