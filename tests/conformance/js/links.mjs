// The JavaScript SDK's links: reads a case a line (JSON: url, expires, id), prints a link a line.
import { readFileSync } from "node:fs";

import { getSignedUrl } from "@aws-sdk/cloudfront-signer";

const privateKey = readFileSync(process.argv[2], "utf8");
for (const line of readFileSync(0, "utf8").trim().split("\n")) {
  const { url, expires, id } = JSON.parse(line);
  const dateLessThan = new Date(expires * 1000).toISOString();
  console.log(getSignedUrl({ url, keyPairId: id, dateLessThan, privateKey }));
}
