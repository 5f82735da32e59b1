// Copies what Passeur serves of others (htmx, fonts) and draws the icon sprite from the names in use.
// Names in use: {% icon "name" %} in templates, icon="name" and Icon("name") in Python. Writes into static/.
// While a page is being written, names given as arguments are drawn too: node build.mjs anchor sprout

import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const source = join(here, "..", "src", "passeur");
const target = join(source, "foundation", "static", "foundation");

const copies = [
  ["htmx.org/dist/htmx.min.js", "vendor/htmx.min.js"],
  ["htmx.org/LICENSE", "vendor/LICENSE-htmx.txt"],
  ["lucide-static/LICENSE", "vendor/LICENSE-lucide.txt"],
  ["@fontsource-variable/figtree/LICENSE", "fonts/LICENSE-figtree.txt"],
  ["@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2", "fonts/figtree-latin.woff2"],
  ["@fontsource-variable/figtree/files/figtree-latin-ext-wght-normal.woff2", "fonts/figtree-latin-ext.woff2"],
  ["@fontsource-variable/literata/LICENSE", "fonts/LICENSE-literata.txt"],
  ["@fontsource-variable/literata/files/literata-latin-wght-normal.woff2", "fonts/literata-latin.woff2"],
  ["@fontsource-variable/literata/files/literata-latin-ext-wght-normal.woff2", "fonts/literata-latin-ext.woff2"],
];

const namesIn = {
  ".html": [/\{%\s*icon\s+["']([a-z0-9-]+)["']/g, /\bicon=["']([a-z0-9-]+)["']/g],
  ".py": [/\bicon\s*(?::\s*\w+\s*)?=\s*["']([a-z0-9-]+)["']/g, /\bIcon\(\s*["']([a-z0-9-]+)["']/g],
};

function* files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== "tests") yield* files(path);
    } else if (entry.name.endsWith(".html") || entry.name.endsWith(".py")) {
      yield path;
    }
  }
}

function iconNames() {
  const names = new Set(process.argv.slice(2));
  for (const path of files(source)) {
    const text = readFileSync(path, "utf8");
    for (const pattern of namesIn[path.slice(path.lastIndexOf("."))]) {
      for (const match of text.matchAll(pattern)) names.add(match[1]);
    }
  }
  return [...names].sort();
}

function symbol(name) {
  const svg = readFileSync(join(modules, "lucide-static", "icons", `${name}.svg`), "utf8");
  const shapes = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.trim().replace(/\s*\n\s*/g, "").replace(/ \/>/g, "/>")}</symbol>`;
}

for (const [from, to] of copies) {
  mkdirSync(dirname(join(target, to)), { recursive: true });
  cpSync(join(modules, from), join(target, to));
}

const names = iconNames();
const unknown = names.filter((name) => {
  try {
    symbol(name);
    return false;
  } catch {
    return true;
  }
});
if (unknown.length > 0) {
  console.error(`No icon in Lucide is called: ${unknown.join(", ")}`);
  process.exit(1);
}
const sprite = [
  '<svg xmlns="http://www.w3.org/2000/svg">',
  "<!-- Lucide, ISC licence (vendor/LICENSE-lucide.txt), https://lucide.dev -->",
  ...names.map(symbol),
  "</svg>",
  "",
].join("\n");
writeFileSync(join(target, "icons.svg"), sprite);
console.log(`${copies.length} files copied, ${names.length} icons drawn.`);
