"""The brief for leadership: one quarter on one page, as a document for a site, a terminal and a printer."""

from postmortems.documents.brief.internal import own_brief
from postmortems.documents.brief.public import retold_brief

__all__ = ["own_brief", "retold_brief"]
