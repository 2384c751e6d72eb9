// Reads a case a line (JSON: url) and prints, as JSON, the address that a browser asks for then.
import { readFileSync } from "node:fs";

for (const line of readFileSync(0, "utf8").trim().split("\n")) {
  console.log(JSON.stringify(new URL(JSON.parse(line).url).href));
}
