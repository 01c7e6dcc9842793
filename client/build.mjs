// Builds the scripts of pages from src/ into the folder of files beside the pages: one entry for each page, and what entries
// load only when it is needed in chunks of their own. Nothing else is fetched, then or when pages are read.
//
// node build.mjs [folder]; the folder is replaced as a whole, so that a build that fails leaves the one before it.
import { chmod, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2] ?? join(here, "..", "query_service", "static", "client");
/** The pages that have a script here; one whose source is not there is left out. */
const PAGES = ["sparql", "network"];
const LICENCE = /^(licen[cs]e|copying|notice)([.-].*)?$/i;

const sources = new Set(await readdir(join(here, "src")));
const entries = PAGES.filter((page) => sources.has(`${page}.js`)).map((page) => join(here, "src", `${page}.js`));

await mkdir(dirname(target), { recursive: true });
const fresh = await mkdtemp(join(dirname(target), ".client-"));
try {
  await build({
    entryPoints: entries,
    outdir: fresh,
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    target: "es2022",
    charset: "utf8",
    legalComments: "none", // the licences in full are in a file of their own
    chunkNames: "part-[hash]",
    loader: { ".svg": "dataurl", ".png": "dataurl" },
    logLevel: "warning",
  });
  await writeFile(join(fresh, "LICENSES.txt"), await licences());
  await chmod(fresh, 0o755); // a temporary folder is its owner's alone
  await rm(target, { recursive: true, force: true });
  await rename(fresh, target);
} finally {
  await rm(fresh, { recursive: true, force: true });
}

/** The licences of all packages that are bundled, directly or inside another, in order of their names. */
async function licences() {
  const { packages } = JSON.parse(await readFile(join(here, "package-lock.json"), "utf8"));
  const bundled = Object.entries(packages).filter(([path, about]) => path && !about.dev && !about.optional);
  const texts = bundled.map(async ([path]) => {
    const folder = join(here, path);
    const about = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const licence = about.license?.type ?? about.license ?? about.licenses?.map((one) => one.type).join(", ") ?? "see below";
    const files = (await readdir(folder)).filter((name) => LICENCE.test(name)).sort();
    const said = await Promise.all(files.map((name) => readFile(join(folder, name), "utf8")));
    return [`${about.name} ${about.version} (${licence})`, author(about), ...said.map((text) => text.trim())].filter(Boolean).join("\n\n");
  });
  const head = "The scripts in this folder are built from this project and from the packages below, under the licences given.";
  return `${[head, ...(await Promise.all(texts)).sort()].join(`\n\n${"-".repeat(80)}\n`)}\n`;
}

function author(about) {
  const name = about.author?.name ?? about.author;
  return name ? `By ${name}` : "";
}
