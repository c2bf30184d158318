#!/usr/bin/env node
import { runAdmin } from './run-admin.ts';

/* `node clients/admin/main.ts`: the command without what only an installation has. */
process.exitCode = await runAdmin(process.argv.slice(2));
