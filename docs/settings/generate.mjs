// Writes one page of documentation for each schema of the catalogue, and the index of those pages.
//   node docs/settings/generate.mjs           writes the pages
//   node docs/settings/generate.mjs --check   changes nothing; exit code 1 when a page is not up to date
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const schemas = path.join(here, "../../schemas");
const read = (name) => JSON.parse(fs.readFileSync(path.join(schemas, name), "utf8"));
const units = { s: "seconds", ms: "milliseconds", "%": "percent" };
const code = (value) => "`" + JSON.stringify(value) + "`";
const cell = (text) => text.replaceAll("|", "\\|").replaceAll("<", "&lt;").replaceAll("\n", " ");

// Keywords beside `$ref` mean nothing in draft-07, so titles of shared definitions are given in an `allOf` around the reference.
function resolve(schema, root) {
  const reference = schema.$ref ?? (schema.allOf?.length === 1 ? schema.allOf[0].$ref : undefined);
  if (reference === undefined) return schema;
  const target = reference
    .slice(2)
    .split("/")
    .reduce((node, key) => node[key], root);
  const { $ref, allOf, ...own } = schema;
  return { ...resolve(target, root), ...own };
}

function constraints(schema) {
  const said = [];
  if (schema.enum) said.push("one of " + schema.enum.map(code).join(", "));
  else if ("const" in schema) said.push(code(schema.const));
  else if (schema.type) said.push([schema.type].flat().join(" or "));
  if (schema.exclusiveMinimum !== undefined) said.push(`above ${schema.exclusiveMinimum}`);
  if (schema.minimum !== undefined) said.push(`from ${schema.minimum}`);
  if (schema.maximum !== undefined) said.push(`up to ${schema.maximum}`);
  if (schema["x-unit"]) said.push(units[schema["x-unit"]]);
  if (schema.format === "safe-path") said.push("safe path");
  return said.join(", ");
}

function rows(schema, root, prefix, out) {
  const required = new Set(schema.required ?? []);
  for (const [key, value] of Object.entries(schema.properties ?? {})) {
    if (key !== "$schema") row(prefix + key, resolve(value, root), root, required.has(key), out);
  }
  if (schema.additionalProperties && typeof schema.additionalProperties === "object") {
    row(prefix + "<name>", resolve(schema.additionalProperties, root), root, false, out);
  }
}

function row(name, schema, root, required, out) {
  out.push({ name, schema, required });
  rows(schema, root, name + ".", out);
  if (schema.items) rows(resolve(schema.items, root), root, name + "[].", out);
}

function page(schema, entries) {
  const globs = entries.flatMap((entry) =>
    entry.fileMatch.map(
      (glob) => "`" + glob + "`" + (entry.requiresSibling ? ` (only beside \`${entry.requiresSibling}\`)` : ""),
    ),
  );
  const lines = [`# ${schema.title}`, "", schema.markdownDescription ?? schema.description, ""];
  if (globs.length > 0) lines.push(`Files: ${globs.join(", ")}`, "");
  lines.push("| key | value | default | meaning |", "|---|---|---|---|");
  const found = [];
  rows(schema, schema, "", found);
  for (const { name, schema: key, required } of found) {
    const values = key.enumDescriptions?.map((text, i) => `${code(key.enum[i])}: ${text}`) ?? [];
    const meaning = [key.description ?? "", ...values];
    const standard = "default" in key ? code(key.default) : required ? "required" : "";
    lines.push(`| \`${name}\` | ${cell(constraints(key))} | ${cell(standard)} | ${cell(meaning.join(" "))} |`);
  }
  return lines.join("\n") + "\n";
}

const pages = new Map();
const index = [
  "# Settings files",
  "",
  "Generated from the schemas by `generate.mjs`.",
  "",
  "| page | files |",
  "|---|---|",
];
const byFile = new Map();
for (const entry of read("catalog.json").schemas) byFile.set(entry.file, [...(byFile.get(entry.file) ?? []), entry]);
for (const [file, entries] of byFile) {
  const schema = read(file);
  const name = file.replace(".schema.json", ".md");
  pages.set(name, page(schema, entries));
  index.push(
    `| [${schema.title}](${name}) | ${entries.flatMap((entry) => entry.fileMatch.map((glob) => "`" + glob + "`")).join(", ")} |`,
  );
}
pages.set("README.md", index.join("\n") + "\n");

const check = process.argv.includes("--check");
let stale = 0;
for (const [name, text] of pages) {
  const target = path.join(here, name);
  if (fs.existsSync(target) && fs.readFileSync(target, "utf8") === text) continue;
  stale++;
  if (check) console.error(`docs/settings/${name} is not up to date: run \`node docs/settings/generate.mjs\`.`);
  else fs.writeFileSync(target, text);
}
if (check && stale > 0) process.exitCode = 1;
