"""English: word lists and patterns, and the little grammar that they take."""

from postmortems.rules.language.english.anonymise import anonymised
from postmortems.rules.language.english.blame import PHRASES
from postmortems.rules.language.english.names import NAMES, is_role_or_product
from postmortems.rules.language.english.persons import stops_at_a_person
from postmortems.rules.language.english.titles import starts_without_verb, vague_words
from postmortems.rules.language.language import Language

ENGLISH = Language(
    name="English",
    phrases=PHRASES,
    names=NAMES,
    is_role_or_product=is_role_or_product,
    vague_words=vague_words,
    starts_without_verb=starts_without_verb,
    stops_at_a_person=stops_at_a_person,
    anonymised=anonymised,
)
