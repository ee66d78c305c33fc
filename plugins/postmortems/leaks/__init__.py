"""The last look before a site goes out: does any byte of it hold what its audience may not see?"""

from postmortems.leaks.search import Leak, find_leaks
from postmortems.leaks.secrets import Kind, Secret, secrets_of
from postmortems.leaks.vocabulary import Vocabulary

__all__ = ["Kind", "Leak", "Secret", "Vocabulary", "find_leaks", "secrets_of"]
