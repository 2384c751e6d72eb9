// The JavaScript SDK signs an address after another for so many seconds, then prints links per
// second and the first link.
//
//     node javascript_rate.mjs KEY.pem HASH ID END ADDRESSES SECONDS
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

// It is installed for the conformance tests.
const require = createRequire(new URL("../../conformance/js/package.json", import.meta.url));
const { getSignedUrl } = require("@aws-sdk/cloudfront-signer");

const [path, algorithm, keyPairId, end, list, seconds] = process.argv.slice(2);
const privateKey = readFileSync(path, "utf8");
const dateLessThan = new Date(Number(end) * 1000).toISOString();
const addresses = readFileSync(list, "utf8").trim().split("\n");
const sign = (url) => getSignedUrl({ url, keyPairId, dateLessThan, privateKey, algorithm });

const first = sign(addresses[0]);
const began = performance.now();
for (let count = 1; ; count++) {
  sign(addresses[count % addresses.length]);
  const took = (performance.now() - began) / 1000;
  if (took >= Number(seconds)) {
    console.log(count / took, first);
    break;
  }
}
