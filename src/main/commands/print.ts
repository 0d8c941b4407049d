/** What a command answers, on stdout. */
export const print = (text: string) => void process.stdout.write(`${text}\n`);
export const printJson = (document: unknown) => print(JSON.stringify(document, null, 1));
