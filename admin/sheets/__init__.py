"""Files that people curate in ↔ values, bytes in and values out; storing, reviewing and publishing what they say is elsewhere."""
