// One module, named by a hash of what is in it; `crates/web/build.rs` puts it into the program.

import { defineConfig } from 'vite';

export default defineConfig({
  publicDir: false,
  build: {
    target: 'es2022',
    outDir: 'built',
    // `cargo xtask page` takes out what was built before; the folder keeps its list of what is ignored.
    emptyOutDir: false,
    modulePreload: false,
    rollupOptions: {
      input: 'src/main.ts',
      output: { entryFileNames: 'page-[hash].js', inlineDynamicImports: true },
    },
  },
});
