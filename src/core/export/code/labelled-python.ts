import type { LabelledRecord } from '../../text/labelled/record';
import { scriptsWithoutBlanks } from '../../text/labelled/words';
import { cellOf, loading } from './python';

/** Short programs in Python that label the texts they are given, with the labels and probabilities of `unroll predict`. */
const usage = ({ kind }: LabelledRecord) =>
  `python3 THIS.py TEXT… ${kind === 'tagging' ? 'tags the words of each sentence' : 'tells the class of each text'}.`;

/** The code points of the scripts whose letters are words by themselves, for a class of characters: Python knows no scripts. */
function rangesOfScripts(): string {
  const alone = new RegExp(scriptsWithoutBlanks, 'u');
  const ranges: [number, number][] = [];
  for (let code = 0; code <= 0x10ffff; code++) {
    if (!alone.test(String.fromCodePoint(code))) continue;
    const last = ranges.at(-1);
    if (last && last[1] === code - 1) last[1] = code;
    else ranges.push([code, code]);
  }
  const hex = (code: number) => `\\U${code.toString(16).padStart(8, '0')}`;
  return ranges.map(([from, to]) => (from === to ? hex(from) : `${hex(from)}-${hex(to)}`)).join('');
}

const blanks = String.raw`[\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]`;

const words = ({ kind }: LabelledRecord): string => `# letters of scripts without blanks between words
alone = re.compile("[${rangesOfScripts()}]")
def kind_of(character):
    category = unicodedata.category(character)[0]
    if alone.match(character):
        return "B" if category == "M" else "A"
    return "m" if category == "M" else "l" if category in "LN" else "'" if character in "'’" else " " if blank.match(character) else "o"

def tokens_of(text):
${kind === 'classification' ? '    text = text.lower()\n' : ''}    kinds = "".join(map(kind_of, text))
    return [text[found.start():found.end()] for found in re.finditer("[AB][Bm]*|[lm]+(?:'[lm]+)*|[^ ]", kinds)]
`;

const characters = `def tokens_of(text):
    return list(re.sub(blank.pattern + "+", " ", text).strip(" "))
`;

/** From a text to numbers, as text/labelled/words.ts and lexicon.ts do it. */
const reading = (record: LabelledRecord): string => {
  const { kind, lexicon, settings } = record;
  const byWord = lexicon.unit === 'word';
  return `# from a text to numbers: 0 behind its end, 1 unknown, then shapes of unknown words, then words
blank = re.compile(r"${blanks}")
${byWord ? words(record) : characters}
of_shape = {shape: 2 + i for i, shape in enumerate(lexicon["shapes"])}
of_word = {word: 2 + len(of_shape) + i for i, word in enumerate(lexicon["words"])}

def shapes_of(word):
    categories = [unicodedata.category(character)[0] for character in word]
    letters = "".join(character for character, category in zip(word, categories) if category in "LM")
    digits = "N" in categories
    if not letters:
        return ["digits" if digits else "signs"]
    kind = []
    # of letters beyond U+FFFF the lab sees no capitals
    if letters.lower() != letters.upper() and letters[0] != letters[0].lower() and letters[0] < "\\U00010000":
        kind.append("capitals" if letters == letters.upper() and len(letters) > 1 else "capital")
    if digits:
        kind.append("digits")
    marked = "".join("-" if character == "-" else category for character, category in zip(word, categories))
    if "L-" in marked or "-L" in marked:
        kind.append("hyphen")
    end = letters.lower()
    endings = [(" ".join(kind) + " -" + end[-n:]).strip() for n in range(min(3, len(end) - 1), 0, -1)]
    return endings + [" ".join(kind) or "letters"]

def number_of(token):
    own = of_word.get(token)${byWord ? ' or of_word.get(token.lower())' : ''}
    return own or next((of_shape[shape] for shape in shapes_of(token) if shape in of_shape), 1)

def likeliest(scores):
    p = np.exp(scores - scores.max())
    p = p / p.sum()
    return f"{labels[int(p.argmax())]}\\t{float(p.max())!r}"

LENGTH, DELAY = ${settings.length}, ${kind === 'tagging' ? settings.delay : 0}

`;
};

/** Of one text after the other; `tell` gives scores for the tokens it is given. */
const telling = ({ kind }: LabelledRecord): string =>
  kind === 'tagging'
    ? `for text in sys.argv[1:]:
    tokens = tokens_of(text)
    for start in range(0, len(tokens), LENGTH):
        # a tag is said DELAY words later, or behind the end
        own = tokens[start:start + LENGTH]
        some = [number_of(token) for token in tokens[start:start + LENGTH + DELAY]]
        some += [0] * (len(own) + DELAY - len(some))
        for token, scores in zip(own, tell(some)):
            print(token, likeliest(scores), sep="\\t")
    print()
`
    : `for text in sys.argv[1:]:
    some = [number_of(token) for token in tokens_of(text)[:LENGTH]]
    print(likeliest(tell(some or [0])[0]), text, sep="\\t")
`;

/** For the weights as safetensors. */
export const labelledPython = (record: LabelledRecord): string =>
  `${loading(usage(record), ['re', 'unicodedata'])}${cellOf(record.model)}lexicon, labels = model["lexicon"], model["labels"]
${reading(record)}def tell(numbers):
    h, c = np.zeros((2, ${record.model.L}, ${record.model.H}))
    scores = []
    for number in numbers:
        x = w["embedding.weight"][number]
        for l in range(${record.model.L}):
            h[l], c[l] = cell(x, h[l], c[l], l)
            x = h[l]
        scores.append(w["head.weight"] @ x + w["head.bias"])
    return scores[${record.kind === 'tagging' ? 'DELAY:' : '-1:'}]

${telling(record)}`;

/** For the ONNX file. */
export const labelledOnnxPython = (record: LabelledRecord): string =>
  `"""${usage(record)} Needs onnxruntime and NumPy."""
import json
import re
import sys
import unicodedata
from pathlib import Path

import numpy as np
import onnxruntime

here = Path(__file__)
lexicon = json.loads(here.with_suffix(".json").read_text(encoding="utf-8"))
labels = lexicon["labels"]
session = onnxruntime.InferenceSession(str(here.with_suffix("")), providers=["CPUExecutionProvider"])
${reading(record)}def tell(numbers):
    (scores,) = session.run(["scores"], {"tokens": np.array([numbers], np.int64)})
    return scores.reshape(-1, len(labels)).astype(float)

${telling(record)}`;
