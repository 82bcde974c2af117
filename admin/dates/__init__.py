"""Dates of elections from other people's documents into the packs: read, compared with what is there, reported, written when told to."""
