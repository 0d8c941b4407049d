import { parentPort } from 'node:worker_threads';
import { perform, type Task } from '../core/learn/thread';

/** One of the trainer's threads: performs a training, or its part of one, whenever it is told to. */
if (!parentPort) throw new Error('trainer-thread runs as a worker thread');
const port = parentPort;
port.on('message', (task: Task) =>
  perform(
    task,
    (report) => port.postMessage(report),
    () => performance.now(),
  ),
);
