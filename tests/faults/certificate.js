import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

// A self-signed certificate in DER, written out field by field (RFC 5280, section 4.1), so that no test depends on an
// openssl program being installed.

const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const BOOLEAN = 0x01;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;

const ECDSA_WITH_SHA256 = Buffer.from("06082a8648ce3d040302", "hex");
const COMMON_NAME = Buffer.from("0603550403", "hex");
const BASIC_CONSTRAINTS = Buffer.from("0603551d13", "hex");
const SUBJECT_ALTERNATIVE_NAME = Buffer.from("0603551d11", "hex");

const DAY = 86_400_000;

/**
 * A key and a certificate that nobody has reason to trust.
 *
 * @param {{ address?: string, validFrom?: Date, validTo?: Date }} [options] `address` is the IPv4 address the
 *   certificate is made out to
 * @returns {{ key: string, cert: string }} both as PEM
 */
export function selfSignedCertificate({
  address = "127.0.0.1",
  validFrom = new Date(Date.now() - DAY),
  validTo = new Date(Date.now() + DAY),
} = {}) {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = element(SEQUENCE, ECDSA_WITH_SHA256);
  const name = commonName("fault server");
  const serial = Buffer.concat([Buffer.from([1]), randomBytes(15)]);

  const toBeSigned = element(
    SEQUENCE,
    element(0xa0, element(INTEGER, Buffer.from([2]))),
    element(INTEGER, serial),
    algorithm,
    name,
    element(SEQUENCE, utcTime(validFrom), utcTime(validTo)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    element(0xa3, element(SEQUENCE, certificateAuthority(), madeOutTo(address))),
  );
  const signature = sign("sha256", toBeSigned, privateKey);
  const certificate = element(
    SEQUENCE,
    toBeSigned,
    algorithm,
    element(BIT_STRING, Buffer.from([0]), signature),
  );

  return { key: privateKey.export({ type: "pkcs8", format: "pem" }), cert: pem(certificate) };
}

function commonName(text) {
  const attribute = element(SEQUENCE, COMMON_NAME, element(UTF8_STRING, Buffer.from(text)));
  return element(SEQUENCE, element(SET, attribute));
}

/** Without this mark, a certificate given in NODE_EXTRA_CA_CERTS would not be accepted as an issuer. */
function certificateAuthority() {
  const yes = element(BOOLEAN, Buffer.from([0xff]));
  return element(SEQUENCE, BASIC_CONSTRAINTS, yes, element(OCTET_STRING, element(SEQUENCE, yes)));
}

function madeOutTo(address) {
  const ipAddress = element(0x87, Buffer.from(address.split(".").map(Number)));
  return element(SEQUENCE, SUBJECT_ALTERNATIVE_NAME, element(OCTET_STRING, element(SEQUENCE, ipAddress)));
}

function utcTime(date) {
  const digits = date.toISOString().replace(/\D/g, "").slice(2, 14);
  return element(UTC_TIME, Buffer.from(`${digits}Z`));
}

function element(tag, ...contents) {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), lengthOctets(content.length), content]);
}

function lengthOctets(length) {
  if (length < 0x80) return Buffer.from([length]);
  const digits = length.toString(16);
  const octets = Buffer.from(digits.padStart(digits.length + (digits.length % 2), "0"), "hex");
  return Buffer.concat([Buffer.from([0x80 | octets.length]), octets]);
}

function pem(der) {
  const lines = der.toString("base64").match(/.{1,64}/g);
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
