"""The HTML view: one self-contained page, safe to open, that shows a graph and the sentence behind every edge.

Importing this package is cheap: pyvis, and with it IPython, is loaded when a page is rendered.
"""

from kg.view.page import Edge, Node, Page, Quote
from kg.view.rendering import notebook, render, write

__all__ = ["Edge", "Node", "Page", "Quote", "notebook", "render", "write"]
