"""The catalogue of supply-chain compromises, in Markdown."""
