// Writes a `.br` and a `.gz` beside every file of the folder that gains by it, at the best level:
// paid once by the build, not by every request.
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const TEXT = /\.(html|js|css|svg|json|ttf)$/;
const WORTH_IT = 1024;

const folder = process.argv[2] ?? "dist";
const totals = { identity: 0, br: 0, gz: 0 };
const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((file) => file.isFile());

await Promise.all(
  files.map(async (file) => {
    const name = path.join(file.parentPath, file.name);
    const bytes = await readFile(name);
    totals.identity += bytes.length;
    if (!TEXT.test(file.name) || bytes.length < WORTH_IT) return;
    const [br, gz] = await Promise.all([
      promisify(brotliCompress)(bytes, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: 11,
          [constants.BROTLI_PARAM_LGWIN]: 24,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        },
      }),
      promisify(gzip)(bytes, { level: 9 }),
    ]);
    totals.br += br.length;
    totals.gz += gz.length;
    await Promise.all([writeFile(`${name}.br`, br), writeFile(`${name}.gz`, gz)]);
  }),
);

const kB = (bytes) => `${Math.round(bytes / 1000)} kB`;
console.log(`${files.length} files: ${kB(totals.identity)}, brotli ${kB(totals.br)}, gzip ${kB(totals.gz)}`);
