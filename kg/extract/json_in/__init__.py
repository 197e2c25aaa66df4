"""JSON documents read with the place of every value in the text."""
