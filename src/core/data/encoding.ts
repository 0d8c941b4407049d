import { Cp949Decoder } from './cp949';

/** How a file's bytes become text. */
export interface Encoding {
  /** WHATWG label. */
  name: string;
  /** Bytes of the byte order mark. */
  bom: number;
  /** Taken because nothing else fits. */
  fallback: boolean;
}

/** Other names people and programs give the encodings that are read. */
const aliases: Record<string, string> = {
  utf8: 'utf-8',
  'utf-8-sig': 'utf-8',
  utf16: 'utf-16le',
  'utf-16': 'utf-16le',
  utf16le: 'utf-16le',
  utf16be: 'utf-16be',
  cp949: 'euc-kr',
  ms949: 'euc-kr',
  uhc: 'euc-kr',
  euckr: 'euc-kr',
  'windows-949': 'euc-kr',
  'ks_c_5601-1987': 'euc-kr',
  sjis: 'shift_jis',
  'shift-jis': 'shift_jis',
  cp932: 'shift_jis',
  ms932: 'shift_jis',
  gb2312: 'gbk',
  gb18030: 'gbk',
  cp936: 'gbk',
  cp1252: 'windows-1252',
  ansi: 'windows-1252',
  latin1: 'windows-1252',
  'latin-1': 'windows-1252',
  'iso-8859-1': 'windows-1252',
  ascii: 'utf-8',
  cp1250: 'windows-1250',
  cp1251: 'windows-1251',
  cp1254: 'windows-1254',
};
export const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'euc-kr',
  'shift_jis',
  'gbk',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'windows-1254',
];

/** The encoding a person means, or null when it is none that is read. */
export function encodingNamed(name: string): string | null {
  const lower = name.trim().toLowerCase();
  const known = Object.hasOwn(aliases, lower) ? aliases[lower]! : lower;
  return encodings.includes(known) ? known : null;
}

/**
 * Decides by mark, then by zeros in every second byte, then by whether the bytes are UTF-8 at all; of the rest, the
 * encoding under which the text is made of that language's common letters.
 */
export function sniffEncoding(head: Uint8Array): Encoding {
  const found = (name: string, bom = 0, fallback = false) => ({ name, bom, fallback });
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return found('utf-8', 3);
  if (head[0] === 0xff && head[1] === 0xfe) return found('utf-16le', 2);
  if (head[0] === 0xfe && head[1] === 0xff) return found('utf-16be', 2);
  const wide = wideWithoutMark(head);
  if (wide) return found(wide);
  if (decodes('utf-8', head) !== null) return found('utf-8');
  if (nearlyUtf8(head)) return found('utf-8');
  const scores = languages.map(({ name, common }) => ({ name, score: scoreOf(name, decodes(name, head), common) }));
  const best = scores.reduce((a, b) => (b.score > a.score ? b : a));
  const western = best.name === 'windows-1252' || best.score < 0.25;
  return western ? found('windows-1252', 0, true) : found(best.name);
}

/** A few broken bytes among many good sequences: a file patched together, not one in another encoding. */
function nearlyUtf8(head: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(head, { stream: true });
  let [good, broken] = [0, 0];
  for (const character of text) {
    if (character === '\ufffd') broken++;
    else if (character > '\u007f') good++;
  }
  return good >= 8 * broken;
}

/** UTF-16 without its mark: by the zeros of ASCII, or by the letters that other scripts make in it; no text in bytes has a zero. */
export function wideWithoutMark(head: Uint8Array): string | null {
  const some = head.subarray(0, 4096 & ~1);
  if (!some.includes(0)) return null;
  return zerosTell(some) ?? ['utf-16le', 'utf-16be'].find((name) => readable(some, name)) ?? null;
}

/** Letters of the commonest scripts, and the signs and blanks between them. */
const usual =
  /[\t\n\r\x20-\x7e\u00a0-\u024f\u0370-\u04ff\u2010-\u2030\u3000-\u30ff\u3131-\u318e\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e]/g;
/** Share of them in a text; of bytes read at random it is a half. */
const readableFrom = 0.97;

function readable(bytes: Uint8Array, name: string): boolean {
  const text = decodes(name, bytes.subarray(0, bytes.length & ~1));
  return text !== null && text.length >= 8 && (text.match(usual)?.length ?? 0) >= readableFrom * text.length;
}

/** ASCII in UTF-16 has a zero in every second byte. */
function zerosTell(head: Uint8Array): string | null {
  const zeros = [0, 0];
  const length = Math.min(head.length, 4096) & ~1;
  for (let i = 0; i < length; i++) if (head[i] === 0) zeros[i & 1]!++;
  const [even = 0, odd = 0] = zeros;
  if (odd > length * 0.2 && even < odd * 0.1) return 'utf-16le';
  return even > length * 0.2 && odd < even * 0.1 ? 'utf-16be' : null;
}

function decodes(name: string, bytes: Uint8Array): string | null {
  try {
    const decoder = name === 'euc-kr' ? new Cp949Decoder({ fatal: true }) : new TextDecoder(name, { fatal: true });
    return decoder.decode(bytes, { stream: true });
  } catch {
    return null;
  }
}

/** The commonest characters of each language, and those of the words that head tables. */
const languages = [
  {
    name: 'euc-kr',
    common:
      '이다의는에을가고지하기사로리도인자대시나어해서아스일정주제보부한수전구장조성상과원만우동국공그신금니라유회비진발용여중교연경개미실물영월년날짜종고저거래량액체결등락률매입출계좌잔적요명번호코드순총합평균율격변현재기준온습강풍속판매출상품점소남여서울부산▲▼△▽',
  },
  {
    name: 'shift_jis',
    common:
      'のにはをたがでてとしれさるいなもあっらこうよりか日付年月終値始高安出来銘柄売買前比率取引株価平均気温東京合計金額数量時分円名番号ーアイウエオカキクケコサシスセソタチツテトナニハヒフマミムメモラリルレロワンガギグゴジズダデドバビブベパピプポ▲▼△▽',
  },
  {
    name: 'gbk',
    common:
      '的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后日期开盘收最高低成交量额涨跌幅换手率代码名称股票价格温度湿合计平均数月总金元时间类型城市销售产品编号前昨今',
  },
  { name: 'windows-1252', common: 'äöüßÄÖÜéèêëàâáíóúñçãõîïôûùåøæÅØÆÉÇÃÕ€£°²ºª´' },
];

/** Hangul syllables only, none of them common: still likelier Korean than anything else. */
const nothingButHangul = 0.3;

/**
 * Share of the characters beyond ASCII that are common ones, counted by the character or by the occurrence (one name in
 * every row may be of rare characters). Signs and full-width digits say nothing of an East Asian
 * language unless they are among its common ones; in a Western text every character counts.
 */
function scoreOf(name: string, text: string | null, common: string): number {
  if (text === null) return 0;
  const hangul = name === 'euc-kr' && !/[^\0-\x7f\uac00-\ud7a3]/.test(text) ? nothingButHangul : 0;
  const letters = new Set(common);
  const counted = (character: string) =>
    character >= '\u0080' && (letters.has(character) || name === 'windows-1252' || /\p{L}/u.test(character));
  const share = (characters: Iterable<string>) => {
    let [known, beyond] = [0, 0];
    for (const character of characters) {
      if (!counted(character)) continue;
      beyond++;
      if (letters.has(character)) known++;
    }
    return beyond === 0 ? 0 : known / beyond;
  };
  const different = name === 'windows-1252' ? 0 : share(new Set(text));
  return Math.max(hangul, share(text), different);
}
