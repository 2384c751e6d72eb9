/** Who may open what of a bucket, as the rows of a table. */
import type { AccessRowView, Opener, TrustedGroup } from "../backend/bindings";

export const whoOpensWords = {
  now: "Who may open what of the bucket",
  then: "Who may open what of the bucket, once that is done",
  path: "Path",
  who: "Who may open it",
  through: "Through which key",
  /** The default behavior, beside others and alone. */
  rest: (isAlone: boolean) => (isAlone ? "Everything" : "Everything else"),
  openers: {
    everyone: "Everyone, without a link",
    thisKey: "Links of this key",
    thisKeyAndOthers: "Links of this key and of others",
    otherKeys: "Links of other keys alone",
  } satisfies Record<Opener, string>,
  none: "No key is needed",
  signers: "Key pairs of AWS accounts (trusted signers)",
} as const;

/** The keys of a group, by which its links are signed. */
export const keysOf = ({ keys, hasKey }: TrustedGroup) => (keys.length > 0 ? keys.join(", ") : hasKey ? "this key" : "not in force yet");

/** How a row stands: a person may open everything, or only with a link of another key. */
export const isOdd = ({ opensFor }: AccessRowView) => opensFor === "everyone" || opensFor === "otherKeys";
