/**
 * Builds the front end: `node scripts/build.mjs [--out FOLDER] [--watch] [--source HASH]`.
 *
 * Scripts are one split ESM graph, so what main.js imports lazily (editor, Graphviz, KaTeX) becomes a chunk of its
 * own that is loaded beside the page. Beside the files stands manifest.json, which the server reads:
 *   version  hash of everything built; the first part of every static address, so files may be cached for ever
 *   source   hash of everything it was built from (--source), by which scripts/bundle.py knows a current bundle
 *   files    path -> the encodings it is also stored in ("br", "gzip")
 */
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs, promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

import * as esbuild from "esbuild";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const ENTRIES = {
  main: "static/js/main.js",
  lesson: "static/js/lesson/main.js",
  gallery: "static/js/gallery/main.js",
  theme: "static/js/theme.js",
  redirect: "static/js/redirect.js",
  "activations/main": "static/js/activations/main.js",
  "layout/worker": "static/js/layout/worker.js",
  "export/gifworker": "static/js/export/gifworker.js",
  "css/main": "static/css/main.css",
  "css/lesson": "static/css/lesson.css",
  "css/gallery": "static/css/gallery.css",
  "css/activations": "static/css/activations.css",
  "css/docs": "static/css/docs.css",
  "css/katex": "node_modules/katex/dist/katex.min.css",
};
const COMPRESSED = /\.(js|css|svg|json|txt|map)$/;

const { values: options } = parseArgs({
  options: {
    out: { type: "string", default: "static/dist" },
    watch: { type: "boolean", default: false },
    source: { type: "string", default: "" },
  },
});
const DIST = resolve(ROOT, options.out);

/** KaTeX offers each font three times; every browser that runs this page reads the smallest, woff2. */
const woff2Only = {
  name: "woff2-only",
  setup(/** @type {esbuild.PluginBuild} */ build) {
    build.onLoad({ filter: /katex\.min\.css$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(/,url\([^)]*\.(?:woff|ttf)\) format\("[a-z]+"\)/g, ""),
      loader: "css",
    }));
  },
};

/** After each build: copy pictures, write licences, precompress, and only then the manifest that names it all. */
const finish = {
  name: "finish",
  setup(/** @type {esbuild.PluginBuild} */ build) {
    build.onStart(() => rmSync(DIST, { recursive: true, force: true }));
    build.onEnd(async (result) => {
      if (result.errors.length || !result.metafile) return;
      if (existsSync(join(ROOT, "static/img")))
        cpSync(join(ROOT, "static/img"), join(DIST, "img"), { recursive: true });
      // The server draws the examples on its first page, so it is told which there are.
      const { EXAMPLES } = await import(pathToFileURL(join(ROOT, "static/js/examples.js")).href);
      writeFileSync(join(DIST, "examples.json"), JSON.stringify(EXAMPLES));
      writeFileSync(join(DIST, "licenses.txt"), licences(Object.keys(result.metafile.inputs)));
      const files = await Promise.all(filesBelow(DIST).map(store));
      const version = createHash("sha256");
      for (const { path, bytes } of files) version.update(path).update("\0").update(bytes);
      writeFileSync(
        join(DIST, "manifest.json.new"),
        JSON.stringify({
          version: version.digest("hex").slice(0, 12),
          source: options.source,
          files: Object.fromEntries(files.map(({ path, encodings }) => [path, encodings])),
        }),
      );
      renameSync(join(DIST, "manifest.json.new"), join(DIST, "manifest.json"));
      if (options.watch) console.log(`built ${files.length} files`);
    });
  },
};

/** Writes the compressed copies of one built file, where they are worth having. */
async function store(/** @type {string} */ path) {
  const bytes = readFileSync(join(DIST, path));
  const encodings = [];
  if (!options.watch && COMPRESSED.test(path) && bytes.length > 1024) {
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
    for (const [name, suffix, packed] of /** @type {[string, string, Buffer][]} */ ([
      ["br", ".br", await promisify(brotliCompress)(bytes, quality)],
      ["gzip", ".gz", await promisify(gzip)(bytes, { level: 9 })],
    ])) {
      writeFileSync(join(DIST, path + suffix), packed);
      encodings.push(name);
    }
  }
  return { path, bytes, encodings };
}

/** @returns {string[]} paths relative to the folder, sorted, with forward slashes */
function filesBelow(/** @type {string} */ folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}

/** The licences of every package of which something went into the bundle, as one text. */
function licences(/** @type {string[]} */ inputs) {
  const packages = new Set(
    // What a package leaves out for browsers is listed, too, under a name that is no path.
    inputs
      .filter((path) => !path.startsWith("(disabled):"))
      .map((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0])
      .filter((found) => found !== undefined),
  );
  return [...packages]
    .sort()
    .map((folder) => {
      const about = JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8"));
      const file = readdirSync(join(ROOT, folder)).find((name) => /^licen[cs]e/i.test(name));
      const text = file
        ? readFileSync(join(ROOT, folder, file), "utf8").trim()
        : "(the package carries no licence text)";
      return `${about.name} ${about.version} (${about.license})\n\n${text}\n`;
    })
    .join(`\n${"-".repeat(80)}\n\n`);
}

/**
 * A bundler cuts a chunk for every set of parts that share some modules, also where a part is only loaded on a page that
 * has those modules already: the lab came in forty pieces. So each part that is loaded later is told to import what all
 * of its pages begin with. That costs nothing, and what a page begins with stays in one piece.
 * @param {esbuild.Metafile} metafile of a build without this
 * @returns {esbuild.Plugin}
 */
function inOnePiece({ inputs }) {
  /** @param {string[]} from @returns {Set<string>} what is there once these are */
  const begins = (from, found = new Set(from)) => {
    for (const path of found)
      for (const { path: next, kind } of inputs[path].imports)
        if (kind === "import-statement" && next in inputs) found.add(next);
    return found;
  };
  /** @type {Map<string, Set<string>>} what is there, on every page, when a part is loaded */
  const there = new Map();
  const pages = Object.values(ENTRIES).filter((path) => path in inputs);
  for (const page of pages) {
    const beginning = begins([page]);
    const loaded = new Set(beginning);
    for (const path of loaded)
      for (const { path: part, kind } of inputs[path].imports) {
        if (kind !== "dynamic-import" || !(part in inputs) || loaded.has(part)) continue;
        for (const each of begins([part])) loaded.add(each);
        there.set(part, there.get(part)?.intersection(beginning) ?? beginning);
      }
  }
  return {
    name: "in-one-piece",
    setup(build) {
      build.onLoad({ filter: /static[\\/]js[\\/].*\.js$/ }, ({ path }) => {
        const shared = there.get(relative(ROOT, path).split(sep).join("/"));
        if (!shared) return undefined;
        const imports = [...shared]
          .filter((each) => each.startsWith("static/js/") && !pages.includes(each))
          .map((each) => `import ${JSON.stringify(resolve(ROOT, each))};`);
        return { contents: `${readFileSync(path, "utf8")}\n${imports.join("\n")}\n`, loader: "js" };
      });
    },
  };
}

/** @type {esbuild.BuildOptions & { metafile: true }} */
const settings = {
  absWorkingDir: ROOT,
  entryPoints: Object.fromEntries(Object.entries(ENTRIES).filter(([, path]) => existsSync(join(ROOT, path)))),
  outdir: DIST,
  chunkNames: "chunks/[name]-[hash]",
  assetNames: "fonts/[name]-[hash]",
  bundle: true,
  format: "esm",
  splitting: true,
  target: "es2022",
  minify: !options.watch,
  sourcemap: options.watch ? "linked" : false,
  legalComments: "none",
  loader: { ".woff2": "file", ".svg": "file" },
  metafile: true,
  plugins: [woff2Only],
};
mkdirSync(DIST, { recursive: true });
const { metafile } = await esbuild.build({ ...settings, write: false, logLevel: "error" }).catch(() => process.exit(1)); // esbuild has already printed what is wrong, and where
const context = await esbuild.context({
  ...settings,
  logLevel: "info",
  plugins: [woff2Only, inOnePiece(metafile), finish],
});
if (options.watch) {
  await context.watch();
} else {
  await context.rebuild().catch(() => process.exit(1));
  await context.dispose();
}
