"""The side door as JSON: thin handlers over the use cases, the same ones that the console and the command line have."""
