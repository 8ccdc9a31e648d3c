"""Answers: the state of relations on a day, how it came to be, and what an answer rests on."""
