"""How somebody proves who they are: passwords, one-time and recovery codes, tokens, OpenID Connect; no routes, no rows, no sessions kept."""
