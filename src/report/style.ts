/** The page's style: readable from 400 to 1400 px, light and dark, no outside fonts. */
export const STYLE = `
:root{--ink:#0f172a;--soft:#475569;--paper:#fff;--panel:#f8fafc;--line:#e2e8f0;--accent:#1d4ed8}
@media (prefers-color-scheme:dark){:root{--ink:#e2e8f0;--soft:#94a3b8;--paper:#0b1220;--panel:#111a2e;--line:#25324a;--accent:#93c5fd}}
*{box-sizing:border-box}body{margin:0;font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
header,main{max-width:1360px;margin:auto;padding:16px}h1{font-size:clamp(1.6rem,4vw,2.6rem);line-height:1.15;margin:.5em 0 .3em}
h2{border-top:3px solid var(--accent);padding-top:.5em;margin-top:2em}h2 small{color:var(--soft);font-weight:400}
header p{color:var(--soft);max-width:70ch}nav a{display:inline-block;margin:0 1em .5em 0;color:var(--accent)}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,300px),1fr));gap:12px}
article,figure{background:var(--panel);border:1px solid var(--line);border-radius:10px;padding:14px;margin:0}
article p{margin:0 0 .6em}details{color:var(--soft);font-size:.85rem}summary{cursor:pointer;color:var(--accent)}
.maps{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,400px),1fr));gap:12px}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,300px),1fr));gap:12px;margin-top:12px}
figcaption{font-weight:600;margin-bottom:8px}svg{width:100%;height:auto;display:block}
svg text{font:12px system-ui,sans-serif;fill:var(--ink)}svg text.place{paint-order:stroke;stroke:var(--panel);stroke-width:3px;font-weight:600}
svg text.mark{paint-order:stroke;stroke:var(--panel);stroke-width:3px;font-weight:700}svg text.tick{font-size:11px;fill:var(--soft)}
.grid{stroke:var(--line)}.scale line{stroke:var(--ink);stroke-width:2}
.legend{display:flex;flex-wrap:wrap;gap:4px 14px;font-size:.82rem;color:var(--soft);margin:8px 0 0}.legend i{display:inline-block;width:12px;height:12px;border-radius:3px;margin-right:5px;vertical-align:-1px}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.86rem}th,td{padding:5px 9px;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
th{color:var(--soft);font-weight:600}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
`;
