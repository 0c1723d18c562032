/** The page's looks: one set of colours by day, one by night, and paper for the printer. */
export const STYLE = `
:root { color-scheme: light dark; --paper: #fbfaf7; --card: #fff; --ink: #1d2733; --soft: #5a6675; --rule: #c9cfd6; --grid: #e6e9ed;
  --good: #0b6b4f; --bad: #a3261b; --series-1: #0f5f8c; --series-2: #d08a1d; --series-3: #2f8f6b; --series-4: #a4437f; --series-5: #6657b8; --series-6: #7a8793; }
@media (prefers-color-scheme: dark) { :root { --paper: #12171e; --card: #1a212b; --ink: #e7ecf2; --soft: #a5b1bf; --rule: #465160; --grid: #2a3340;
  --good: #5fd0a5; --bad: #ff9a8d; --series-1: #62b5e5; --series-2: #efb452; --series-3: #63c9a0; --series-4: #e089bf; --series-5: #a99cf0; --series-6: #a5b1bf; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 1040px; margin: 0 auto; padding: 48px 24px 80px; }
h1 { font-size: 2.1rem; line-height: 1.2; margin: 0 0 8px; letter-spacing: -0.01em; }
h2 { font-size: 1.35rem; margin: 56px 0 4px; }
h3 { font-size: 1.02rem; margin: 0; }
p { max-width: 72ch; margin: 8px 0; }
.lead { font-size: 1.1rem; color: var(--soft); }
.verdict { margin: 24px 0; padding: 16px 20px; border-left: 4px solid var(--good); background: var(--card); border-radius: 4px; }
.verdict.bad { border-color: var(--bad); }
.verdict strong { display: block; font-size: 1.1rem; color: var(--good); }
.verdict.bad strong { color: var(--bad); }
dl.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 24px 0; }
dl.figures div { background: var(--card); border: 1px solid var(--grid); border-radius: 8px; padding: 14px 16px; }
dt { color: var(--soft); font-size: 0.85rem; }
dd { margin: 2px 0 0; font-size: 1.35rem; font-weight: 600; font-variant-numeric: tabular-nums; }
dd small { display: block; font-size: 0.8rem; font-weight: 400; color: var(--soft); }
figure { margin: 20px 0; padding: 18px 20px; background: var(--card); border: 1px solid var(--grid); border-radius: 8px; }
figcaption { margin-bottom: 12px; }
figcaption p { color: var(--soft); font-size: 0.92rem; margin: 2px 0 0; }
svg { display: block; width: 100%; height: auto; font-family: inherit; }
.narrow { display: none; }
@media (max-width: 700px) { .wide { display: none; } .narrow { display: block; } main { padding: 32px 12px 64px; } figure { padding: 14px 12px; } }
.scroll { overflow-x: auto; margin: 16px 0; }
table { border-collapse: collapse; width: 100%; font-size: 0.92rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--soft); padding-bottom: 6px; }
th, td { padding: 7px 10px; border-bottom: 1px solid var(--grid); text-align: right; vertical-align: top; }
td, tbody th { white-space: nowrap; }
thead th { border-bottom: 2px solid var(--rule); font-size: 0.82rem; vertical-align: bottom; }
th:first-child, td:first-child { text-align: left; }
tbody th { font-weight: 600; }
details { margin-top: 10px; }
summary { cursor: pointer; color: var(--soft); font-size: 0.9rem; }
ul { max-width: 72ch; padding-left: 22px; }
footer { margin-top: 64px; color: var(--soft); font-size: 0.85rem; }
@media print { body { background: #fff; } figure, .verdict { break-inside: avoid; } details { display: none; } }
`;
