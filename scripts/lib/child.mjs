import { spawn } from 'node:child_process';

/**
 * Runs a program with this process's standard streams and settles with its exit code (128 + the signal's number where
 * one ended it). Ctrl-C reaches the program through the terminal; a TERM or HUP sent to us alone is passed on, so that
 * it always gets to end cleanly and we always outlive it.
 */
export function run(command, args, options = {}) {
  const child = spawn(command, args, { stdio: 'inherit', ...options });
  const pass = (signal) => child.kill(signal);
  const ignore = () => {};
  process.on('SIGINT', ignore).on('SIGTERM', pass).on('SIGHUP', pass);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      process.off('SIGINT', ignore).off('SIGTERM', pass).off('SIGHUP', pass);
      resolve(code ?? 128 + (SIGNALS[signal] ?? 0));
    });
  });
}

const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGABRT: 6, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 };
