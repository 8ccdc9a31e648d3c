"""A sentence parsed: which date governs a verb, how a thing is stated, what it is about."""
