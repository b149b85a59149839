import type { Route } from '../context.ts';

export interface Found {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** `path` without the query. */
export type Router = (method: string, path: string) => Found | undefined;

export function createRouter(routes: readonly Route[]): Router {
  const table = routes.map((route) => {
    const [method = '', path = ''] = route.pattern.split(' ');
    return { route, method, shape: new RegExp(`^${path.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}$`) };
  });
  return (method, path) => {
    for (const entry of table) {
      if (entry.method !== method) continue;
      const match = entry.shape.exec(path);
      if (!match) continue;
      const params = Object.entries(match.groups ?? {}).map(([name, value]) => [
        name,
        decodeURIComponent(value),
      ]);
      return { route: entry.route, params: Object.fromEntries(params) };
    }
    return undefined;
  };
}
