import { z } from "@hono/zod-openapi";
import { uuid } from "../platform/scalars.ts";

/** What every upload answers. The counts are zero, because storing happens afterwards; the sync status has them. */
export const UploadDataResponse = z.object({
  status_code: z.int(),
  response: z.string(),
  user_id: uuid.nullable(),
  dropped_count: z.int(),
  records_saved: z.int(),
  workouts_saved: z.int(),
  sleep_saved: z.int(),
}).openapi("UploadDataResponse", {
  example: {
    status_code: 202,
    response: "Import task queued successfully",
    user_id: "3f1c9a52-7f0e-4c61-9a54-2f6b1d0c8e11",
    dropped_count: 0,
    records_saved: 0,
    workouts_saved: 0,
    sleep_saved: 0,
  },
});

export function uploadAccepted(user_id: string, response: string): z.input<typeof UploadDataResponse> {
  return { status_code: 202, response, user_id, dropped_count: 0, records_saved: 0, workouts_saved: 0, sleep_saved: 0 };
}
