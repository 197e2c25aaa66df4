"""Posts of incidents: a literal with fields and prose."""
