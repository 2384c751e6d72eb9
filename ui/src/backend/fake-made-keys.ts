/** What the fake backend knows of keys that are made here. */
import { BackendError } from "./backend";
import type { BackUpKeyRequest, KeyKind, MadeKeyView, OrphanView } from "./bindings";

export const SAMPLE_MADE: MadeKeyView = {
  id: "00112233445566778899aabbccddeeff",
  name: "Contracts",
  kind: "p256",
  fingerprint: "41d0".repeat(16),
};

export const SAMPLE_ORPHAN: OrphanView = {
  id: "ffeeddccbbaa99887766554433221100",
  name: "Found key 8f3a…",
  kind: "p256",
  fingerprint: "8f3a".repeat(16),
  listedAs: null,
};

/** Of keys whose private halves nobody has. */
export const PUBLIC_HALVES: Record<KeyKind, string> = {
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
