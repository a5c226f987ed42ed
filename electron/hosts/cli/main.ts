import { dataFolder, dataFolderPath } from '../../desk/data-folder.ts';
import { nodeServices } from '../../desk/node-services.ts';
import { openDesk } from '../../desk/open-desk.ts';
import { programFiles } from '../../desk/program-files.ts';
import { EXIT } from './exit-code.ts';
import { runProgram } from './program.ts';

const files = programFiles(import.meta.filename);
const home = dataFolderPath();
const stop = new AbortController();

/** The first Ctrl-C asks a command to end cleanly; the second ends it at once, which every write survives. */
function stopOrLeave(): void {
  if (stop.signal.aborted) process.exit(EXIT.cancelled);
  stop.abort();
}

/**
 * Whoever read our output has gone (`| head`): there is nobody left to tell. The command still runs to its end, so that
 * the exit code says what it always says: of files that were never judged, `verify` must not say that all is well.
 */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
process.on('SIGINT', stopOrLeave);
process.on('SIGTERM', stopOrLeave);
process.on('SIGHUP', stopOrLeave);

process.exitCode = await runProgram(process.argv.slice(2), {
  streams: { out: process.stdout, err: process.stderr, plain: Boolean(process.env.NO_COLOR) },
  pageFolder: files.page,
  stop: stop.signal,
  open: {
    home,
    desk: (storePath, host) => openDesk(nodeServices({ host, home: dataFolder(), files }), storePath),
    services: () => nodeServices({ host: 'cli', home: dataFolder(), files }),
  },
});
process.off('SIGINT', stopOrLeave);
process.off('SIGTERM', stopOrLeave);
process.off('SIGHUP', stopOrLeave);
