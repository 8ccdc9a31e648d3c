"""Answers as people and programs read them: sentences with numbered notes, Markdown, JSON."""
