"""From bytes to passages: documents loaded, decoded and cleaned, each character with its place in the text as given."""
