/** OCR in native code: only where it is installed and allowed, and with the same lines as in WebAssembly. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { nativePackages } from "../../src/documents/native_runtime.ts";
import { checkout } from "../support/process.ts";
import { drawPdf, drawReport, encode, pictureOf, REPORT_SIZE } from "./printed_page.ts";

/** The task's own command with another program, so that its permissions are what is tested. */
async function printLines(task: string, file: string): Promise<{ lines: string[]; isNative: boolean }> {
  const { tasks } = JSON.parse(await Deno.readTextFile(join(checkout, "deno.json")));
  // Settings of the environment stand before the program.
  const words = String(tasks[task].command).split(" ");
  const args = words.slice(words.indexOf("deno") + 1, -1);
  const program = new Deno.Command(Deno.execPath(), {
    args: [...args, join(import.meta.dirname ?? "", "print_lines.ts"), file],
    cwd: checkout,
  });
  const { stdout, stderr, success } = await program.output();
  assert.ok(success, new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

const isInstalled = await Deno.stat(new URL("onnxruntime-node/", nativePackages)).then(() => true, () => false);
const isLinux = Deno.build.os === "linux";

async function scan(): Promise<string> {
  const file = await Deno.makeTempFile({ suffix: ".png" });
  await Deno.writeFile(file, await encode(await pictureOf(await drawPdf([drawReport], REPORT_SIZE)), "image/png"));
  return file;
}

Deno.test({
  name: "started as usual, scans are read without native code",
  ignore: !isLinux,
  fn: async () => assert.equal((await printLines("start", await scan())).isNative, false),
});

Deno.test({
  name: isInstalled
    ? "started with native code, it reads the same lines"
    : "native OCR is skipped: deno task native has not been run",
  ignore: !isLinux || !isInstalled,
  fn: async () => {
    const file = await scan();
    const [native, usual] = [await printLines("start:native", file), await printLines("start", file)];
    assert.deepEqual([native.isNative, usual.isNative], [true, false]);
    assert.deepEqual(native.lines, usual.lines);
    assert.ok(native.lines.length >= 4);
  },
});
