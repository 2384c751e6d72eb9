// Form and lints of files as they are staged: `node staged.js FILE…`, with the paths as they are seen from here.
import { execFileSync } from "node:child_process";

import { ESLint } from "eslint";
import * as prettier from "prettier";

const eslint = new ESLint();

async function hasItsForm(file, text) {
  const { ignored, inferredParser } = await prettier.getFileInfo(file, { ignorePath: ".prettierignore" });
  if (ignored || inferredParser === null) return true;
  return prettier.check(text, { ...(await prettier.resolveConfig(file)), filepath: file });
}

for (const file of process.argv.slice(2)) {
  const text = execFileSync("git", ["show", `:./${file}`], { encoding: "utf8", maxBuffer: 2 ** 26 });
  if (!(await hasItsForm(file, text))) {
    console.error(`ui/${file}: make format`);
    process.exitCode = 1;
  }
  if (await eslint.isPathIgnored(file)) continue;
  const [result] = await eslint.lintText(text, { filePath: file });
  for (const { line, message, ruleId } of result?.messages ?? []) {
    console.error(`ui/${file}:${line}: ${message} (${ruleId})`);
    process.exitCode = 1;
  }
}
