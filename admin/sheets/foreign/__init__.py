"""Lists of words from other programs as keyword lists: what they look for is kept, what they do about it is told and left out."""
