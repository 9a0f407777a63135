import { drawImage, type DrawPage } from "../src/documents/draw_page_image.ts";
import { drawPageImage } from "../src/documents/jobs.ts";
import { type Task, task } from "../src/platform/tasks.ts";

export function drawPageImageTask(drawPage: DrawPage): Task {
  return task({
    job: drawPageImage,
    run: (ctx, key, signal) => drawImage(ctx, key, drawPage, signal),
  });
}
