// Reads a case a line (JSON: url, resource, end, start, network, id, hash, policy) and prints an
// answer a line (JSON): what the SDK makes of our policy, and what of dates and a network, or null
// where it cannot say the case in those words.
import { readFileSync } from "node:fs";

// A Date goes no further.
const LAST = 8.64e12;

export function answer(sign, canSay) {
  const privateKey = readFileSync(process.argv[2], "utf8");
  for (const line of readFileSync(0, "utf8").trim().split("\n")) {
    const given = JSON.parse(line);
    const common = { url: given.url, keyPairId: given.id, privateKey, algorithm: given.hash };
    const fromPolicy = sign({ ...common, policy: given.policy });
    // A start of 0 is none to it.
    const possible = given.end <= LAST && given.start !== 0 && canSay(given);
    const fromDates = possible
      ? sign({
          ...common,
          url: given.resource,
          dateLessThan: date(given.end),
          dateGreaterThan: given.start === null ? undefined : date(given.start),
          ipAddress: given.network ?? undefined,
        })
      : null;
    console.log(JSON.stringify({ from_policy: fromPolicy, from_dates: fromDates }));
  }
}

function date(seconds) {
  return new Date(seconds * 1000).toISOString();
}
