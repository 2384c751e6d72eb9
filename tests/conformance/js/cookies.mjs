// The JavaScript SDK's cookies; see cases.mjs.
import { getSignedCookies } from "@aws-sdk/cloudfront-signer";

import { answer } from "./cases.mjs";

// It takes no other scheme.
answer(getSignedCookies, ({ resource }) => /^https?:/.test(resource));
