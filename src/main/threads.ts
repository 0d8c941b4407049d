import { Worker } from 'node:worker_threads';
import type { Report, StartThread } from '../core/learn/thread';

/** Starts a trainer's thread from its built file, beside this one. An idle thread does not keep the process alive. */
export const startThread: StartThread = () => {
  const worker = new Worker(new URL('./trainer-thread.js', import.meta.url));
  worker.unref();
  return {
    post(task) {
      worker.ref();
      worker.postMessage(task);
    },
    onMessage(listener) {
      worker.on('message', (report: Report) => {
        if (report.type !== 'event') worker.unref();
        listener(report);
      });
    },
    onFailure: (listener) => {
      worker.on('error', listener);
      worker.on('exit', (code) => listener(new Error(`a training thread ended with status ${code}`)));
    },
    end: () => void worker.terminate(),
  };
};
