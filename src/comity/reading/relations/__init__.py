"""What sentences state, a module for each family of relations."""
