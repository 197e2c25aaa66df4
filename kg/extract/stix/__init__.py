"""STIX bundles: incidents, their parties, and what they cite."""
