import { defineConfig, type Plugin } from 'vite';

/**
 * The first paint waits for the entry, which sets the theme that was chosen here: without it, who chose dark on a light
 * system would see a flash of white. Vite drops the attribute when it is in index.html.
 */
const entryBeforePaint: Plugin = {
  name: 'entry-before-paint',
  transformIndexHtml: {
    order: 'post',
    handler: (html) => html.replace('<script type="module"', '<script type="module" blocking="render"'),
  },
};

/**
 * The console's build. `--outDir` on the command line puts it into an instance's folder; alone it goes to web/dist.
 * Everything is a file of its own under /assets with a hash in its name: the content security policy takes neither
 * inline script nor inline style, so nothing may be inlined as data.
 */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [entryBeforePaint],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
});
