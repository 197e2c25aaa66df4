"""Tables of breach portals of authorities."""
