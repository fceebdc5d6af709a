// Runs pdfcpu, a WebAssembly program; started by pdfcpu.py with node.
//
// node pdfcpu_child.mjs pdfcpu.wasm folder argument...
// pdfcpu sees that folder as its root, and nothing else of the machine. One run a
// process: node 20 does not survive a second instance.
import { readFile } from "node:fs/promises";
import { WASI } from "node:wasi";

const [wasm, folder, ...args] = process.argv.slice(2);
const wasi = new WASI({
  version: "preview1",
  args: ["pdfcpu", ...args],
  env: {},
  preopens: { "/": folder },
  returnOnExit: true,
});
const program = await WebAssembly.compile(await readFile(wasm));
const pdfcpu = await WebAssembly.instantiate(program, wasi.getImportObject());
process.exitCode = wasi.start(pdfcpu);
