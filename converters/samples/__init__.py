"""Texts to compare levels on, for who has none of their own at hand."""
