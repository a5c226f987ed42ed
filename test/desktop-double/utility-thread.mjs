// What Electron gives a utility process: `process.parentPort`, whose messages carry their ports along.
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

process.parentPort = {
  postMessage: (message) => parentPort.postMessage(message),
  on: (_event, listener) => parentPort.on('message', ({ data, ports }) => listener({ data, ports })),
};
await import(pathToFileURL(workerData).href);
