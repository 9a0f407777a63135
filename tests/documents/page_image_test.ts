import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import { PDFDocument } from "pdf-lib";
import { drawnSize, drawPicture } from "../../src/documents/draw_page.ts";
import type { FileType } from "../../src/documents/file_type.ts";
import { levelled } from "../../src/documents/level.ts";
import type { Box, PageView } from "../../src/documents/page.ts";
import { pageImage } from "../../src/documents/page_image.ts";
import { deleteOldPageImages, findPageImage, putPageImage } from "../../src/documents/page_image_queries.ts";
import { type Picture, turnPicture } from "../../src/documents/picture.ts";
import { loadVips, PictureFile } from "../../src/documents/picture_file.ts";
import { documentPagesOf, findDocument, putPage, setStatus } from "../../src/documents/queries.ts";
import { PageReader } from "../../src/documents/read_pages.ts";
import { rows } from "../../src/platform/database.ts";
import { bloodCount, reportPdf, uploadForm } from "../support/report.ts";
import { waitFor } from "../support/wait.ts";
import { openWorld, type World } from "../support/world.ts";
import { drawPdf, drawReport, encode, pictureOf, REPORT_SIZE } from "./printed_page.ts";

const vips = await loadVips();

function decoded(png: Uint8Array): Picture {
  assert.deepEqual([...png.slice(1, 4)], [...new TextEncoder().encode("PNG")]);
  return new PictureFile(vips, png, "image/png").page(1);
}

/** How much of a box, scaled to the picture, is ink, 0 to 1. */
function ink(picture: Picture, pageWidth: number, box: Box): number {
  const scale = picture.width / pageWidth;
  const [left, top, right, bottom] = box.map((edge) => Math.round(edge * scale)) as [number, number, number, number];
  let dark = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) if (picture.data[(y * picture.width + x) * 3]! < 128) dark++;
  }
  return dark / Math.max(1, (right - left) * (bottom - top));
}

/** The print of every word lies in its box, and the strips above and below the box are clear. */
function assertBoxesFit(
  picture: Picture,
  page: { width: number; lines: readonly { words: readonly { box: Box }[] }[] },
) {
  for (const { box } of page.lines.flatMap((line) => line.words)) {
    const [left, top, right, bottom] = box;
    const height = bottom - top;
    const inside = ink(picture, page.width, box);
    assert.ok(inside > 0.02, `ink in ${box}: ${inside}`);
    const below = ink(picture, page.width, [left, bottom + height * 0.3, right, bottom + height * 0.5]);
    const above = ink(picture, page.width, [left, top - height * 0.5, right, top - height * 0.3]);
    assert.ok(Math.max(below, above) < inside / 2, `ink around ${box}: ${above}, ${below}, inside ${inside}`);
  }
}

async function upload(world: World, bytes: Uint8Array): Promise<string> {
  const user_id = await world.createUser();
  return (await world.json<{ id: string }>("/documents/upload", { body: uploadForm(bytes, { user_id }) }, 202)).id;
}

async function readUpload(world: World, bytes: Uint8Array): Promise<string> {
  const id = await upload(world, bytes);
  await waitFor("the document", async () => {
    const { status } = await world.json<{ status: string }>(`/documents/${id}`);
    return ["completed", "failed"].includes(status) ? status : undefined;
  }, 60);
  return id;
}

const heavy = { sanitizeOps: false, sanitizeResources: false };

Deno.test("a page of a PDF is drawn as wide as asked for, and its boxes lie around its print", heavy, async () => {
  await using world = await openWorld();
  await world.startWorker();
  const id = await readUpload(world, await reportPdf(bloodCount, { pages: 2 }));
  const response = await world.call(`/documents/${id}/pages/2.png?width=800`);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "image/png");
  assert.match(response.headers.get("cache-control") ?? "", /^private/);
  const picture = decoded(await response.bytes());
  assert.deepEqual([picture.width, picture.height], [800, 1132]);
  const pages = await Array.fromAsync(documentPagesOf(world.ctx.database, id));
  assertBoxesFit(picture, pages[1]!);

  assert.equal((await world.json(`/documents/${id}/pages/3.png`, {}, 404)).code, "not_found");
  for (const path of ["0.png", "x.png", "1.jpg", "1.png?width=199", "1.png?width=2001", "-1.png", "1e3.png"]) {
    const response = await world.call(`/documents/${id}/pages/${path}`);
    assert.equal(response.status, path === "1.jpg" ? 404 : 400, path);
    await response.body?.cancel();
  }

  // The second call finds it, and whoever reads the document anew draws it anew.
  const images = () => rows(world.ctx.database, sql`select page, width from page_image order by page, width`);
  await (await world.call(`/documents/${id}/pages/2.png?width=800`)).body?.cancel();
  assert.deepEqual(await images(), [{ page: 2, width: 800 }]);
  await world.json(`/documents/${id}/reprocess`, { method: "POST" }, 202);
  await waitFor("the images to go", async () => (await images()).length === 0 ? true : undefined);
});

Deno.test("a scan that lies on its side and is crooked is drawn as it was read", heavy, async () => {
  await using world = await openWorld();
  await world.startWorker();
  const view = { quarters: 0, level: { tilt: -0.02, slope: [0, 0, 0] as const } };
  const crooked = drawPicture(await pictureOf(await drawPdf([drawReport], REPORT_SIZE)), view, 1200);
  const id = await readUpload(world, await encode(turnPicture(crooked, 3), "image/png"));
  const [stored] = await rows<{ view: PageView }>(world.ctx.database, sql`select view from document_page`);
  assert.equal(stored?.view.quarters, 1);
  assert.ok(Math.abs((stored?.view.level.tilt ?? 0) - 0.02) < 0.005, JSON.stringify(stored));
  const picture = decoded(await (await world.call(`/documents/${id}/pages/1.png`)).bytes());
  const [page] = await Array.fromAsync(documentPagesOf(world.ctx.database, id));
  assert.equal(picture.width, 1000);
  assert.ok(page!.width > page!.height);
  assertBoxesFit(picture, page!);
});

Deno.test("what straightening moves is drawn where it was moved to", () => {
  const view: PageView = { quarters: 0, level: { tilt: 0.03, slope: [0.01, -0.02, 0.04] } };
  const picture: Picture = { width: 400, height: 300, data: new Uint8Array(400 * 300 * 3).fill(255) };
  const level = levelled(view.level, 400);
  for (const [x, y] of [[20, 40], [200, 150], [380, 250]] as const) {
    picture.data.fill(0, (y * 400 + x) * 3, (y * 400 + x + 1) * 3);
    const seen = level({ x, y });
    const box: Box = [seen.x - 2, seen.y - 2, seen.x + 4, seen.y + 4];
    assert.ok(ink(drawPicture(picture, view, 400), 400, box) > 0, `${x}, ${y} is seen at ${seen.x}, ${seen.y}`);
  }
});

Deno.test(
  "every page of a fax can be drawn, and no file, however large its pages, takes much memory",
  heavy,
  async () => {
    using opened = new DisposableStack();
    const reader = opened.adopt(new PageReader(), (reader) => reader.close());
    const draw = async (bytes: Uint8Array, type: FileType, number: number, width: number) =>
      decoded(await reader.drawPage(bytes, type, { number, width, view: null }));
    const fax = await encode(await pictureOf(await drawPdf([drawReport], REPORT_SIZE)), "image/tiff", { pages: 2 });
    const second = await draw(fax, "image/tiff", 2, 400);
    assert.deepEqual([second.width, second.height], [400, 162]);
    assert.ok(ink(second, 400, [0, 0, 400, 162]) > 0.01);
    for (const [width, height] of [[14_400, 14_400], [3, 14_400], [14_400, 3], [1e-3, 1e6], [1e6, 1e-3]] as const) {
      const drawn = drawnSize({ width, height }, 2000);
      assert.ok(drawn.width >= 1 && drawn.height >= 1 && drawn.width <= 2000 && drawn.height <= 16_000);
      assert.ok(drawn.width * drawn.height <= 1e7, `${width} × ${height}: ${drawn.width} × ${drawn.height}`);
    }
    const pdf = await PDFDocument.create();
    pdf.addPage([3, 14_400]);
    const tall = await draw(await pdf.save(), "application/pdf", 1, 2000);
    assert.deepEqual([tall.width, tall.height], [3, 16_000]);
    await assert.rejects(draw(fax, "image/tiff", 3, 400), { code: "truncated" });
  },
);

Deno.test("without a worker the answer is 503 after a while; before and without pages it is the reason", async () => {
  await using world = await openWorld();
  const id = await upload(world, await reportPdf(bloodCount));
  const db = world.ctx.database;
  assert.match(String((await world.json(`/documents/${id}/pages/1.png`, {}, 409)).detail), /still being read/);
  await setStatus(db, id, "failed", "Cannot read the file: it is encrypted; upload it without a password");
  assert.match(String((await world.json(`/documents/${id}/pages/1.png`, {}, 422)).detail), /encrypted/);

  await putPage(db, id, { number: 1, width: 595, height: 842, source: "text_layer", lines: [] });
  const document = (await findDocument(db, id))!;
  const key = { document_id: id, page: 1, width: 300 };
  const ask = (patienceMs = 60) =>
    pageImage(world.ctx, document, key, new AbortController().signal, { patienceMs, lookMs: 20 });
  await assert.rejects(ask(), { code: "unavailable", retryAfterSeconds: 5 });
  const jobs = await rows<{ payload: unknown }>(
    db,
    sql`
    select payload
    from graphile_worker._private_jobs as jobs
    join graphile_worker._private_tasks as tasks on tasks.id = jobs.task_id
    where tasks.identifier = 'draw_page_image'`,
  );
  assert.deepEqual(jobs.map(({ payload }) => payload), [key]);

  // A page that cannot be drawn says why; where another attempt may help, the next call makes one.
  await putPageImage(db, key, null, { png: null, problem: "too_large" });
  await assert.rejects(ask(), { code: "unprocessable" });
  await putPageImage(db, key, null, { png: null, problem: "timed_out" });
  await assert.rejects(ask(), { code: "unavailable", retryAfterSeconds: 30 });
  assert.equal(await findPageImage(db, key), undefined);

  // What arrives while somebody waits is heard of at once.
  const waiting = ask(20_000);
  await putPageImage(db, key, null, { png: Uint8Array.of(1, 2), problem: null });
  assert.deepEqual(await waiting, Uint8Array.of(1, 2));
});

Deno.test("drawn pages go after a day, and the oldest when there are too many", async () => {
  await using world = await openWorld();
  const id = await upload(world, await reportPdf(bloodCount));
  const db = world.ctx.database;
  await putPage(db, id, { number: 1, width: 595, height: 842, source: "text_layer", lines: [] });
  const large = { png: new Uint8Array(30 * 1024 * 1024), problem: null };
  const widths = async () => (await rows<{ width: number }>(db, sql`select width from page_image order by width`));
  for (const width of [300, 301, 302]) await putPageImage(db, { document_id: id, page: 1, width }, null, large);
  assert.deepEqual(await widths(), [{ width: 301 }, { width: 302 }]);
  await db.execute(sql`update page_image set created_at = now() - interval '25 hours' where width = 302`);
  await deleteOldPageImages(db, world.ctx.clock());
  assert.deepEqual(await widths(), [{ width: 301 }]);
  // What was drawn of a page that has been read anew meanwhile is not kept.
  const view = { quarters: 1, level: { tilt: 0, slope: [0, 0, 0] as const } };
  await putPageImage(db, { document_id: id, page: 1, width: 303 }, view, { png: Uint8Array.of(1), problem: null });
  assert.deepEqual(await widths(), [{ width: 301 }]);
});
