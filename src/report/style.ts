import { PALETTE } from './palette.ts';

const PAGE = `
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:60px;-webkit-text-size-adjust:100%}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;font:16px/1.55 Inter,system-ui,-apple-system,"Segoe UI","Helvetica Neue",Arial,"Noto Sans","Noto Sans CJK SC","Noto Sans CJK JP",sans-serif;color:var(--ink);background:var(--paper)}
main,.masthead>div,nav.top>div{max-width:1320px;margin:0 auto;padding:0 24px}
a{color:var(--accent)}
h1{font-size:clamp(1.75rem,3.6vw,2.9rem);line-height:1.1;letter-spacing:-.02em;margin:.2em 0 .35em;max-width:24ch;text-wrap:balance}
h2{font-size:clamp(1.4rem,2.4vw,2rem);line-height:1.15;letter-spacing:-.015em;margin:0 0 .6em}
h3{font-size:1.18rem;line-height:1.25;margin:0 0 .6em}
small{font-weight:400;color:var(--soft)}
p{margin:0 0 .8em;max-width:70ch}
.masthead{background:var(--masthead);color:var(--masthead-ink);padding:30px 0 26px}
.kicker{margin:0;font-size:.8rem;letter-spacing:.08em;text-transform:uppercase;color:var(--masthead-soft)}
.dek{margin:0;font-size:1.08rem;max-width:76ch;color:var(--masthead-soft)}
nav.top{position:sticky;top:0;z-index:2;background:var(--paper);border-bottom:1px solid var(--line)}
nav.top>div{display:flex;gap:4px 22px;overflow-x:auto;white-space:nowrap;padding-top:11px;padding-bottom:11px;font-size:.93rem}
nav a{text-decoration:none}nav a:hover{text-decoration:underline}
.part{margin:34px 0 0}.level2{margin-top:44px}.chapter{margin-top:72px;border-top:5px solid var(--own);padding-top:18px}
.chapter>header nav{display:flex;flex-wrap:wrap;gap:2px 18px;font-size:.9rem;margin-bottom:6px}
.chapter>header h2{margin-bottom:.3em}
.lead{font-size:1.1rem;line-height:1.5}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,290px),1fr));gap:22px}
.card{border-top:4px solid var(--own);background:var(--panel);border-radius:0 0 8px 8px;padding:12px 14px 8px;max-width:640px}
.card h3{margin:0 0 8px;font-size:1.25rem}.card h3 a{color:inherit;text-decoration:none}.card h3 a:hover{text-decoration:underline}
dl{margin:10px 0 0}dl div{display:flex;align-items:baseline;gap:10px;padding:5px 0;border-top:1px solid var(--line);flex-direction:row-reverse;justify-content:flex-end}
dd{margin:0;font-weight:700;font-size:1.12rem;font-variant-numeric:tabular-nums;flex:0 0 7.6em}dt{color:var(--soft);font-size:.88rem;line-height:1.3}
.grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,360px),1fr));gap:20px 26px;margin-top:16px;align-items:start}
.duo{display:grid;gap:18px 28px;margin-bottom:14px}
@media (min-width:1000px){.duo{grid-template-columns:minmax(0,1.55fr) minmax(0,1fr)}}
.duo>div,.grid>*,.cards>*{min-width:0}
figure{margin:0 0 6px}figcaption{font-weight:650;margin-bottom:7px;line-height:1.35}
.side figure{margin-top:16px}
.source,.files{font-size:.8rem;color:var(--soft);margin:6px 0 10px;max-width:none}
.gap{color:var(--soft);border-left:3px solid var(--line);padding-left:12px}
.legend{display:flex;flex-wrap:wrap;gap:3px 14px;font-size:.83rem;color:var(--soft);margin:0 0 8px}.cards+.legend{margin-top:14px}
.legend>span{display:inline-flex;flex-wrap:wrap;gap:3px 14px;align-items:center}.key svg{width:22px;height:14px;margin-right:5px;flex:none}.key{display:inline-flex;align-items:center}.key{gap:0!important}
.pickers{display:flex;flex-wrap:wrap;gap:4px 16px;font-size:.9rem;margin:0 0 8px}.pickers label{cursor:pointer}.pickers input{accent-color:var(--accent);margin:0 4px 0 0;vertical-align:-1px}
details{margin:.2em 0 .8em}summary{cursor:pointer;color:var(--accent);font-size:.9rem}details>p,details>div{margin-top:8px}
.findings{list-style:none;margin:0 0 18px;padding:0}.findings li{display:grid;grid-template-columns:5.6em minmax(0,1fr);gap:12px;padding:12px 0 4px;border-top:1px solid var(--line)}
.figure{font-size:1.28rem;line-height:1.25;letter-spacing:-.01em;color:var(--own,var(--accent));font-variant-numeric:tabular-nums}.findings p{margin:0 0 .3em}.findings details p{font-size:.86rem;color:var(--soft)}
.grid .findings li{grid-template-columns:minmax(0,1fr);gap:2px}.grid>.c0>h3,.grid>.c1>h3,.grid>.c2>h3,.grid>.c3>h3,.grid>.c4>h3,.grid>.c5>h3{border-bottom:3px solid var(--own);padding-bottom:4px;margin:0}
.marks{list-style:none;margin:0 0 12px;padding:0;font-size:.86rem}.marks li{display:grid;grid-template-columns:2.6em minmax(0,1fr) auto;gap:6px;padding:3px 0;border-bottom:1px solid var(--line);align-items:baseline}.marks b{color:var(--own)}.marks small{white-space:nowrap}
.scroll{overflow-x:auto;max-width:100%}.scroll:focus-visible{outline:2px solid var(--accent)}
table{border-collapse:collapse;width:100%;font-size:.86rem;line-height:1.35}.caption{font-weight:650;margin:10px 0 6px;font-size:.95rem}
th,td{word-break:keep-all;padding:5px 10px 5px 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}thead th{color:var(--soft);font-weight:600;vertical-align:bottom;border-bottom:2px solid var(--line)}
th small{display:block;font-size:.92em}tbody th{font-weight:400}tbody th small{display:inline}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;padding-right:14px}td.n{white-space:nowrap}.none{color:var(--soft)}
th button{all:unset;cursor:pointer;color:inherit}th button:hover,th button:focus-visible{color:var(--accent);text-decoration:underline}
th[aria-sort] button::after{content:" ▾"}th[aria-sort=ascending] button::after{content:" ▴"}
.benchmark td{position:relative;min-width:118px}.benchmark .group th{padding-top:18px;font-weight:700;font-size:.95rem}.benchmark tbody th{min-width:190px}
.bar{position:absolute;left:auto;right:14px;bottom:0;height:3px;background:var(--own);opacity:.75;max-width:calc(100% - 24px)}
pre{overflow-x:auto;background:var(--panel);padding:10px 14px;border-radius:6px;font-size:.85rem}code{font-family:ui-monospace,"SF Mono",Consolas,"Liberation Mono",monospace;font-size:.92em}
.shared{position:absolute}
main{padding-bottom:60px}
`;

const FIGURES = `
figure svg,.card svg{width:100%;height:auto;display:block}.map>svg,.card>svg{border-radius:6px;background:var(--sea)}
svg text{fill:var(--ink);font-family:inherit}
.sea{fill:var(--sea)}.land{fill:var(--land);stroke:var(--shore);stroke-width:.7}
svg [class^=s][class]{stroke:none}.s0,.s1,.s2,.s3,.s4,.s5,.s6{stroke:var(--paper)!important;stroke-width:.45}.unknown{stroke:var(--paper);stroke-width:.45}
.border{fill:none;stroke:var(--border);stroke-width:1.5;stroke-opacity:.8;stroke-dasharray:0 3.4;stroke-linecap:round}
.band{fill-opacity:.88}.origin{fill:var(--paper);stroke:var(--ink);stroke-width:2}
.road-motorway,.road-trunk,.road-other,.rail-fast,.rail-main,.rail-metro,.faint,.new-road,.new-rail,.plan,.busy-road,.busy-rail{fill:none;stroke-linecap:round}
.road-motorway{stroke:var(--road);stroke-width:1.9}.road-trunk{stroke:var(--road-middle);stroke-width:1.1}.road-other{stroke:var(--road-small);stroke-width:.7}
.rail-fast{stroke:var(--rail);stroke-width:2.5}.rail-main{stroke:var(--rail-middle);stroke-width:1.3}.rail-metro{stroke:var(--metro);stroke-width:.9}.building{stroke-dasharray:4 4}
.faint{stroke:var(--faint);stroke-width:.7;stroke-opacity:.75}
.new-road{stroke:var(--road);stroke-width:3.4}.new-rail{stroke:var(--rail);stroke-width:3.4}.plan{stroke:var(--plan);stroke-width:1.8;stroke-dasharray:6 4}
.busy-road{stroke:var(--road)}.busy-rail{stroke:var(--rail)}.w0{stroke-width:.5;stroke-opacity:.45}.w1{stroke-width:1.4}.w2{stroke-width:2.8}.w3{stroke-width:4.2}.w4{stroke-width:5.8}.w5{stroke-width:7.4}
.load,.toll{fill:none;stroke-linecap:round}.v0{stroke:var(--faint);stroke-width:.9}.v1{stroke:var(--load-1);stroke-width:1.6}.v2{stroke:var(--load-2);stroke-width:2.4}.v3{stroke:var(--load-3);stroke-width:3.4}.v4{stroke:var(--load-4);stroke-width:4.6}
.toll{stroke-width:4.5;stroke-opacity:.85}.t0{stroke:var(--faint);stroke-width:3}.t1{stroke:var(--rail)}.t2{stroke:var(--load-2)}.t3{stroke:var(--load-3)}.t4{stroke:var(--load-4)}
.places text{font-size:13px;font-weight:600;paint-order:stroke;stroke:var(--halo);stroke-width:3.2px;stroke-linejoin:round;stroke-opacity:.85}.places .local{font-size:.85em;font-weight:400}
.places.narrow text{font-size:22px;stroke-width:5px}.dot{fill:var(--ink);stroke:var(--halo);stroke-width:1}
.mark circle{fill:var(--own);stroke:var(--paper);stroke-width:1.3}.mark text{fill:var(--paper);font-size:10.5px;font-weight:700}
.scale path{fill:none;stroke:var(--ink);stroke-width:1.6}.scale .half{stroke-width:4}.scale text,.north text{font-size:13px;font-weight:600;paint-order:stroke;stroke:var(--halo);stroke-width:3px}.north path{fill:var(--ink);stroke:var(--halo);stroke-width:1}
.grid path,path.grid{fill:none}svg .grid{stroke:var(--line);stroke-width:1}.tick{font-size:14px;fill:var(--soft)!important}.name{font-size:15px;font-weight:650;fill:var(--own)!important}
.line{fill:none;stroke:var(--own);stroke-width:2.6;stroke-linejoin:round}.line.equal,.line.faintline{stroke-width:1.3;stroke-dasharray:4 4}.dots{fill:none;stroke:var(--own);stroke-width:6;stroke-linecap:round;stroke-opacity:.7}.reading{stroke:var(--soft);stroke-dasharray:2 4;fill:none}
.leader{stroke:var(--own);stroke-width:1.2;fill:none}.narrow,.card .wide{display:none}.card .narrow{display:inline}.card .scale text{font-size:22px}.grid figure svg{max-width:560px}
.layer-core,.layer-mean{display:none!important}
.map:has(.pick-core:checked) .layer-core,.map:has(.pick-mean:checked) .layer-mean{display:inline!important}
.map:has(.pick-core:checked) .layer-within,.map:has(.pick-mean:checked) .layer-within{display:none!important}
.map:has(.pick-road:checked) .layer-rail,.map:has(.pick-rail:checked) .layer-road{display:none}
@supports not selector(:has(a)){.pickers{display:none}}
`;

const SMALL_AND_PRINT = `
@media (max-width:640px){
main,.masthead>div,nav.top>div{padding-left:16px;padding-right:16px}
.wide{display:none}.narrow{display:inline}
.scale text,.north text{font-size:22px}.mark circle{r:14px}.mark text{font-size:16px}
.findings li{grid-template-columns:minmax(0,1fr);gap:2px}dd{flex-basis:7.1em;white-space:nowrap}.benchmark tbody th{min-width:150px}
.border{stroke-width:1.6}
}
@media print{
nav,.pickers,.files,summary{display:none!important}body{font-size:10.5pt}.chapter{break-before:page}.part,figure,.card,.findings li{break-inside:avoid}.scroll{overflow:visible}
.masthead{background:none;color:var(--ink);padding:0}.kicker,.dek{color:var(--soft)}
}
`;

/** The page's style: readable from 400 px to a wide screen, light, dark and printed, with the fonts of the reader's machine. */
export const STYLE = `${PALETTE}${PAGE}${FIGURES}${SMALL_AND_PRINT}`;
