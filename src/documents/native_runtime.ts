/**
 * Whether OCR may run as native code. Loads nothing, for the main thread asks as well.
 *
 * onnxruntime-node is twice as fast as WebAssembly, but native code and 290 MB: it is installed in a folder of its own
 * by who wants it (`deno task native`), and used where FFI is allowed for that folder.
 */

export const nativePackages = new URL("../../native/node_modules/", import.meta.url);

export function isNativeAllowed(): boolean {
  return Deno.permissions.querySync({ name: "ffi", path: nativePackages }).state === "granted" && isInstalled();
}

function isInstalled(): boolean {
  try {
    return Deno.statSync(new URL("onnxruntime-node/", nativePackages)).isDirectory;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
