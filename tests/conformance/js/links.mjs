// The JavaScript SDK's links; see cases.mjs.
import { getSignedUrl } from "@aws-sdk/cloudfront-signer";

import { answer } from "./cases.mjs";

// Its policy opens the address and nothing else.
answer(getSignedUrl, ({ url, resource }) => resource === url);
