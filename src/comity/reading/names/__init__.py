"""What a sentence names: polities, agencies, titles."""
