// The bundled examples of labelled texts. Written by two small grammars, not collected, and always the same: all chance comes from
// one seed. In the sentences many words are verb, noun or adjective by what stands around them; in the reviews praise is turned into
// blame by "not" and "never", and blame into praise, so that which words occur says little.
const seeds = { sentences: 31, reviews: 47 };

/** Uniform numbers in 0–1 (mulberry32, Tommy Ettinger, public domain). */
function uniforms(state) {
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
const words = (list) => list.split(' ');

/** Each of these is a noun after a determiner or an adjective, and a verb after a noun, a pronoun or "to". */
const both = words(
  'walk dance guard cook watch plant paint train fish hammer ship mail sail play rest talk smile call drink sleep work visit ' +
    'climb fight laugh dream farm judge nurse pilot record answer question turn',
);
const nouns = words(
  'dog girl garden river teacher window table village doctor market letter boat kitchen hill farmer sister brother forest ' +
    'street baker horse bridge song tower island neighbour basket harbour lantern sailor',
);
const verbs = words('finds sees brings takes hears leaves meets keeps follows knows carries opens builds likes');
/** Adjectives before a noun, nouns of a colour after "the" where no noun follows. */
const colours = words('red green blue orange violet silver gold');
const adjectives = words('old small quiet bright heavy young cold warm strange clean narrow gentle');
const adverbs = words('slowly often today again quietly never always early');

function sentence(pick, chance) {
  const out = [];
  const say = (word, tag) => out.push([word, tag]);
  const nounPhrase = () => {
    say(pick(['the', 'a', 'every', 'this', 'that']), 'DET');
    if (chance(0.4)) say(pick(adjectives), 'ADJ');
    const colour = chance(0.3) ? pick(colours) : null;
    if (colour && chance(0.4)) {
      say(colour, 'NOUN');
      return;
    }
    if (colour) say(colour, 'ADJ');
    say(chance(0.55) ? pick(both) : pick(nouns), 'NOUN');
  };
  const subject = () => {
    if (chance(0.35)) say(pick(['they', 'we', 'you', 'I']), 'PRON');
    else nounPhrase();
  };
  const predicate = () => {
    const drawn = chance(0.35) ? 'transitive' : chance(0.5) ? 'plain' : 'to';
    if (chance(0.25)) say(pick(['can', 'will', 'must']), 'AUX');
    if (drawn === 'transitive') {
      say(pick(verbs), 'VERB');
      nounPhrase();
    } else if (drawn === 'plain') say(pick(both), 'VERB');
    else {
      say(pick(['want', 'try', 'hope', 'like']), 'VERB');
      say('to', 'PART');
      say(pick(both), 'VERB');
    }
    if (chance(0.3)) say(pick(adverbs), 'ADV');
    if (chance(0.35)) {
      // before a noun phrase that and to are other words than elsewhere
      say(pick(['near', 'behind', 'to', 'under', 'with']), 'ADP');
      nounPhrase();
    }
  };
  subject();
  predicate();
  if (chance(0.25)) {
    say(pick(['and', 'but']), 'CONJ');
    subject();
    predicate();
  }
  say(chance(0.85) ? '.' : '?', 'PUNCT');
  return out;
}

/** Two columns, word and tag, an empty line between sentences. */
export function sentencesTable(count = 2000) {
  const random = uniforms(seeds.sentences);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const chance = (share) => random() < share;
  const lines = Array.from({ length: count }, () =>
    sentence(pick, chance)
      .map(([word, tag]) => `${word}\t${tag}\n`)
      .join(''),
  );
  return lines.join('\n');
}

const praise = words('good great tasty friendly fresh quick lovely clean fair pleasant');
const blame = words('bad awful bland rude stale slow dirty noisy dear dull');
const things = words('soup service room staff bread coffee view fish dessert music waiter price');

/** A clause and whether it is kind: the word alone tells nothing, for as often as not it is denied. */
function clause(pick, chance, kind) {
  const denied = chance(0.5);
  const word = pick(kind !== denied ? praise : blame);
  const thing = pick(things);
  const very = pick(['', 'very ', 'really ', 'all that ']);
  if (!denied)
    return pick([`the ${thing} was ${very}${word}`, `what a ${word} ${thing}`, `we found the ${thing} ${very}${word}`]);
  return pick([
    `the ${thing} was not ${very}${word}`,
    `nobody could call the ${thing} ${word}`,
    `the ${thing} was never ${very}${word}`,
    `we did not find the ${thing} ${very}${word}`,
  ]);
}

/** Columns review and sentiment. The last clause decides where a "but" turns the first. */
export function reviewsTable(count = 1600) {
  const random = uniforms(seeds.reviews);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const chance = (share) => random() < share;
  const lines = ['review,sentiment'];
  for (let i = 0; i < count; i++) {
    const kind = chance(0.5);
    const own = () => clause(pick, chance, kind);
    const drawn = random();
    const text =
      drawn < 0.35
        ? own()
        : drawn < 0.65
          ? `${own()} and ${own()}`
          : drawn < 0.85
            ? `${clause(pick, chance, !kind)}, but ${own()}`
            : `${own()}. ${own()}`;
    const sentence = text[0].toUpperCase() + text.slice(1);
    lines.push(`"${sentence}${pick(['.', '!', ''])}",${kind ? 'positive' : 'negative'}`);
  }
  return `${lines.join('\n')}\n`;
}
