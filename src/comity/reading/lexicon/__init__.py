"""The words and patterns that the reader knows, in tables."""
