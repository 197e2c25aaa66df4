"""Resolution: which mentions are one organization, and the canonical graph that follows from it.

Evidence is never rewritten. A `JudgedResolver` maps every mention to its referent; the canonical graph is
derived from the evidence and that map, and is derived anew when either changes.
"""
