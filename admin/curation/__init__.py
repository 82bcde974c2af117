"""What curators, reviewers and admins do, as use cases that the API, the console and the command line share; no HTTP, no SQL."""
