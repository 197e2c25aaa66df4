"""RDF: graphs of our own ontology, and what they say of incidents and suppliers."""
