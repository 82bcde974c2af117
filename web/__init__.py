"""HALL: HTTP manners shared by both doors: bodies in, problems out, routes with access. No domain word lives here."""
