"""Incidents in the VERIS schema, as VCDB publishes them, in JSON and in tables."""
