"""Lists of suppliers and sub-processors, in tables, lists and JSON."""
