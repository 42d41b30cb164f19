import { defineConfig } from "vite";

export default defineConfig({
  resolve: {
    // Monaco's own copy of DOMPurify is old: what it imports as a file beside it comes from npm.
    alias: [{ find: /^(?:\.{1,2}\/)+dompurify\/dompurify\.js$/, replacement: "/src/dompurify.ts" }],
  },
  build: {
    target: "es2022",
    // The polyfill and inlined files would be needless exceptions from the content security policy.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // Monaco is one piece of about 3 MB; there is nothing to split.
    chunkSizeWarningLimit: 4096,
    rolldownOptions: {
      input: { explorer: "index.html", graphiql: "graphiql.html" },
      // "use client" marks of libraries, hundreds of them, mean nothing without a React server.
      onLog: (level, log, report) => log.code === "MODULE_LEVEL_DIRECTIVE" || report(level, log),
    },
  },
  worker: { format: "es" },
  // Workers are asked for with `?worker`, which means nothing to whatever bundles packages for `npm run dev`.
  optimizeDeps: { exclude: ["graphiql/setup-workers/vite", "@graphiql/react/setup-workers/vite"] },
  server: {
    fs: { allow: ["..", "../graph-data/queries"] },
    proxy: Object.fromEntries(["/graphql", "/schema.graphql", "/query"].map((path) => [path, "http://127.0.0.1:8000"])),
  },
});
