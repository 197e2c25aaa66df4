"""A small static site: an index with search, one page for every vendor and incident, the interactive page beside them.

Every page is whole without a script, loads nothing, and links to the others by relative addresses.
"""

from kg.view.site.writing import write_site

__all__ = ["write_site"]
