import assert from "node:assert/strict";
import { trackDistance, type TrackPoint, trackStatistics } from "../../src/imports/device_file_track.ts";
import { deviceFileKind } from "../../src/imports/device_file.ts";
import { readXml, type XmlReader } from "../../src/imports/device_file_xml.ts";
import { GpxReader, mapGpx } from "../../src/imports/gpx.ts";
import { ImportFailure } from "../../src/imports/import_failure.ts";
import { mapTcx, TcxReader } from "../../src/imports/tcx.ts";
import { Batch } from "../../src/ingest/batch.ts";
import { seriesById } from "../../src/timeseries/series_table.ts";

/** What becomes of TCX and GPX files. */

async function* pieces(text: string | Uint8Array): AsyncGenerator<Uint8Array> {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  for (let from = 0; from < bytes.length; from += 7) yield await Promise.resolve(bytes.subarray(from, from + 7));
}

async function gpx(text: string | Uint8Array) {
  const reader = new GpxReader();
  const whole = await readXml(pieces(text), reader);
  const batch = new Batch(new Date("2026-03-15T12:00:00Z"));
  mapGpx(reader, batch, whole);
  return { whole, reader, batch, counts: counts(batch) };
}

async function tcx(text: string | Uint8Array) {
  const reader = new TcxReader();
  const whole = await readXml(pieces(text), reader);
  const batch = new Batch(new Date("2026-03-15T12:00:00Z"));
  mapTcx(reader, batch);
  return { whole, reader, batch, counts: counts(batch) };
}

function counts({ samples }: Batch): Record<string, number> {
  const found: Record<string, number> = {};
  for (const id of samples.series) {
    const code = seriesById(id)?.code ?? "";
    found[code] = (found[code] ?? 0) + 1;
  }
  return found;
}

const point = (second: number, latitude: number, extra = "") =>
  `<trkpt lat="${latitude}" lon="20"><ele>${100 + second}</ele><time>2026-03-14T08:00:${
    String(second).padStart(2, "0")
  }Z</time>${extra}</trkpt>`;
const sensors = `<extensions><power>210</power><a:TrackPointExtension><a:hr>150</a:hr><a:cad>80</a:cad>` +
  `<a:atemp>11</a:atemp></a:TrackPointExtension></extensions>`;
const track = (points: string, type = "trail_running") =>
  `<?xml version="1.0"?><gpx creator="Garmin Connect" xmlns:a="x"><wpt lat="1" lon="2"/><trk><name>Hill &amp; back</name>` +
  `<type>${type}</type>${points}</trk></gpx>`;

Deno.test("a GPX track is a workout whose distance skips the pauses between its segments", async () => {
  const { batch, counts, reader, whole } = await gpx(track(
    `<trkseg>${point(0, 50, sensors)}${point(10, 50.001)}</trkseg><trkseg>${point(30, 50.5)}${
      point(40, 50.501)
    }</trkseg>`,
  ));
  assert.ok(whole);
  assert.deepEqual(counts, {
    latitude: 4,
    longitude: 4,
    elevation: 4,
    heart_rate: 1,
    cadence: 1,
    power: 1,
    air_temperature: 1,
  });
  const [workout] = batch.workouts;
  assert.deepEqual([workout?.type, workout?.name, workout?.duration_seconds], ["trail_running", "Hill & back", 40]);
  assert.deepEqual([workout?.moving_time_seconds, workout?.heart_rate_avg, workout?.average_watts], [20, 150, 210]);
  assert.deepEqual([workout?.total_elevation_gain, workout?.elev_low, workout?.elev_high], [40, 100, 140]);
  // A thousandth of a degree of latitude is 111.19 m on the sphere.
  assert.ok(Math.abs((workout?.distance ?? 0) - 222.39) < 0.01);
  assert.deepEqual([batch.sources[0]?.provider, batch.sources[0]?.source], ["garmin", "gpx_file"]);
  assert.deepEqual([workout?.zone_offset, reader.noticed], [null, { waypoint: 1 }]);
});

Deno.test("points without a time or with impossible values give nothing", async () => {
  const { batch, reader } = await gpx(track(
    `<trkseg><trkpt lat="50" lon="20"><ele>1</ele></trkpt><trkpt lat="95" lon="20"><ele>high</ele>` +
      `<time>2026-03-14T09:00:00+01:00</time><hr>0</hr></trkpt></trkseg>`,
    "toString",
  ));
  assert.deepEqual(reader.skipped, { no_time: 1 });
  assert.equal(batch.samples.at.length, 0);
  assert.deepEqual([batch.workouts[0]?.type, batch.workouts[0]?.zone_offset], ["other", 60]);
});

const lap = (start: string, more: string) =>
  `<Lap StartTime="2026-03-14T${start}Z"><TotalTimeSeconds>60</TotalTimeSeconds><DistanceMeters>200</DistanceMeters>` +
  `<Calories>10</Calories><MaximumHeartRateBpm><Value>171</Value></MaximumHeartRateBpm>${more}</Lap>`;
const trackpoint = (time: string, rate: number) =>
  `<Track><Trackpoint><Time>2026-03-14T${time}Z</Time><Position><LatitudeDegrees>50</LatitudeDegrees>` +
  `<LongitudeDegrees>20</LongitudeDegrees></Position><AltitudeMeters>100</AltitudeMeters><DistanceMeters>9</DistanceMeters>` +
  `<HeartRateBpm><Value>${rate}</Value></HeartRateBpm><Extensions><n:TPX><n:Speed>3.5</n:Speed><n:RunCadence>82</n:RunCadence>` +
  `<n:Watts>240</n:Watts></n:TPX></Extensions></Trackpoint></Track>`;
const activity = (laps: string) =>
  `<TrainingCenterDatabase xmlns:n="x"><Activities><Activity Sport="Biking"><Id>2026-03-14T08:00:00Z</Id>${laps}` +
  `<Creator><Name>Garmin Edge 530</Name></Creator></Activity></Activities><Courses><Course/></Courses></TrainingCenterDatabase>`;

Deno.test("a TCX activity is a workout with the sums of its laps", async () => {
  const { batch, counts, reader } = await tcx(activity(
    lap("08:00:00", trackpoint("08:00:05", 120)) + lap("08:01:00", trackpoint("08:01:05", 140)),
  ));
  assert.deepEqual(counts, {
    latitude: 2,
    longitude: 2,
    elevation: 2,
    heart_rate: 2,
    cadence: 2,
    power: 2,
    speed: 2,
  });
  const [workout] = batch.workouts;
  assert.deepEqual([workout?.type, workout?.distance, workout?.energy_burned], ["cycling", 400, 20]);
  assert.deepEqual([workout?.duration_seconds, workout?.moving_time_seconds], [120, 120]);
  assert.deepEqual([workout?.heart_rate_min, workout?.heart_rate_max, workout?.heart_rate_avg], [120, 171, 130]);
  assert.deepEqual(workout?.segments?.[1], {
    kind: "lap",
    index: 1,
    start_time: "2026-03-14T08:01:00.000Z",
    elapsed_seconds: 60,
    distance_meters: 200,
    max_heart_rate: 171,
  });
  assert.deepEqual([batch.sources[0]?.provider, batch.sources[0]?.device_model], ["garmin", "Garmin Edge 530"]);
  assert.deepEqual(reader.noticed, { course: 1 });
});

Deno.test("a file that breaks off gives its points, and no workout with a wrong end", async () => {
  const whole = activity(lap("08:00:00", trackpoint("08:00:05", 120) + trackpoint("08:00:06", 121)));
  const cut = await tcx(whole.slice(0, whole.lastIndexOf("<Trackpoint>") + 30));
  assert.deepEqual([cut.whole, cut.counts.heart_rate, cut.batch.workouts.length], [false, 1, 0]);
  const broken = await gpx(track(`<trkseg>${point(0, 50)}${point(10, 50.001)}</trkseg>`).slice(0, -20));
  assert.deepEqual([broken.whole, broken.counts.latitude, broken.batch.workouts.length], [false, 2, 0]);
  for (const text of ["", "<", "<gpx>", "<gpx></trk>", "\u0000", "<gpx>&bomb;</gpx>", new Uint8Array([0x3c, 0xff])]) {
    assert.equal((await gpx(text)).whole, false);
  }
});

Deno.test("entities are never expanded, and what no device writes is refused", async () => {
  const silent: XmlReader = { close: () => {} };
  const hostile = [
    `<!DOCTYPE gpx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><gpx>&b;</gpx>`,
    `<!DOCTYPE gpx [<!ENTITY a SYSTEM "file:///etc/passwd">]><gpx>&a;</gpx>`,
    "<g>".repeat(100),
    `<gpx>${"x".repeat(70_000)}</gpx>`,
  ];
  for (const text of hostile) {
    await assert.rejects(() => readXml(pieces(text), silent), ImportFailure);
  }
  assert.equal(await readXml(pieces("<gpx>&lt;&#65;<![CDATA[<]]></gpx>"), silent), true);
});

Deno.test("the kind is told from the content, of an archive from its name", () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const header = new Uint8Array([14, 16, 0, 0, 0, 0, 0, 0, 0x2e, 0x46, 0x49, 0x54, 0, 0]);
  assert.equal(deviceFileKind(header, "ride.gpx"), "fit");
  assert.equal(deviceFileKind(bytes(track("")), null), "gpx");
  assert.equal(deviceFileKind(bytes(`  ${activity("")}`), null), "tcx");
  assert.equal(deviceFileKind(new Uint8Array([0x1f, 0x8b, 8]), "ride.FIT.gz"), "fit");
  for (
    const [head, name] of [[new Uint8Array([0x1f, 0x8b]), null], [bytes("<html>"), "ride.tcx"], [
      bytes(""),
      "ride.fit",
    ]] as const
  ) {
    assert.throws(() => deviceFileKind(head, name), { code: "invalid_input" });
  }
});

Deno.test("small ups and downs are noise, and a point without a position does not break the distance", () => {
  const points = (heights: number[]): TrackPoint[] =>
    heights.map((elevation, at) => ({ at, zone_offset: null, elevation }));
  assert.equal(trackStatistics(points([10, 11, 10, 11, 10])).total_elevation_gain, 0);
  assert.equal(trackStatistics(points([10, 11, 12, 13, 14, 8, 20])).total_elevation_gain, 16);
  assert.equal(trackStatistics([]).total_elevation_gain, null);
  const here = { at: 0, zone_offset: null, latitude: 0, longitude: 179.999 };
  const there = { ...here, longitude: -179.999 };
  // Across the date line.
  assert.ok(Math.abs(trackDistance([here, { at: 1, zone_offset: null }, there]) - 222.39) < 0.01);
});

const shared = new URL("../../../shared/data/tracks/", import.meta.url);
const present = await Deno.stat(shared).then(() => true, () => false);

Deno.test({
  name: present ? "the collected tracks" : "tracks are skipped: ../shared/data/tracks is absent",
  ignore: !present,
  async fn() {
    const read = (path: string) => Deno.readFile(new URL(path, shared));
    const run = (await tcx(await read("openbody/tcx-sample.tcx"))).batch.workouts;
    assert.deepEqual(run.map(({ type, segments }) => [type, segments?.length]), [["running", 2]]);
    const long = await tcx(await read("tcx/python-tcxparser-test.tcx"));
    assert.ok(long.whole);
    const [workout] = long.batch.workouts;
    // The sums of its laps.
    assert.equal(Math.round(workout?.distance ?? 0), 4689);
    assert.equal(workout?.moving_time_seconds, 1993);
    assert.equal(workout?.energy_burned, 379);
    assert.equal(workout?.heart_rate_max, 189);
    assert.equal((await tcx(await read("tcx/python-tcxparser-no_hr.tcx"))).counts.heart_rate, undefined);
    assert.equal((await tcx(await read("tcx/python-tcxparser-sup_activity_1.tcx"))).batch.workouts.length, 1);
    const sample = await gpx(await read("openbody/gpx-sample.gpx"));
    assert.deepEqual(sample.counts, { latitude: 5, longitude: 5, elevation: 4, heart_rate: 5, cadence: 4 });
    assert.equal(sample.batch.workouts[0]?.duration_seconds, 103);
    assert.equal((await gpx(await read("openbody/gpx-no-time-sample.gpx"))).batch.size, 0);
    assert.equal((await gpx(await read("openbody/gpx-waypoints-sample.gpx"))).reader.noticed.waypoint, 3);
  },
});
