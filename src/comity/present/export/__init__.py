"""Answers in the formats of other programs: tables and linked data."""
