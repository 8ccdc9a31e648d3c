"""Dates in running text: points, ranges, dates relative to others, on the text's own thread of time."""
