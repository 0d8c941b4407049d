import { type Code, LabError } from '../errors';
import { wideWithoutMark } from './encoding';

const ascii = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));

/** Beginnings by which other formats are known. */
const marks: { code: Code; format: string; begins: number[] | string }[] = [
  { code: 'data.workbook', format: 'Excel (xls)', begins: [0xd0, 0xcf, 0x11, 0xe0] },
  { code: 'data.not-a-table', format: 'PDF', begins: '%PDF' },
  { code: 'data.not-a-table', format: 'PNG', begins: [0x89, 0x50, 0x4e, 0x47] },
  { code: 'data.not-a-table', format: 'JPEG', begins: [0xff, 0xd8, 0xff] },
  { code: 'data.not-a-table', format: 'GIF', begins: 'GIF8' },
  { code: 'data.not-a-table', format: 'Parquet', begins: 'PAR1' },
  { code: 'data.not-a-table', format: 'Arrow', begins: 'ARROW1' },
  { code: 'data.not-a-table', format: 'SQLite', begins: 'SQLite format 3' },
  { code: 'data.not-a-table', format: 'HDF5', begins: [0x89, 0x48, 0x44, 0x46] },
  { code: 'data.not-a-table', format: 'RTF', begins: '{\\rtf' },
  { code: 'data.not-a-table', format: '7-Zip', begins: [0x37, 0x7a, 0xbc, 0xaf] },
  { code: 'data.not-a-table', format: 'RAR', begins: 'Rar!' },
  { code: 'data.not-a-table', format: 'bzip2', begins: 'BZh' },
  { code: 'data.not-a-table', format: 'xz', begins: [0xfd, 0x37, 0x7a, 0x58] },
  { code: 'data.not-a-table', format: 'Zstandard', begins: [0x28, 0xb5, 0x2f, 0xfd] },
  { code: 'data.not-a-table', format: 'ELF', begins: [0x7f, 0x45, 0x4c, 0x46] },
  { code: 'data.lfs-pointer', format: 'Git LFS', begins: 'version https://git-lfs' },
];

/**
 * Files that are no tables of text are named for what they are.
 * @throws LabError data.workbook, data.html, data.lfs-pointer, data.json, data.not-a-table, data.utf-32, data.binary
 */
export function refuseImpostor(head: Uint8Array): void {
  const text = ascii(head, 0, 2048);
  if (text.startsWith('\xff\xfe\0\0') || text.startsWith('\0\0\xfe\xff')) throw new LabError('data.utf-32');
  for (const { code, format, begins } of marks) {
    const fits = typeof begins === 'string' ? text.startsWith(begins) : begins.every((byte, i) => head[i] === byte);
    if (fits) throw new LabError(code, { format });
  }
  if (text.startsWith('PK\x03\x04')) {
    const office = /\[Content_Types\]\.xml|xl\/|_rels\/|mimetypeapplication\/vnd\.oasis/.test(ascii(head, 0, 8192));
    throw new LabError(office ? 'data.workbook' : 'data.not-a-table', { format: office ? 'Excel (xlsx)' : 'ZIP' });
  }
  const start = text
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
    .toLowerCase();
  if (/^<(?:!doctype html|html|head|body|table|script|!--)/.test(start)) throw new LabError('data.html');
  if (start.startsWith('<?xml')) {
    const sheet = /urn:schemas-microsoft-com:office|<workbook|mso-application/.test(start);
    throw sheet
      ? new LabError('data.workbook', { format: 'Excel (XML)' })
      : start.includes('<html')
        ? new LabError('data.html')
        : new LabError('data.not-a-table', { format: 'XML' });
  }
  if (/^(?:\{\s*"|\[\s*[[{])/.test(start)) throw new LabError('data.json');
  refuseBinary(head);
}

/** Zeros where they make no UTF-16, or control characters no text has. */
function refuseBinary(head: Uint8Array): void {
  const marked = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (marked || wideWithoutMark(head)) return;
  const length = Math.min(head.length, 65_536);
  let [zeros, controls] = [0, 0];
  for (let i = 0; i < length; i++) {
    const byte = head[i]!;
    if (byte === 0) zeros++;
    else if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12 && byte !== 26) controls++;
  }
  if (zeros > length * 0.1 || controls > Math.max(8, length * 0.02)) throw new LabError('data.binary', { zeros });
}
