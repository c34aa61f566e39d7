import { hideServer } from '../../src/platform/raw-body.ts';

// Loaded into the emulator suite, whose own web server stands before the functions and would add the header again.
hideServer();
