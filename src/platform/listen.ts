import { AppError } from "./errors.ts";
import { StartFailure } from "./failure.ts";
import { type HttpApp, problem } from "./http.ts";

/** The app on a port, and how it lets go of it. */

export interface Listener {
  readonly port: number;
  /** Answers what is under way, within `graceMs`; what comes meanwhile is told to try again. */
  close(graceMs: number): Promise<void>;
}

export function listen(http: HttpApp, hostname: string, port: number): Listener {
  const underWay = new Set<Promise<unknown>>();
  let closing = false;
  const server = serve(hostname, port, (request, remoteAddress) => {
    if (closing) return stopping();
    const answer = Promise.resolve(http.fetch(request, { remoteAddress }));
    underWay.add(answer);
    answer.finally(() => underWay.delete(answer)).catch(() => {});
    return answer;
  });
  return {
    port: server.addr.port,
    async close(graceMs) {
      closing = true;
      const end = async () => {
        // Deno's own shutdown makes bodies that are still arriving unreadable, so it waits for the handlers.
        while (underWay.size > 0) await Promise.allSettled(underWay);
        await server.shutdown();
      };
      let timer: ReturnType<typeof setTimeout> | undefined;
      await Promise.race([end(), new Promise((resolve) => timer = setTimeout(resolve, graceMs))]);
      clearTimeout(timer);
    },
  };
}

function serve(
  hostname: string,
  port: number,
  answer: (request: Request, remoteAddress: string) => Response | Promise<Response>,
): Deno.HttpServer<Deno.NetAddr> {
  try {
    return Deno.serve(
      { hostname, port, onListen: () => {} },
      (request, info) => answer(request, info.remoteAddr.hostname),
    );
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) {
      throw new StartFailure(`API_PORT ${port} is taken; stop what listens there or choose another API_PORT`);
    }
    throw new StartFailure(`API_HOST "${hostname}" with API_PORT ${port} cannot be listened on`);
  }
}

function stopping(): Response {
  const response = problem(
    new AppError("unavailable", "The server is stopping; try again in a moment", { retryAfterSeconds: 5 }),
    crypto.randomUUID(),
  );
  response.headers.set("connection", "close");
  return response;
}
