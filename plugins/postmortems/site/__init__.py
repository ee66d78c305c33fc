"""Corpus and analysis to a SiteTree: pages and assets by their place, for whatever engine renders them."""

from postmortems.rendering.forge_links import OnForge, Origin
from postmortems.site.build import STYLESHEET, Faults, build_site
from postmortems.site.sanitise import sanitise
from postmortems.site.sections import Layout, SectionsExtension
from postmortems.site.tree import Alternate, Asset, Heading, IncidentPage, Page, Rendered, SiteTree

__all__ = [
    "STYLESHEET",
    "Alternate",
    "Asset",
    "Faults",
    "Heading",
    "IncidentPage",
    "Layout",
    "OnForge",
    "Origin",
    "Page",
    "Rendered",
    "SectionsExtension",
    "SiteTree",
    "build_site",
    "sanitise",
]
