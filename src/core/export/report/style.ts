/** The report's own look: the window's colours, light and dark by the reader's system, and plain black on white on paper. */
export const style = `
:root { color-scheme: light dark;
  --ground: #fdfcfa; --line: #e2ddd5; --grid: #ece8e1; --ink: #24211d; --ink-2: #59544c; --ink-3: #736d64;
  --actual: #24211d; --rnn: #006fbb; --lstm: #c54400; --gru: #216f4f; --naive: #7b756c;
  --rnn-2: #143d76; --rnn-3: #494eac; --rnn-4: #236d80; --lstm-2: #893218; --lstm-3: #8f663c; --lstm-4: #b0345c; --gru-2: #0c5038; --gru-3: #4d6d08; --gru-4: #225c5b;
  --good: #1d7a46; --warning: #93610a; }
@media (prefers-color-scheme: dark) { :root {
  --ground: #181c22; --line: #2c323b; --grid: #242a32; --ink: #dde2ea; --ink-2: #a9b2bf; --ink-3: #8a94a3;
  --actual: #dde2ea; --rnn: #53bbfe; --lstm: #ff8b52; --gru: #48b88a; --naive: #838d9b;
  --rnn-2: #b3dcfc; --rnn-3: #9097f9; --rnn-4: #5db4c5; --lstm-2: #ffc9af; --lstm-3: #f0b13b; --lstm-4: #fe92af; --gru-2: #aaecd9; --gru-3: #a6cf61; --gru-4: #31cfd3;
  --good: #4fc27f; --warning: #e0b04b; } }
@media print { :root { color-scheme: light;
  --ground: #fff; --line: #ccc; --grid: #e4e4e4; --ink: #000; --ink-2: #333; --ink-3: #555;
  --actual: #000; --rnn: #006fbb; --lstm: #b84304; --gru: #1d6547; --naive: #666;
  --rnn-2: #143d76; --rnn-3: #494eac; --rnn-4: #236d80; --lstm-2: #893218; --lstm-3: #8f663c; --lstm-4: #b0345c; --gru-2: #0c5038; --gru-3: #4d6d08; --gru-4: #225c5b; --good: #1d7a46; --warning: #7a5008; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 32px 24px 64px; max-width: 1000px; background: var(--ground); color: var(--ink);
  font: 14px/1.5 -apple-system, "Segoe UI", Inter, Roboto, "Noto Sans", "Apple SD Gothic Neo", "Malgun Gothic",
    "Noto Sans CJK KR", system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { margin: 0; font-size: 22px; line-height: 1.3; } h2 { margin: 36px 0 8px; font-size: 15px; }
p { margin: 4px 0; } .muted, caption, th { color: var(--ink-2); }
.verdict { margin: 20px 0 8px; padding: 8px 14px; border-left: 3px solid var(--warning); font-size: 16px; }
.verdict.good { border-color: var(--good); }
.objections { margin: 8px 0; padding: 0; list-style: none; }
.objections li { padding: 4px 14px; border-left: 3px solid var(--warning); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; }
th, td { padding: 4px 16px 4px 0; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top; white-space: nowrap; }
th { font-weight: 400; white-space: nowrap; } tbody th { color: var(--ink); } th:first-child, td.word, th.word { text-align: left; }
tr.baseline th, tr.baseline td { color: var(--ink-2); } tr.differs th, tr.differs td { font-weight: 600; }
td.word { white-space: normal; } td small { color: var(--ink-2); } caption { caption-side: bottom; padding: 6px 0; text-align: left; font-size: 12px; }
.swatch { display: inline-block; margin-right: 8px; vertical-align: 3px; }
figure { margin: 12px 0 0; } figcaption { color: var(--ink-2); font-size: 12px; }
svg { display: block; width: 100%; height: auto; } .swatch svg { width: 22px; }
dl.settings { display: block; columns: 3 220px; column-gap: 40px; } dl.settings dt { flex: none; } dl.settings dd { min-width: 0; text-align: right; } dl.settings div { display: flex; justify-content: space-between; gap: 12px; border-bottom: 1px solid var(--line); padding: 2px 0; break-inside: avoid; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 20px; margin: 0; } dt { color: var(--ink-2); } dd { margin: 0; }
pre { margin: 6px 0; padding: 10px 12px; border: 1px solid var(--line); border-radius: 4px; white-space: pre-wrap; font: 12px/1.5 ui-monospace, Menlo, Consolas, monospace; }
:root { --class-0: var(--rnn); --class-1: var(--lstm); --class-2: var(--gru); --class-3: var(--ink-3); --class-4: color-mix(in oklab, var(--rnn) 45%, var(--ground));
  --class-5: color-mix(in oklab, var(--lstm) 45%, var(--ground)); --class-6: color-mix(in oklab, var(--gru) 45%, var(--ground)); --class-7: var(--ink); }
.strips { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 4px 12px; align-items: center; font-size: 12px; } .strips svg { height: 16px; }
.strips p { display: flex; flex-wrap: wrap; gap: 4px 16px; } .key { display: flex; gap: 6px; align-items: center; } .key i { width: 10px; height: 10px; }
table.confusion { margin-bottom: 14px; } table.confusion th { color: var(--ink-2); } .confusion .right, .confusion .wrong { padding-left: 16px; }
.confusion .right { background: color-mix(in oklab, var(--rnn) calc(var(--share, 0) * 30%), transparent); font-weight: 600; }
.confusion .wrong { background: color-mix(in oklab, var(--lstm) calc(var(--share, 0) * 30%), transparent); }
footer { margin-top: 40px; color: var(--ink-2); font-size: 12px; }
@media print { body { max-width: none; padding: 0; } h2 { break-after: avoid; } figure, tr, pre { break-inside: avoid; } }
`;
