/** The one stylesheet of the plain pages (look.md), inline so that a page is one answer; its hash stands in the CSP. */
import { createHash } from 'node:crypto';

export const safeCss = `
:root{color-scheme:light dark;--paper:#fff;--ground:#f4f4f1;--ink:#1c1f21;--soft:#565d61;--line:#c9cdc9;--edge:#767d7a;
--accent:#0b5d7a;--on-accent:#fff;--tint:#e8f1f4;--waiting:#565d61;--ontime:#1d6b35;--due:#8a5a00;--missed:#b3261e;--escalated:#6b3fa0;
--bad-tint:#fbeceb;--good-tint:#e9f4ec}
@media(prefers-color-scheme:dark){:root{--paper:#1b1e20;--ground:#131517;--ink:#e9eae7;--soft:#a9b0b0;--line:#3b4144;--edge:#8b9393;
--accent:#7cc4de;--on-accent:#0d1a20;--tint:#1f2d33;--waiting:#a9b0b0;--ontime:#7fcf98;--due:#e5b35a;--missed:#ff9d95;--escalated:#c8a8f0;
--bad-tint:#35201f;--good-tint:#1b2b20}}
*{box-sizing:border-box}
html{font:16px/1.6 system-ui,-apple-system,"Segoe UI","Noto Sans TC","PingFang TC","Microsoft JhengHei",sans-serif;
-webkit-text-size-adjust:100%;text-size-adjust:100%}
html:lang(zh-CN){font-family:system-ui,-apple-system,"Segoe UI","Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif}
html:lang(en){line-height:1.5}
body{margin:0;background:var(--ground);color:var(--ink);overflow-wrap:anywhere}
a{color:var(--accent);text-underline-offset:3px}
.bar,main,.foot{max-width:40rem;margin:0 auto;padding:0 16px}
.bar{display:flex;flex-wrap:wrap;gap:4px 16px;align-items:center;justify-content:space-between;padding-top:12px;padding-bottom:12px}
.brand{font-weight:600}
.langs{display:flex;gap:4px;margin:0;padding:0;list-style:none;font-size:14px}
.langs a,.langs span{display:inline-block;padding:8px}
.langs span{font-weight:600}
main{background:var(--paper);border:1px solid var(--line);border-radius:4px;padding:24px 16px 32px}
.foot{color:var(--soft);font-size:14px;padding-top:16px;padding-bottom:32px}
h1{font-size:26px;line-height:1.3;font-weight:600;margin:0 0 4px}
h2{font-size:20px;line-height:1.4;font-weight:600;margin:32px 0 8px}
h3{font-size:18px;line-height:1.4;font-weight:600;margin:24px 0 4px}
p{margin:0 0 12px;max-width:75ch}
:lang(zh) p{max-width:40em}
.of{color:var(--soft);margin:0 0 16px}
.facts{margin:16px 0;padding:12px 0;border-top:1px solid var(--line);border-bottom:1px solid var(--line)}
.facts div{display:grid;grid-template-columns:7em 1fr;gap:0 12px;padding:4px 0}
.facts dt{color:var(--soft)}
.facts dd{margin:0}.facts dd,.pre{white-space:pre-line}
time,.num{font-variant-numeric:tabular-nums}td time{white-space:nowrap}
.ago,.help,.soft{color:var(--soft)}
.sentence{font-size:18px;font-weight:600;margin:16px 0 8px}
.marks{letter-spacing:2px}
.state{font-weight:600;white-space:nowrap}
.s-waiting{color:var(--waiting)}.s-ontime{color:var(--ontime)}.s-due{color:var(--due)}.s-missed{color:var(--missed)}.s-escalated{color:var(--escalated)}
.note{border-left:4px solid var(--accent);background:var(--tint);padding:12px 16px;margin:16px 0}
.note p:last-child,.errors p:last-child{margin-bottom:0}
.good{border-color:var(--ontime);background:var(--good-tint)}
.errors{border:2px solid var(--missed);background:var(--bad-tint);padding:12px 16px;margin:16px 0}
.errors:first-child,.note:first-child{margin-top:0}
.errors h2{margin:0 0 8px;font-size:18px}
.errors ul{margin:0;padding-left:1.2em}
.errors a{color:var(--missed)}
form{margin:16px 0 0}form+p{margin-top:16px}
.field{margin:0 0 24px;padding:0;border:0;min-width:0}
.field>label,legend{display:block;font-weight:600;padding:0}
.help{margin:0 0 4px;font-size:14px}
.fault{color:var(--missed);font-weight:600;margin:0 0 4px}
input[type=text],input[type=file],input[type=number],input[type=date],input[type=datetime-local],select,textarea{font:inherit;color:inherit;background:var(--paper);
border:1px solid var(--edge);border-radius:3px;padding:9px 12px;width:100%;max-width:100%;min-height:44px}
input[type=number]{max-width:8em}
input[type=date],input[type=datetime-local]{max-width:16em}
textarea{min-height:7em;resize:vertical}
textarea.long{min-height:14em}
.choices{display:grid;gap:8px;margin-top:8px}
.choices label{display:flex;gap:12px;align-items:flex-start;border:1px solid var(--edge);border-radius:3px;padding:10px 12px;min-height:44px;cursor:pointer}
.choices label:has(:checked){border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent);background:var(--tint)}
.choices input{margin:3px 0 0;width:20px;height:20px;flex:none;accent-color:var(--accent)}
.scores{grid-template-columns:repeat(auto-fit,minmax(96px,1fr))}
.scores label{flex-direction:column;align-items:center;gap:4px;text-align:center}
.scores b{font-size:20px;font-weight:600}
button{font:inherit;font-weight:600;min-height:44px;padding:9px 20px;border-radius:3px;border:1px solid var(--accent);background:var(--accent);color:var(--on-accent);cursor:pointer}
button.second{background:transparent;color:var(--accent)}
button.grave{background:transparent;color:var(--missed);border-color:var(--missed)}
.buttons{display:flex;flex-wrap:wrap;gap:12px}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.only-reassign,.only-simplify,.only-dated,.only-no,.only-yes{border-left:4px solid var(--line);padding-left:12px}
form:has([name=decision]):not(:has([value=reassign]:checked)) .only-reassign,
form:has([name=decision]):not(:has([value=simplify]:checked)) .only-simplify,
form:has([name=decision]):not(:has([name=decision]:checked)) .only-dated,
form:has([value=cancel]:checked) .only-dated,
form:has([name=accepted]):not(:has([value=yes]:checked)) .only-yes,
form:has([name=accepted]):not(:has([value=no]:checked)) .only-no{display:none}
.bad{border-left:4px solid var(--missed);padding-left:12px}
details{margin:16px 0}
summary{cursor:pointer;padding:8px 0;color:var(--accent);font-weight:600}
table{border-collapse:collapse;width:100%;margin:8px 0 16px}
th,td{text-align:left;vertical-align:top;padding:6px 12px 6px 0;border-bottom:1px solid var(--line);font-weight:400}
th{color:var(--soft)}.end{text-align:right;white-space:nowrap;padding-right:0}
.doc{border:1px solid var(--line);border-radius:4px;padding:4px 16px 16px;margin:16px 0}
.doc h2{font-size:18px;margin-top:20px}.doc h3{font-size:16px;margin-top:16px}
ul.plain{margin:0 0 12px;padding-left:1.2em}
hr{border:0;border-top:1px solid var(--line);margin:32px 0}
@media(max-width:30rem){main{border-left:0;border-right:0;border-radius:0}.facts div{grid-template-columns:1fr}.facts dt{font-size:14px}.buttons button{width:100%}
.scores{grid-template-columns:1fr}.scores label{flex-direction:row;align-items:center;text-align:left}}
@media print{.bar,.foot,form{display:none}main{border:0}}
`.trim();

/** For `style-src`: this text and no other. */
export const cssHash = `'sha256-${createHash('sha256').update(safeCss).digest('base64')}'`;
