"""Tables and JSON that a mapping file describes."""
