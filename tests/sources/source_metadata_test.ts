import assert from "node:assert/strict";
import { appleDeviceNames, samsungDeviceNames } from "../../src/sources/device_name_table.ts";
import { deviceName, sourceMetadata } from "../../src/sources/source_metadata.ts";

Deno.test("devices are called by the names people know; what is not known stays as it is", () => {
  const cases: [string, string][] = [
    ["iPhone15,2", "iPhone 14 Pro"],
    ["Watch6,2", "Apple Watch Series 6 44mm (GPS)"],
    ["SM-S918B", "Galaxy S23 Ultra"],
    ["SM-R910", "Galaxy Watch5 40mm"],
    ["SM-R910NZAADBT", "Galaxy Watch5 40mm"],
    ["sm-s918n", "Galaxy S23 Ultra"],
    ["SM-S9", "SM-S9"],
    ["SM-Z999X", "SM-Z999X"],
    ["iPhone15,22", "iPhone15,22"],
    ["Forerunner 255", "Forerunner 255"],
    ["constructor", "constructor"],
    ["", ""],
  ];
  for (const [code, name] of cases) assert.equal(deviceName(code), name);
});

Deno.test("codes of one Samsung number are one device, so that the letters after it can be ignored", () => {
  const names = Map.groupBy(samsungDeviceNames, ([code]) => code.slice(0, 7));
  for (const [code, found] of names) assert.equal(new Set(found.map(([, name]) => name)).size, 1, code);
  assert.deepEqual([appleDeviceNames.size, samsungDeviceNames.size], [166, 313]);
});

Deno.test("a source shows provider, app, device, its type and its name", () => {
  const row = { provider: "apple", source: "com.example", device_model: "Watch6,2", device_type: "watch" };
  assert.deepEqual(sourceMetadata(row), {
    provider: "apple",
    source: "com.example",
    device: "Watch6,2",
    device_type: "watch",
    device_name: "Apple Watch Series 6 44mm (GPS)",
  });
  assert.deepEqual(sourceMetadata({ provider: "apple", source: null, device_model: null, device_type: null }), {
    provider: "apple",
    source: null,
    device: null,
    device_type: null,
    device_name: null,
  });
});

const reference = await Deno.readTextFile("../shared/payloads/_reference/device_names.json").catch(() => null);

Deno.test({
  name: reference === null
    ? "the reference of names is skipped: ../shared/payloads/_reference is absent"
    : "the names are those of the reference",
  ignore: reference === null,
  fn() {
    const { apple, samsung } = JSON.parse(reference ?? "");
    assert.deepEqual(Object.fromEntries(appleDeviceNames), apple);
    assert.deepEqual(Object.fromEntries(samsungDeviceNames), samsung);
  },
});
