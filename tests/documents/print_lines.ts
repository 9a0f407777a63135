/** Reads one file and prints its lines, and whether native code did it: `deno run … print_lines.ts FILE`. */
import { fileType } from "../../src/documents/file_type.ts";
import { PageReader } from "../../src/documents/read_pages.ts";
import { readAll, texts } from "./printed_page.ts";

const bytes = await Deno.readFile(Deno.args[0] ?? "");
const reader = new PageReader();
const pages = await readAll(reader, bytes, fileType(bytes) ?? "image/png");
// What is mapped into this process is for other programs to read.
const { stdout } = await new Deno.Command("cat", { args: [`/proc/${Deno.pid}/maps`] }).output();
const isNative = new TextDecoder().decode(stdout).includes("libonnxruntime");
reader.close();
Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify({ lines: pages.flatMap(texts), isNative })));
