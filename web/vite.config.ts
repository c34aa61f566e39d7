import { defineConfig } from 'vite';

/**
 * The console's build. `--outDir` on the command line puts it into an instance's folder; alone it goes to web/dist.
 * Everything is a file of its own under /assets with a hash in its name: the content security policy takes neither
 * inline script nor inline style, so nothing may be inlined as data.
 */
export default defineConfig({
  root: import.meta.dirname,
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
});
