/**
 * One of libvips' own threads; see `picture_file.ts`.
 *
 * The library's script believes to be in a Worker of its picture thread: what it sends and receives goes through the
 * port instead.
 */

const thread = self as unknown as {
  onmessage: (event: MessageEvent) => void;
  postMessage(message: unknown, transfer?: Transferable[]): void;
};

thread.onmessage = async ({ data: port }: MessageEvent<MessagePort>) => {
  thread.postMessage = (message, transfer = []) => port.postMessage(message, transfer);
  await import(new URL("./vips-es6.js", import.meta.resolve("wasm-vips")).href);
  // The script has put its own handler in place of this one.
  port.onmessage = (event) => thread.onmessage(event);
};
