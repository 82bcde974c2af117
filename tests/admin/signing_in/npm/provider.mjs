// An OpenID Connect provider for the tests: one client, one account that is signed in and asked for nothing, a clock that is handed in.
// The first argument is JSON: now (seconds), groups, verified, redirects, claimsInToken, algorithm, cert and key (paths, for https), host (for
// the issuer). It prints its issuer once it listens; on standard input the line "rotate" gives it new keys, any other is JSON of what changes.
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import { createInterface } from "node:readline";

const given = JSON.parse(process.argv[2]);
const realNow = Date.now;
const started = realNow();
Date.now = () => given.now * 1000 + (realNow() - started);
const { default: Provider } = await import("oidc-provider");

const CURVES = { ES256: ["ec", { namedCurve: "P-256" }], EdDSA: ["ed25519", {}], RS256: ["rsa", { modulusLength: 2048 }] };

function newKeys() {
  const [kind, options] = CURVES[given.algorithm];
  const made = generateKeyPairSync(kind, options).privateKey.export({ format: "jwk" });
  return { keys: [{ ...made, alg: given.algorithm, use: "sig", kid: randomBytes(8).toString("hex") }] };
}

function make(issuer) {
  const provider = new Provider(issuer, {
    jwks: newKeys(),
    clients: [{
      client_id: "signpost",
      client_secret: "a secret: of the/client+50%",
      redirect_uris: ["http://localhost:8080/admin/sign-in/back", "https://signpost.example/admin/sign-in/back", ...(given.redirects ?? [])],
      grant_types: ["authorization_code"],
      response_types: ["code"],
      id_token_signed_response_alg: given.algorithm,
      token_endpoint_auth_method: given.authentication ?? "client_secret_basic",
    }],
    clientAuthMethods: [given.authentication ?? "client_secret_basic"],
    enabledJWA: { idTokenSigningAlgValues: ["RS256", "ES256", "EdDSA"] },
    conformIdTokenClaims: !given.claimsInToken,
    claims: { openid: ["sub"], profile: ["name"], email: ["email", "email_verified"], groups: ["groups"] },
    pkce: { required: () => true },
    cookies: { keys: ["only for tests"] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Interaction: 600, Grant: 600, Session: 600 },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, name: "नीला शर्मा", email: "nila@example.org", email_verified: given.verified ?? true, groups: given.groups }),
    }),
  });
  const answer = provider.callback();
  return async (request, response) => {
    if (!request.url.startsWith("/interaction/")) return answer(request, response);
    const { prompt, params, grantId, session } = await provider.interactionDetails(request, response);
    if (given.refuses) return provider.interactionFinished(request, response, { error: "access_denied" });
    if (prompt.name === "login") return provider.interactionFinished(request, response, { login: { accountId: "person-7" } });
    const grant = grantId ? await provider.Grant.find(grantId) : new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
    grant.addOIDCScope(params.scope);
    return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
  };
}

let current;
const handle = (request, response) => current(request, response);
const server = given.cert
  ? https.createServer({ cert: readFileSync(given.cert), key: readFileSync(given.key) }, handle)
  : http.createServer(handle);
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address();
  const issuer = given.cert ? `https://${given.host}` : `http://127.0.0.1:${port}`;
  current = make(issuer);
  console.log(JSON.stringify({ issuer, port }));
  createInterface({ input: process.stdin }).on("line", (line) => {
    if (line === "rotate") current = make(issuer);
    else Object.assign(given, JSON.parse(line));
    console.log("done");
  }).on("close", () => process.exit());
});
