import { readFileSync } from "node:fs";

// All of them are self-signed, and were made by OpenSSL 3, here `valid.pem`:
//
//   openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem
//   openssl req -new -key key.pem -subj "/CN=fault server" -out request.pem
//   openssl ca -batch -config ca.cnf -selfsign -keyfile key.pem -in request.pem -extfile extensions.cnf -notext \
//     -startdate 20200101000000Z -enddate 21200101000000Z -out valid.pem
//
// with `basicConstraints = critical, CA:TRUE`, which lets NODE_EXTRA_CA_CERTS take them for an issuer, and
// `subjectAltName = IP:127.0.0.1` in extensions.cnf. ca.cnf has only what `openssl ca` requires.

const read = (name) => readFileSync(new URL(`certificates/${name}.pem`, import.meta.url), "utf8");

const key = read("key");

/** Untrusted certificates, each with its key, as PEM. */
export const certificates = {
  /** For 127.0.0.1, until 2119. */
  valid: { key, cert: read("valid") },
  expired: { key, cert: read("expired") },
  /** Valid from 2120 on. */
  notYetValid: { key, cert: read("not-yet-valid") },
  /** For 127.0.0.2. */
  otherHost: { key, cert: read("other-host") },
};
