/** Swagger UI for `/docs`, served from the installed package: nothing is loaded from a CDN. */

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API documentation</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

const start = `SwaggerUIBundle({ url: "/openapi.json", dom_id: "#swagger-ui", deepLinking: true });\n`;

const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The page or one of its files; null for any other name. */
export async function docsFile(name: string): Promise<Response | null> {
  switch (name) {
    case "":
      return answer(page, "text/html; charset=utf-8");
    case "start.js":
      return answer(start, "text/javascript; charset=utf-8");
    case "swagger-ui.css":
      return answer(await packaged(name), "text/css; charset=utf-8");
    case "swagger-ui-bundle.js":
      return answer(await packaged(name), "text/javascript; charset=utf-8");
    default:
      return null;
  }
}

async function packaged(name: string): Promise<ReadableStream<Uint8Array>> {
  const file = await Deno.open(new URL(import.meta.resolve(`swagger-ui-dist/${name}`)), { read: true });
  return file.readable;
}

function answer(body: BodyInit, contentType: string): Response {
  return new Response(body, {
    headers: { "content-type": contentType, "content-security-policy": contentSecurityPolicy },
  });
}
