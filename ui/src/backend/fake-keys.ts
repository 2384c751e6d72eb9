/** Samples of keys in the fake backend, and what it knows of their halves. */
import { BackendError } from "./backend";
import type { BackUpKeyRequest, KeyKind, KeyView, OrphanView } from "./bindings";

export const SAMPLE_KEY: KeyView = {
  id: "0123456789abcdef0123456789abcdef",
  name: "Client papers",
  kind: "p256",
  fingerprint: "8f2c".repeat(16),
  registration: { publicKeyId: "K2JCJMDEHXQW5F", hash: "sha256" },
};

export const RSA_KEY: KeyView = {
  ...SAMPLE_KEY,
  id: "fedcba9876543210fedcba9876543210",
  name: "Board papers",
  kind: "rsa2048",
  registration: { publicKeyId: "K2JCJMDEHXQW5F", hash: "sha1" },
};

/** One that was made here and that CloudFront does not know yet. */
export const MADE_KEY: KeyView = {
  id: "00112233445566778899aabbccddeeff",
  name: "Contracts",
  kind: "p256",
  fingerprint: "41d0".repeat(16),
  registration: null,
};

export const SAMPLE_ORPHAN: OrphanView = {
  id: "ffeeddccbbaa99887766554433221100",
  name: "Found key 8f3a…",
  kind: "p256",
  fingerprint: "8f3a".repeat(16),
  listedAs: null,
};

/** Of keys whose private halves nobody has. */
export const PUBLIC_KEYS: Record<KeyKind, string> = {
  p256: `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEkuwKS9/mKrzvwlnjKqjl7BrHp6dv
qqQ2WwK7lrDGeXvZONrGL0DHEo2s1tzQCYpZ9pOlz3w4VRKWixYvwdYI/Q==
-----END PUBLIC KEY-----
`,
  rsa2048: `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAy2GWECQuHYPHdBS2KdKM
a1LdRy0r2QdpGFmNEiGFxhlb6lparGyX2p3UIqudGpULz65NbuL08TED0NSovYgV
miVzjN1/bA+F0WzONyGG3vNane6DhY9oM9TJJexQjPqgnw3dVobRQS/bgDfjxbzM
nf68ulPNEbomYUgSnbFGt6FiUdvduhtBwm72vcVE9LlUBdYh/BmZr0lO6BUBptiJ
0SyEFousipaPayMBj7foSMFm5A4OfGswFTKJ1I3zpwF56jMbz2aMReWi40fGJiqL
sGPR0YJBraHVhvKSbhMgGG3Bior060L6lcKPmZsCd/KlZxDRDFr9sA6/dO/28DDI
1wIDAQAB
-----END PUBLIC KEY-----
`,
};

/** As many characters as Rust asks for. */
const LEAST = 15;

/** Refuses what Rust refuses. */
export function checkPassphrase({ passphrase, repeated }: BackUpKeyRequest): void {
  if ([...passphrase].length < LEAST) throw new BackendError({ code: "newPassphrase", why: "tooShort", least: LEAST });
  if (passphrase !== repeated) throw new BackendError({ code: "newPassphraseDiffers" });
}
