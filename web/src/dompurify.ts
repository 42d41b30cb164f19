// What Monaco takes from DOMPurify, from npm. Monaco has an old copy inside, which `npm audit` does not
// see; vite.config.ts puts this module in its place.

import purify from "dompurify";

export const { addHook, removeHook, sanitize } = purify;
