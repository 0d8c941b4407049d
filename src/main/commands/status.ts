/** Exit status: 0 done, 1 a fault of the program, 2 the input cannot be used, 130 interrupted. */
export const faultStatus = 1;
export const unusableStatus = 2;
export const interruptedStatus = 130;

const faults = ['host.bug', 'host.trainer-lost'];

/** What a refusal of that code means to a script. */
export const statusOf = (code: string): number => (faults.includes(code) ? faultStatus : unusableStatus);
