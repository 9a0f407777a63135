import { z } from "@hono/zod-openapi";
import { requireUser } from "../accounts/access.ts";
import { type Endpoint, endpoint } from "../platform/endpoint.ts";
import { Page, pageEnvelope, positionForm } from "../platform/envelope.ts";
import { eventList, eventListQuery, eventPosition } from "../platform/event_list.ts";
import { uuid } from "../platform/scalars.ts";
import { seriesId } from "../timeseries/series_table.ts";
import { listWorkouts } from "./queries.ts";
import { removeWorkout } from "./remove_workout.ts";
import { showWorkout, Workout } from "./shown_workout.ts";

const params = z.object({ user_id: uuid });

export const workoutRoutes: readonly Endpoint[] = [
  endpoint({
    method: "get",
    path: "/users/{user_id}/events/workouts",
    operationId: "listWorkouts",
    tag: "events",
    summary: "A person's workouts, newest first",
    auth: "key",
    params,
    query: z.object({
      ...eventListQuery,
      record_type: z.string().max(100).optional().openapi({
        description: "Exactly this type, in upper or lower case",
        example: "running",
      }),
    }),
    success: { status: 200, description: "A page", schema: Page("Workout", Workout) },
    errors: ["not_found"],
  }, async (ctx, { params, query }) => {
    const userId = await requireUser(ctx, params.user_id);
    const list = eventList(query);
    const { total, found } = await listWorkouts(
      ctx.database,
      userId,
      list,
      query.record_type ?? null,
      seriesId("heart_rate"),
    );
    return pageEnvelope({ ...list, rows: found, form: positionForm, key: eventPosition, item: showWorkout, total });
  }),

  endpoint({
    method: "delete",
    path: "/users/{user_id}/events/workouts/{workout_id}",
    operationId: "deleteWorkout",
    tag: "events",
    summary: "Delete a workout",
    description: "It comes back when its source sends it again.",
    auth: "key",
    params: z.object({ user_id: uuid, workout_id: uuid }),
    success: { status: 204, description: "Deleted" },
    errors: ["not_found"],
  }, async (ctx, { params }) => await removeWorkout(ctx, await requireUser(ctx, params.user_id), params.workout_id)),
];
