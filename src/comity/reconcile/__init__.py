"""Names to polities, claims to events: signed, dated, reversible judgements that never overwrite a source."""
