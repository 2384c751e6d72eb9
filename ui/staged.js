// Form and lints of files as they are staged: `node staged.js FILE…`, with the paths as they are seen from here.
import { execFileSync } from "node:child_process";

import { ESLint } from "eslint";

const eslint = new ESLint();
for (const file of process.argv.slice(2)) {
  const text = execFileSync("git", ["show", `:./${file}`], { encoding: "utf8", maxBuffer: 2 ** 26 });
  if (await eslint.isPathIgnored(file)) continue;
  const [result] = await eslint.lintText(text, { filePath: file });
  for (const { line, message, ruleId } of result?.messages ?? []) {
    console.error(`ui/${file}:${line}: ${message} (${ruleId})`);
    process.exitCode = 1;
  }
}
